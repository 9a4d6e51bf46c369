import * as l10n from '@vscode/l10n';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import { pickTargetFunction } from './pickTargetFunction';
import { TargetsError, writingTargets } from './targetsError';
import { ensureTarget } from './targetsFile';
import { pathInFolder } from './targetStore';
import type { Services } from '../services';
import { chosenPayloads } from './chosenPayloads';
import { movePayload } from './payloadFiles';
import { tell } from '../ui/messages';

/** What a drop says. */
interface Drop {
  readonly uris: readonly Uri[];
  readonly functionName: string;
  /** The workspace folder of the row that was dropped on. */
  readonly folder: Uri;
}

/**
 * Lambda: Move to Function…: what dragging a payload to another function does. A file whose folder names its function
 * moves to the folder of the other one; any other file stays where it is, and `.lambda/targets.json` says the function.
 */
export async function movePayloads(
  services: Services,
  argument?: unknown,
  selection?: unknown,
): Promise<void> {
  const drop = isDrop(argument) ? argument : undefined;
  const files = drop?.uris ?? chosenPayloads(services, argument, selection);
  const folder = workspace.getWorkspaceFolder(drop?.folder ?? files[0] ?? Uri.file('/'));
  if (!folder) return;
  const functionName =
    drop?.functionName ??
    (await pickTargetFunction(services, { title: l10n.t('Select a function to move to'), folder }));
  if (functionName === undefined) return;
  await writingTargets(async () => {
    for (const file of files) await move(services, file, { functionName, folder });
  });
}

async function move(
  services: Services,
  file: Uri,
  { functionName, folder }: { functionName: string; folder: WorkspaceFolder },
): Promise<void> {
  const from = workspace.getWorkspaceFolder(file);
  if (!from) {
    tell('warning', l10n.t('{0} is not in an open folder.', file.fsPath));
    return;
  }
  const name = /^\.lambda\/payloads\/[^/]+\/(.+)$/.exec(pathInFolder(from, file))?.[1];
  if (name !== undefined && /^[\w-]+$/.test(functionName)) {
    const to = Uri.joinPath(folder.uri, '.lambda', 'payloads', functionName, name);
    // Before anything moves: its entry could not follow it, and where it goes nobody could write.
    for (const place of [from, folder]) {
      const fault = await services.targets.fault(place);
      if (fault) throw new TargetsError(fault);
    }
    if (!(await movePayload(services, file, to))) return;
    return ensureTarget(to, { function: functionName });
  }
  if (from.index === folder.index) return ensureTarget(file, { function: functionName });
  tell(
    'warning',
    l10n.t(
      '{0} was not moved: its target is set in its own workspace folder.',
      workspace.asRelativePath(file),
    ),
  );
}

function isDrop(argument: unknown): argument is Drop {
  return typeof argument === 'object' && argument !== null && 'uris' in argument;
}
