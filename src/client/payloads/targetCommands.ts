import * as l10n from '@vscode/l10n';
import { type TextDocument, Uri, workspace, type WorkspaceFolder } from 'vscode';
import { isRecord } from '../../core/isRecord';
import { needsInvoke } from '../../core/payload/size';
import { parseTargets, targetOf } from '../../core/targets';
import { withTarget } from '../../core/targetsEdit';
import type { PayloadToSend } from '../../protocol/messages';
import type { PayloadDrop } from '../contributions';
import { pathInFolder } from '../folders';
import { activeJson } from '../invoke/payloadChoice';
import type { Ui } from '../ui/ui';
import type { PayloadFiles } from './payloadFiles';
import { isJsonLines } from './payloadLibrary';
import type { PayloadSelection } from './payloadSelection';
import type { TargetFunctions } from './targetFunctions';
import { tellTargetsFault, TargetsError, writingTargets } from './targetsError';
import { ensureTarget, rewriteTargets } from './targetsFile';
import type { TargetStore } from './targetStore';

/** The commands that say where payloads go. */
export class TargetCommands {
  constructor(
    private readonly selection: PayloadSelection,
    private readonly files: Pick<PayloadFiles, 'move'>,
    private readonly targets: Pick<TargetStore, 'fault'>,
    private readonly functions: TargetFunctions,
    private readonly ui: Pick<Ui, 'active' | 'offer' | 'run' | 'tell'>,
  ) {}

  /** Lambda: Set Target Function…: writes the function of payloads into `.lambda/targets.json`. */
  async setTarget(argument?: unknown, selection?: unknown): Promise<void> {
    // From the palette it is about the file in the editor, whatever row is still selected in the Payloads view.
    const about = argument ?? activeJson(this.ui);
    const files = about === undefined ? [] : this.selection.files(about, selection);
    const folder = files[0] && workspace.getWorkspaceFolder(files[0]);
    if (!folder) {
      this.ui.tell(
        'information',
        l10n.t(
          'Only files in an open folder can have a target: it is saved in the .lambda/targets.json of that folder.',
        ),
      );
      return;
    }
    const fault = await this.targets.fault(folder);
    if (fault) {
      tellTargetsFault(fault, this.ui);
      return;
    }
    const title =
      files.length === 1
        ? l10n.t('Select a target function for {0}', workspace.asRelativePath(files[0] ?? ''))
        : l10n.t('Select a target function for {0} payloads', files.length);
    const functionIdentifier = await this.functions.pick(title, folder, files[0]);
    if (functionIdentifier === undefined) return;
    await writingTargets(this.ui, () => writeTargets(files, functionIdentifier, folder));
  }

  /**
   * Lambda: Move to Function…: what dragging a payload to another function does. A file whose folder names its function
   * moves to the folder of the other one; any other file stays where it is, and `.lambda/targets.json` says the function.
   */
  async moveToFunction(argument?: unknown, selection?: unknown): Promise<void> {
    const drop = isDrop(argument) ? argument : undefined;
    const files = drop?.uris ?? this.selection.files(argument, selection);
    const folder = workspace.getWorkspaceFolder(drop?.folder ?? files[0] ?? Uri.file('/'));
    if (!folder) return;
    const functionName =
      drop?.functionName ??
      (await this.functions.pick(l10n.t('Select a function to move to'), folder));
    if (functionName === undefined) return;
    await writingTargets(this.ui, async () => {
      for (const file of files) await this.#move(file, functionName, folder);
    });
  }

  /**
   * What the quick fix of a payload runs that is too large for InvokeAsync and not for Invoke: makes Invoke the API of
   * the target that it has. Whoever else runs it can have nothing but that written.
   */
  async useInvoke(argument?: unknown): Promise<void> {
    if (!isPayload(argument)) return;
    const { uri: payload } = argument;
    const document = workspace.textDocuments.find(({ uri }) => uri.toString() === payload);
    const folder = document && workspace.getWorkspaceFolder(document.uri);
    if (!folder || !payloadsIn(document).some(needsInvoke)) return;
    const path = pathInFolder(folder, document.uri);
    await writingTargets(this.ui, () =>
      rewriteTargets(folder, (text) => {
        const target = targetOf(path, parseTargets(text));
        return target ? withTarget(text, path, { function: target.function, api: 'Invoke' }) : text;
      }),
    );
  }

  async #move(file: Uri, functionName: string, folder: WorkspaceFolder): Promise<void> {
    const from = workspace.getWorkspaceFolder(file);
    if (!from) {
      this.ui.tell('warning', l10n.t('{0} is not in an open folder.', file.fsPath));
      return;
    }
    const name = /^\.lambda\/payloads\/[^/]+\/(.+)$/.exec(pathInFolder(from, file))?.[1];
    if (name !== undefined && /^[\w-]+$/.test(functionName)) {
      const to = Uri.joinPath(folder.uri, '.lambda', 'payloads', functionName, name);
      // Before anything moves: its entry could not follow it, and where it goes nobody could write.
      for (const place of [from, folder]) {
        const fault = await this.targets.fault(place);
        if (fault) throw new TargetsError(fault);
      }
      if (!(await this.files.move(file, to))) return;
      return ensureTarget(to, { function: functionName });
    }
    if (from.index === folder.index) return ensureTarget(file, { function: functionName });
    this.ui.tell(
      'warning',
      l10n.t(
        '{0} was not moved: its target is set in its own workspace folder.',
        workspace.asRelativePath(file),
      ),
    );
  }
}

/** Writes the function of each file into the `.lambda/targets.json` of its own folder. */
async function writeTargets(
  files: readonly Uri[],
  functionIdentifier: string,
  fallback: WorkspaceFolder,
): Promise<void> {
  for (const file of files) {
    const folder = workspace.getWorkspaceFolder(file) ?? fallback;
    const path = pathInFolder(folder, file);
    await rewriteTargets(folder, (text) =>
      withTarget(text, path, { function: functionIdentifier }),
    );
  }
}

/** What is sent of a document: each line of JSON Lines by itself. */
function payloadsIn(document: TextDocument): readonly string[] {
  const text = document.getText();
  return isJsonLines(document) ? text.split(/\r?\n/) : [text];
}

function isDrop(argument: unknown): argument is PayloadDrop {
  return isRecord(argument) && 'uris' in argument;
}

function isPayload(argument: unknown): argument is PayloadToSend {
  return isRecord(argument) && typeof argument['uri'] === 'string';
}
