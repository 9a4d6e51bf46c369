import { getLocation } from 'jsonc-parser';
import { basename, dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import {
  type CompletionItem,
  CompletionItemKind,
  type FileSystemWatcher,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileLimitBytes } from '../../core/fileLimits';
import { closest } from '../../core/functionIdentifier/closest';
import { exportedNames, mayExport } from '../../core/localHandlers/exportedNames';
import {
  type HandlerCandidate,
  handlerCandidates,
  handlerExtensions,
  handlerOf,
  localPath,
  type Runtime,
} from '../../core/localHandlers/handlerPath';
import { type LocatedHandler, locatedHandlers } from '../../core/localHandlers/locatedHandlers';
import { replacedAt } from '../../core/payload/schemaLook';
import type { Problem } from '../../core/problem';
import { utf8Text } from '../../files/utf8Text';
import { filePath } from '../filePath';
import type { Files } from '../files';
import { editIn } from '../range';
import { globsAlong } from '../workspace/watchedFiles';
import type { Workspace } from '../workspace/workspace';
import type { Check } from './diagnostics';

/** A folder with more files and folders than this is not searched for handlers. */
const mostFiles = 20_000;

/** How many files are read for their exports. */
const mostRead = 200;

/** As many slips make another word. */
const mostSlips = 3;

/** What is neither written nor deployed as a handler. */
const unlikely =
  /(?:^|\/)(?:\.venv|venv|site-packages|__pycache__|cdk\.out|\.aws-sam|\.serverless|tests?)\/|\.(?:test|spec|d)\.[cm]?[jt]s$|(?:^|\/)(?:test_\w+|conftest|setup)\.py$/;

/** The handlers of `.lambda/local.json`: whether their files are there and export them, and which ones there are. */
export class LocalHandlers implements Check {
  constructor(
    private readonly workspace: Workspace,
    private readonly files: Files,
  ) {}

  register(): void {
    this.workspace.watchedFiles.onDidChange(() => {
      this.workspace.recheck((uri) => this.workspace.folders.place(uri)?.path === localPath);
    });
  }

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    const root = this.#rootOf(document);
    if (root === undefined) return [];
    const handlers = locatedHandlers(document.getText());
    this.workspace.watchedFiles.watch(document.uri, watchersFor(handlers));
    const problems = await Promise.all(handlers.map(async (one) => this.#problem(root, one)));
    return problems.flatMap((problem) => problem ?? []);
  }

  forget(uri: string): void {
    this.workspace.watchedFiles.watch(uri, []);
  }

  /** The handlers of the project, where one is typed; `undefined` anywhere else. */
  async items(document: TextDocument, offset: number): Promise<CompletionItem[] | undefined> {
    const root = this.#rootOf(document);
    if (root === undefined) return undefined;
    const text = document.getText();
    const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
    const isHandler = path.length === 3 && path[0] === 'functions' && path[2] === 'handler';
    if (!isHandler || isAtPropertyKey) return undefined;
    const range = replacedAt(text, offset, previousNode);
    return (await this.#offered(root)).map(({ handler, file }) => {
      const newText = JSON.stringify(handler);
      return {
        label: handler,
        kind: CompletionItemKind.Function,
        detail: file,
        filterText: newText,
        textEdit: editIn(document, { range, newText }),
      };
    });
  }

  /** The path of the workspace folder whose functions a document tells; of other documents none. */
  #rootOf({ uri }: TextDocument): string | undefined {
    const place = this.workspace.folders.place(uri);
    return place?.path === localPath ? filePath(place.folder) : undefined;
  }

  async #offered(root: string): Promise<{ handler: string; file: string }[]> {
    const files = (await this.#handlerFiles(root)).slice(0, mostRead);
    const offered = await Promise.all(
      files.map(async (file) => {
        const text = await this.#read(root, file);
        const names = text === undefined ? [] : exportedNames(text, runtimeOf(file));
        return names.map((name) => ({ handler: handlerOf(file, name) ?? '', file }));
      }),
    );
    return offered.flat();
  }

  /** Those that can be named, without what a compiler has written beside its source. */
  async #handlerFiles(root: string): Promise<string[]> {
    const all = (await this.files.list(root, '', mostFiles)) ?? [];
    const named = all.filter((file) => !unlikely.test(file) && handlerOf(file, 'a') !== undefined);
    const byHandler = new Map(named.toSorted().map((file) => [handlerOf(file, ''), file]));
    return [...byHandler.values()];
  }

  async #read(root: string, file: string): Promise<string | undefined> {
    const reading = await this.files.readIn(root, join(root, file), fileLimitBytes.handler);
    return reading.kind === 'content' ? utf8Text(reading.bytes) : undefined;
  }

  async #problem(root: string, { handler, range }: LocatedHandler): Promise<Problem | undefined> {
    const candidates = handlerCandidates(handler);
    // One that is not written as a handler is for the JSON Schema to tell.
    if (candidates.some(({ path, exportPath }) => path.endsWith('/') || exportPath === '')) {
      return undefined;
    }
    for (const candidate of candidates) {
      const { file, exportPath, runtime } = candidate;
      const found = await this.files.findIn(root, join(root, file), fileLimitBytes.source);
      if (found.kind === 'missing') continue;
      if (found.kind === 'outside') {
        const message = l10n.t('{0} lies outside of the workspace folder. It is not run.', file);
        return toProblem({ message, range });
      }
      const [name = ''] = exportPath.split('.');
      const text = await this.#read(root, file);
      if (text === undefined || mayExport(text, name, runtime)) return undefined;
      const near = closest(name, exportedNames(text, runtime), mostSlips);
      const message = l10n.t('{file} does not export {name}.', { file, name });
      const right = near === undefined ? undefined : handlerWith(candidate, near);
      return toProblem({ message, range, right });
    }
    return toProblem({ ...(await this.#missing(root, candidates)), range });
  }

  async #missing(
    root: string,
    [candidate]: readonly HandlerCandidate[],
  ): Promise<{ message: string; right: string | undefined }> {
    const path = candidate?.path ?? '';
    const message = l10n.t('There is no file {path} with one of the endings {endings}.', {
      path,
      endings: Object.values(handlerExtensions).flat().join(', '),
    });
    const folder = dirname(path);
    const besides = (await this.#handlerFiles(root))
      .filter((file) => dirname(file) === folder)
      .map((file) => basename(file).replace(/\.[^.]+$/, ''));
    const near = closest(basename(path), besides, mostSlips);
    const right =
      near === undefined || !candidate
        ? undefined
        : `${path.slice(0, path.length - basename(path).length)}${near}.${candidate.exportPath}`;
    return { message, right };
  }
}

function handlerWith({ module }: HandlerCandidate, exported: string): string {
  return `${module}.${exported}`;
}

function toProblem({
  message,
  range,
  right,
}: {
  readonly message: string;
  readonly range: LocatedHandler['range'];
  readonly right?: string | undefined;
}): Problem {
  const title = l10n.t('Replace with "{0}"', right ?? '');
  const newText = JSON.stringify(right ?? '').slice(1, -1);
  return {
    code: 'local.handler',
    severity: 'warning',
    message,
    range,
    fixes: right === undefined ? [] : [{ title, edits: [{ range, newText }], preferred: true }],
  };
}

function runtimeOf(file: string): Runtime {
  return file.endsWith('.py') ? 'python' : 'node';
}

/** The files that handlers may have, and the folders on the way. */
function watchersFor(handlers: readonly LocatedHandler[]): FileSystemWatcher[] {
  const globs = handlers.flatMap(({ handler }) =>
    handlerCandidates(handler).flatMap(({ file }) => globsAlong(file)),
  );
  return [...new Set(globs)].map((globPattern) => ({ globPattern }));
}
