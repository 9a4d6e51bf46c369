import * as l10n from '@vscode/l10n';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import { localConfiguration } from '../../core/localHandlers/localConfiguration';
import { localPath } from '../../core/localHandlers/handlerPath';
import { messageOf } from '../../core/messageOf';
import type { LocalFunctionsResult } from '../../protocol/messages';
import type { LocalLambda } from '../connection/localLambda';
import { projectFileUris } from '../invoke/projectFunctions';
import type { LanguageServer } from '../languageServer/languageServer';
import type { Ui } from '../ui/ui';
import { createWorkspaceFile, exists, tellUnwritten } from '../writeWorkspaceFile';

/** The functions of Local Lambda in `.lambda/local.json`: opened, and written once where there are none. */
export class LocalConfiguration {
  constructor(
    private readonly localLambda: Pick<LocalLambda, 'running'>,
    private readonly server: Pick<LanguageServer, 'localFunctions'>,
    private readonly ui: Pick<
      Ui,
      'hasFolder' | 'offer' | 'output' | 'pickWorkspaceFolder' | 'show' | 'tell' | 'withProgress'
    >,
  ) {}

  /** Lambda: Configure Local Lambda: opens the file, which is written from what the project declares if it is missing. */
  async configure(): Promise<void> {
    const needsFolder = l10n.t(
      'To configure Local Lambda, open a folder first: its file goes there.',
    );
    if (!this.ui.hasFolder(needsFolder)) return;
    const folder = await this.ui.pickWorkspaceFolder();
    if (!folder) return;
    const file = fileOf(folder);
    if (await exists(file)) return this.ui.show(file);
    const found = await this.#declared(folder);
    const { text, selected } = localConfiguration(found.functions);
    const writing = await createWorkspaceFile(file, Buffer.from(text));
    if (writing.kind !== 'written' && writing.kind !== 'exists') {
      return tellUnwritten(file, writing, this.ui);
    }
    // One that somebody else has written meanwhile is theirs.
    const isOurs = writing.kind === 'written';
    await this.ui.show(file, isOurs ? selected : undefined);
    if (isOurs) this.ui.tell('information', writtenText(found));
  }

  /** Offers to write the file, where Local Lambda has started and no folder has one. */
  async offer(): Promise<void> {
    const { running } = this.localLambda;
    const folders = workspace.workspaceFolders ?? [];
    if (!running || running.functions().length > 0 || folders.length === 0) return;
    const areThere = await Promise.all(folders.map(async (folder) => exists(fileOf(folder))));
    if (areThere.includes(true)) return;
    this.ui.offer(
      'information',
      l10n.t(
        'Local Lambda has no functions yet. Write .lambda/local.json with those that this project declares?',
      ),
      { title: l10n.t('Write local.json'), run: async () => this.configure() },
    );
  }

  /** What cannot be found out is left to the user: without functions the file holds an example. */
  async #declared(folder: WorkspaceFolder): Promise<LocalFunctionsResult> {
    const title = l10n.t('Looking for the functions of this project');
    return this.ui.withProgress({ title, location: 'statusBar' }, async () => {
      try {
        const uris = await projectFileUris([folder]);
        if (uris.length === 0) return nothing;
        return await this.server.localFunctions(folder.uri, uris);
      } catch (error) {
        this.ui.output.warn(
          l10n.t('The functions of this workspace cannot be listed: {0}', messageOf(error)),
        );
        return nothing;
      }
    });
  }
}

const nothing: LocalFunctionsResult = { functions: [], files: [], leftOut: [] };

function fileOf(folder: WorkspaceFolder): Uri {
  return Uri.joinPath(folder.uri, localPath);
}

function writtenText({ functions, files, leftOut }: LocalFunctionsResult): string {
  const written =
    functions.length === 0
      ? l10n.t(
          '.lambda/local.json has an example: no file of the project declares a function that Local Lambda can run.',
        )
      : functions.length === 1
        ? l10n.t('.lambda/local.json has 1 function, from {0}.', files.join(', '))
        : l10n.t(
            '.lambda/local.json has {0} functions, from {1}.',
            functions.length,
            files.join(', '),
          );
  if (leftOut.length === 0) return written;
  return `${written} ${l10n.t('Left out: {0}.', leftOut.join(', '))}`;
}
