import * as l10n from '@vscode/l10n';
import { CodeLens, Range, type TextDocument, workspace } from 'vscode';
import { matchesGlob } from '../../core/patterns/glob';
import { mayDeclareFunctions, projectFiles } from '../../core/projectFunctions/projectFiles';
import { commandOf } from '../contributions';
import { pathInFolder } from '../folders';
import type { LanguageServer } from '../languageServer/languageServer';
import { settings } from '../settings';
import type { Lenses } from '../ui/lazyLenses';
import { callTitle } from './callText';
import { listedFunction } from './projectFunctions';

/** A longer template cannot be deployed as it is (51,200 bytes), and takes long to read with each pause in typing. */
const mostCharacters = 64 * 1024;

/** Above each function that a template or configuration of the project names: what can be done with it. */
export class ProjectLens implements Lenses {
  constructor(private readonly server: Pick<LanguageServer, 'projectFunctions'>) {}

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    const { uri } = document;
    const folder = workspace.getWorkspaceFolder(uri);
    if (!folder || matchesGlob(pathInFolder(folder, uri), projectFiles.exclude)) return [];
    const text = document.getText();
    if (text.length > mostCharacters && /\.ya?ml$/.test(uri.path)) return [];
    // Else the server would start for nothing.
    if (!mayDeclareFunctions(uri.path, text)) return [];
    const title = l10n.t('{0}…', callTitle(settings(uri).api));
    const found = await this.server.projectFunctions([uri]);
    return found.flatMap((declared) => {
      const range = new Range(declared.line, 0, declared.line, 0);
      const { name: functionIdentifier, ofStack } = listedFunction(declared);
      const row = { folder, functionIdentifier, ...(ofStack && { ofStack }) };
      return [
        new CodeLens(range, commandOf('invokeAsync.invokeFunction', title, row)),
        new CodeLens(range, commandOf('invokeAsync.newPayload', l10n.t('New Payload…'), row)),
      ];
    });
  }

  dispose(): void {
    // Listens to nothing: the editor asks again when a document changes.
  }
}
