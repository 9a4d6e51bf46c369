import { posix } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { CancellationToken, Connection } from '../lsp';
import { fileLimitBytes } from '../../core/fileLimits';
import { handlerCandidates } from '../../core/localHandlers/handlerPath';
import type { DeclaredFunction, FunctionCode } from '../../core/projectFunctions/declaredFunction';
import {
  type LocalFunctionEntry,
  localFunctions,
  type LocalFunctionsParams,
  type LocalFunctionsResult,
  mostProjectFiles,
} from '../../protocol/messages';
import { filePath } from '../filePath';
import type { Place } from '../workspace/folders';
import type { Workspace } from '../workspace/workspace';
import type { HandlerFiles } from './handlerFiles';

/** Of all files of one request, in UTF-16 units. */
const longestText = 1024 * 1024;

/** As Local Lambda takes them. */
const validName = /^[\w-]{1,64}$/;
const validHandler = /^(?:[^\0\\]*\/)?[^/.\0\\]+\.[\w$.]+$/;
const environmentLimitBytes = 4096;

/** Makes of the functions that a project declares what Local Lambda runs. */
export class LocalFunctions {
  constructor(
    private readonly workspace: Workspace,
    private readonly handlerFiles: HandlerFiles,
  ) {}

  register(connection: Connection): void {
    connection.onRequest(
      localFunctions,
      async (params: LocalFunctionsParams, token: CancellationToken) => this.#in(params, token),
    );
  }

  async #in(
    { folder, uris }: LocalFunctionsParams,
    token: CancellationToken,
  ): Promise<LocalFunctionsResult> {
    // With a parser of YAML, which nothing else needs.
    const rules = await import('../../core/projectFunctions/projectFunctions');
    const found = new Map<string, LocalFunctionEntry>();
    const files = new Set<string>();
    const leftOut = new Set<string>();
    let length = 0;
    for (const uri of uris.slice(0, mostProjectFiles)) {
      if (token.isCancellationRequested || length > longestText) break;
      const place = this.workspace.folders.place(uri);
      const root = place && filePath(place.folder);
      // Its handlers are those of another `.lambda/local.json`.
      if (root === undefined || place?.folder !== folder.replace(/\/$/, '')) continue;
      const reading = await this.workspace.texts.read(uri, fileLimitBytes.project);
      if (reading.kind !== 'text' || reading.text.length > fileLimitBytes.project) continue;
      length += reading.text.length;
      for (const declared of rules.projectFunctions(uri, reading.text)) {
        const name = 'name' in declared ? declared.name : declared.logicalId;
        const reason = faultOf(name, declared.code);
        if (found.has(name)) continue;
        if (reason !== undefined) leftOut.add(`${name} (${reason})`);
        if (reason !== undefined || !declared.code) continue;
        const handler = await this.#handler(root, place, declared.code);
        found.set(name, entryOf(name, handler, declared.code));
        files.add(place.path);
      }
    }
    return { functions: [...found.values()], files: [...files], leftOut: [...leftOut] };
  }

  /**
   * The handler from the workspace folder on: where the declaration says, else the only file of that path in the folder. One
   * that is in neither place is left as it is declared: the check of `.lambda/local.json` says what is missing.
   */
  async #handler(root: string, place: Place, code: FunctionCode): Promise<string> {
    const below = posix.join(posix.dirname(place.path), code.folder ?? '.');
    const declared = posix.join(below, code.handler);
    const isInside = !declared.startsWith('../') && !declared.startsWith('/');
    if (isInside && (await this.handlerFiles.locate(root, declared))) return declared;
    const endings = handlerCandidates(code.handler).map(({ file }) => `/${posix.normalize(file)}`);
    const [only, ...others] = (await this.handlerFiles.list(root)).flatMap((file) => {
      const ending = endings.find((one) => `/${file}`.endsWith(one));
      return ending === undefined ? [] : [file.slice(0, Math.max(0, file.length - ending.length))];
    });
    if (only !== undefined && others.length === 0) return posix.join(only, code.handler);
    return isInside ? declared : posix.normalize(code.handler);
  }
}

function faultOf(name: string, code: DeclaredFunction['code']): string | undefined {
  if (!validName.test(name)) return l10n.t('its name has a character that names cannot have');
  if (!code) return l10n.t('no handler');
  if (code.runtime !== undefined && !/^(?:nodejs|python)/.test(code.runtime)) return code.runtime;
  return validHandler.test(code.handler) ? undefined : code.handler;
}

function entryOf(
  name: string,
  handler: string,
  { timeoutSeconds, environment }: FunctionCode,
): LocalFunctionEntry {
  const isSmall = Buffer.byteLength(JSON.stringify(environment ?? {})) <= environmentLimitBytes;
  return {
    name,
    handler,
    ...(timeoutSeconds !== undefined && { timeout: timeoutSeconds }),
    ...(environment && isSmall && { environment }),
  };
}
