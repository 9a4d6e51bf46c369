import * as l10n from '@vscode/l10n';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import { messageOf } from '../../core/messageOf';
import { projectFiles } from '../../core/projectFunctions/projectFiles';
import { mostProjectFiles, type ProjectFunction } from '../../protocol/messages';
import { inFolder } from '../folders';
import type { LanguageServer } from '../languageServer/languageServer';
import type { Ui } from '../ui/ui';
import type { ListedFunction } from './functionRows';
import type { KnownFunctions } from './knownFunctions';

/** Nobody waits longer for a search in a huge workspace, or for a server that starts, in milliseconds. */
const longestWaitMs = 4000;

/** The functions that the templates and configurations in the workspace name. Searched for when somebody asks. */
export class ProjectFunctions {
  constructor(
    private readonly server: Pick<LanguageServer, 'projectFunctions'>,
    private readonly functions: Pick<KnownFunctions, 'note'>,
    private readonly ui: Pick<Ui, 'output'>,
  ) {}

  /**
   * The functions of a workspace folder, or of all, with the path of the file that names each. Never rejects: where
   * nothing can be read in time, there are none.
   */
  async listed(folder?: WorkspaceFolder): Promise<readonly ListedFunction[]> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<readonly ListedFunction[]>((resolve) => {
      timer = setTimeout(resolve, longestWaitMs, []);
    });
    return Promise.race([this.#search(folder), timeout]).finally(() => clearTimeout(timer));
  }

  async #search(folder: WorkspaceFolder | undefined): Promise<readonly ListedFunction[]> {
    try {
      const folders = folder ? [folder] : (workspace.workspaceFolders ?? []);
      const uris = await projectFileUris(folders);
      if (uris.length === 0) return [];
      const found = await this.server.projectFunctions(uris);
      const listed = found
        .map(listedFunction)
        .toSorted((one, other) => one.name.localeCompare(other.name));
      // What stands in a stack has no name yet that could be written anywhere.
      this.functions.note(listed.filter(({ ofStack }) => !ofStack));
      return listed;
    } catch (error) {
      this.ui.output.warn(
        l10n.t('The functions of this workspace cannot be listed: {0}', messageOf(error)),
      );
      return [];
    }
  }
}

/** The files of workspace folders that may declare functions. */
export async function projectFileUris(folders: readonly WorkspaceFolder[]): Promise<Uri[]> {
  const { include, exclude } = projectFiles;
  const searches = folders.flatMap((each) =>
    include.map((glob) => workspace.findFiles(inFolder(each, glob), exclude, mostProjectFiles)),
  );
  const all = (await Promise.all(searches)).flat();
  // `a.template.json` may be found by two globs.
  return [...new Map(all.map((uri) => [uri.toString(), uri])).values()];
}

/** A function as picks show it: with its file, and where its name comes from. */
export function listedFunction(declared: ProjectFunction): ListedFunction {
  const file = workspace.asRelativePath(Uri.parse(declared.uri, true));
  if ('name' in declared) return { name: declared.name, detail: file, file: declared.uri };
  const { logicalId, stack, uri } = declared;
  const where = stack?.stackName
    ? l10n.t('name from the stack {0}', stack.stackName)
    : l10n.t('name from its stack');
  const ofStack = { logicalId, uri, ...(stack && { stack }) };
  return { name: logicalId, detail: `${file} · ${where}`, ofStack, file: uri };
}
