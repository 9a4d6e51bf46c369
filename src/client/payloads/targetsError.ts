import * as l10n from '@vscode/l10n';
import { workspace } from 'vscode';
import { messageOf } from '../../core/messageOf';
import type { Choice, Ui } from '../ui/ui';
import type { TargetsFault } from './targetReading';

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
export function openTargets({ uri, selection }: TargetsFault, ui: Pick<Ui, 'run'>): Choice {
  return {
    title: l10n.t('Open targets.json'),
    run: () => ui.run('vscode.open', uri, { selection }),
  };
}

export function tellTargetsFault(fault: TargetsFault, ui: Pick<Ui, 'offer' | 'run'>): void {
  ui.offer('error', new TargetsError(fault).message, openTargets(fault, ui));
}

/** Runs what writes targets, and tells the user when they cannot be written. */
export async function writingTargets(
  ui: Pick<Ui, 'offer' | 'run'>,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    const reason = messageOf(error);
    const choices = error instanceof TargetsError ? [openTargets(error.fault, ui)] : [];
    ui.offer('error', l10n.t('The target was not saved: {0}', reason), ...choices);
  }
}
