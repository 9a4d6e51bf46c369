import * as l10n from '@vscode/l10n';
import { commands, workspace } from 'vscode';
import { messageOf } from '../messageOf';
import { type Choice, offer } from '../ui/offer';
import type { TargetsFault } from './targetStore';

/** The `.lambda/targets.json` cannot be used: nothing is sent by it, and nothing written into it. */
export class TargetsError extends Error {
  override readonly name = 'TargetsError';

  constructor(readonly fault: TargetsFault) {
    super(
      l10n.t('{file} has an error, so it is unclear where the events in its folder go. {reason}', {
        file: workspace.asRelativePath(fault.uri),
        reason: fault.reason,
      }),
    );
  }
}

/** Opens the file at the error. */
export function openTargets({ uri, selection }: TargetsFault): Choice {
  return {
    title: l10n.t('Open targets.json'),
    run: () => commands.executeCommand('vscode.open', uri, { selection }),
  };
}

export function tellTargetsFault(fault: TargetsFault): void {
  offer('error', new TargetsError(fault).message, openTargets(fault));
}

/** Runs what writes targets, and tells the user when they cannot be written. */
export async function writingTargets(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const reason = messageOf(error);
    const choices = error instanceof TargetsError ? [openTargets(error.fault)] : [];
    offer('error', l10n.t('The target was not saved: {0}', reason), ...choices);
  }
}
