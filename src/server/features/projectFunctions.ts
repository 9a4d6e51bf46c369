import type { CancellationToken, Connection } from '../lsp';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileLimitBytes } from '../../core/fileLimits';
import type { StackPlace } from '../../core/projectFunctions/declaredFunction';
import {
  mostProjectFiles,
  type ProjectFunction,
  projectFunctions,
  type ProjectFunctionsParams,
} from '../../protocol/messages';
import type { Workspace } from '../workspace/workspace';

/** Of all files of one request, in UTF-16 units. */
const longestText = 1024 * 1024;

/** Finds the functions that the templates and configurations of a project name. */
export class ProjectFunctions {
  constructor(private readonly workspace: Workspace) {}

  register(connection: Connection): void {
    connection.onRequest(
      projectFunctions,
      async ({ uris }: ProjectFunctionsParams, token: CancellationToken) =>
        this.#in(uris.slice(0, mostProjectFiles), token),
    );
  }

  async #in(uris: readonly string[], token: CancellationToken): Promise<ProjectFunction[]> {
    // With a parser of YAML, which nothing else needs.
    const rules = await import('../../core/projectFunctions/projectFunctions');
    const found: ProjectFunction[] = [];
    let length = 0;
    for (const uri of uris) {
      if (token.isCancellationRequested || length > longestText) break;
      const reading = await this.workspace.texts.read(uri, fileLimitBytes.project);
      if (reading.kind !== 'text' || reading.text.length > fileLimitBytes.project) continue;
      length += reading.text.length;
      const document = TextDocument.create(uri, '', 0, reading.text);
      const declared = rules.projectFunctions(uri, reading.text);
      const isOfStack = declared.some((one) => 'logicalId' in one && !one.stack);
      const stack = isOfStack ? await this.#stackOf(uri) : undefined;
      for (const { offset, code: _, ...named } of declared) {
        const isUnplaced = 'logicalId' in named && !named.stack && stack;
        const place = { uri, line: document.positionAt(offset).line };
        found.push({ ...named, ...(isUnplaced && { stack }), ...place });
      }
    }
    return found;
  }

  /** What the files beside a template say of its stack. */
  async #stackOf(template: string): Promise<StackPlace | undefined> {
    const { stackFiles, stackPlace } = await import('../../core/projectFunctions/projectFunctions');
    const slash = template.lastIndexOf('/') + 1;
    for (const fileName of stackFiles(template)) {
      const uri = template.slice(0, slash) + fileName;
      const reading = await this.workspace.texts.read(uri, fileLimitBytes.project);
      if (reading.kind !== 'text' || reading.text.length > fileLimitBytes.project) continue;
      const place = stackPlace(fileName, reading.text, decodedName(template.slice(slash)));
      if (place) return place;
    }
    return undefined;
  }
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
