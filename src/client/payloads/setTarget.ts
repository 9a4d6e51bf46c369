import * as l10n from '@vscode/l10n';
import { type Uri, workspace, type WorkspaceFolder } from 'vscode';
import { withTarget } from '../../core/targetsEdit';
import { activeJson } from '../invoke/choosePayload';
import { pickTargetFunction } from './pickTargetFunction';
import { tellTargetsFault, writingTargets } from './targetsError';
import { rewriteTargets } from './targetsFile';
import { pathInFolder } from './targetStore';
import type { Services } from '../services';
import { chosenPayloads } from './chosenPayloads';
import { tell } from '../ui/messages';

/** Lambda: Set Target Function…: writes the function of payloads into `.lambda/targets.json`. */
export async function setTarget(
  services: Services,
  argument?: unknown,
  selection?: unknown,
): Promise<void> {
  // From the palette it is about the file in the editor, whatever row is still selected in the Payloads view.
  const about = argument ?? activeJson();
  const files = about === undefined ? [] : chosenPayloads(services, about, selection);
  const folder = files[0] && workspace.getWorkspaceFolder(files[0]);
  if (!folder) {
    tell(
      'information',
      l10n.t(
        'Only files in an open folder can have a target: it is saved in the .lambda/targets.json of that folder.',
      ),
    );
    return;
  }
  const fault = await services.targets.fault(folder);
  if (fault) {
    tellTargetsFault(fault);
    return;
  }
  const title =
    files.length === 1
      ? l10n.t('Select a target function for {0}', workspace.asRelativePath(files[0] ?? ''))
      : l10n.t('Select a target function for {0} payloads', files.length);
  const functionIdentifier = await pickTargetFunction(services, { title, folder });
  if (functionIdentifier !== undefined) await writeTargets(files, functionIdentifier, folder);
}

/** Writes the function of each file into the `.lambda/targets.json` of its own folder. */
export async function writeTargets(
  files: readonly Uri[],
  functionIdentifier: string,
  fallback: WorkspaceFolder,
): Promise<void> {
  await writingTargets(async () => {
    for (const file of files) {
      const folder = workspace.getWorkspaceFolder(file) ?? fallback;
      const path = pathInFolder(folder, file);
      await rewriteTargets(folder, (text) =>
        withTarget(text, path, { function: functionIdentifier }),
      );
    }
  });
}
