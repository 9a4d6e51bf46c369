import * as l10n from '@vscode/l10n';
import { ConfigurationTarget, Uri, workspace } from 'vscode';
import { awsEvent } from '../../core/events/events';
import { isRecord } from '../../core/isRecord';
import { escapeGlob } from '../../core/patterns/glob';
import { parseTargets, targetOf } from '../../core/targets';
import { withTarget } from '../../core/targetsEdit';
import type { EventOfPayload } from '../../protocol/messages';
import { pathInFolder } from '../folders';
import type { Ui } from '../ui/ui';
import type { TargetFunctions } from './targetFunctions';
import { tellTargetsFault, writingTargets } from './targetsError';
import { rewriteTargets } from './targetsFile';
import type { TargetStore } from './targetStore';

/** What the quick fixes of a payload run that looks like one of AWS's events. */
export class EventCommands {
  constructor(
    private readonly targets: Pick<TargetStore, 'target'>,
    private readonly functions: TargetFunctions,
    private readonly ui: Pick<Ui, 'offer' | 'run' | 'tell'>,
  ) {}

  /** Writes the event as the schema of the payload's target; asks for its function when it has no target yet. */
  async setSchema(argument?: unknown): Promise<void> {
    if (!isEventOfPayload(argument) || !awsEvent(argument.schema)) return;
    const { schema } = argument;
    const uri = Uri.parse(argument.uri);
    const folder = workspace.getWorkspaceFolder(uri);
    if (!folder) return;
    const reading = await this.targets.target(uri);
    if (reading.kind === 'fault') {
      tellTargetsFault(reading, this.ui);
      return;
    }
    const path = pathInFolder(folder, uri);
    const chosen =
      reading.target?.function ??
      (await this.functions.pick(l10n.t('Select a target function for {0}', path), folder));
    if (chosen === undefined) return;
    await writingTargets(this.ui, () =>
      rewriteTargets(folder, (text) => {
        const current = targetOf(path, parseTargets(text));
        return withTarget(text, path, { function: current?.function ?? chosen, schema });
      }),
    );
  }

  /** Adds the payload to those that are no AWS events, whatever they look like. */
  async ignoreEvent(argument?: unknown): Promise<void> {
    if (!isEventOfPayload(argument)) return;
    const uri = Uri.parse(argument.uri);
    const folder = workspace.getWorkspaceFolder(uri);
    if (!folder) return;
    const section = workspace.getConfiguration('invokeAsync', folder);
    const set = section.inspect<string[]>('events.ignore');
    const ignored = set?.workspaceFolderValue ?? section.get<string[]>('events.ignore') ?? [];
    const glob = escapeGlob(pathInFolder(folder, uri));
    await section.update(
      'events.ignore',
      [...new Set([...ignored, glob])],
      ConfigurationTarget.WorkspaceFolder,
    );
  }
}

function isEventOfPayload(argument: unknown): argument is EventOfPayload {
  if (!isRecord(argument)) return false;
  return typeof argument['uri'] === 'string' && typeof argument['schema'] === 'string';
}
