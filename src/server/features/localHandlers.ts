import { getLocation } from 'jsonc-parser';
import { basename, dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type CompletionItem, CompletionItemKind, type FileSystemWatcher } from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { closest } from '../../core/functionIdentifier/closest';
import { exportedNames, mayExport } from '../../core/localHandlers/exportedNames';
import {
  type HandlerCandidate,
  handlerCandidates,
  handlerExtensions,
  localPath,
} from '../../core/localHandlers/handlerPath';
import { type LocatedHandler, locatedHandlers } from '../../core/localHandlers/locatedHandlers';
import { replacedAt } from '../../core/payload/schemaLook';
import type { Problem } from '../../core/problem';
import { editIn } from '../range';
import { globsAlong } from '../workspace/watchedFiles';
import type { Workspace } from '../workspace/workspace';
import type { Check } from './diagnostics';
import { type HandlerFiles, localRoot } from './handlerFiles';

/** As many slips make another word. */
const mostSlips = 3;

/** The handlers of `.lambda/local.json`: whether their files are there and export them, and which ones there are. */
export class LocalHandlers implements Check {
  constructor(
    private readonly workspace: Workspace,
    private readonly handlerFiles: HandlerFiles,
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
    return (await this.handlerFiles.exported(root)).map(({ handler, file }) => {
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
    return localRoot(this.workspace, uri);
  }

  async #problem(root: string, { handler, range }: LocatedHandler): Promise<Problem | undefined> {
    const candidates = handlerCandidates(handler);
    // One that is not written as a handler is for the JSON Schema to tell.
    if (candidates.some(({ path, exportPath }) => path.endsWith('/') || exportPath === '')) {
      return undefined;
    }
    const located = await this.handlerFiles.locate(root, handler);
    if (!located) return toProblem({ ...(await this.#missing(root, candidates)), range });
    const { file, exportPath, runtime } = located.candidate;
    if (located.kind === 'outside') {
      const message = l10n.t('{0} lies outside of the workspace folder. It is not run.', file);
      return toProblem({ message, range });
    }
    const [name = ''] = exportPath.split('.');
    const text = await this.handlerFiles.read(root, file);
    if (text === undefined || mayExport(text, name, runtime)) return undefined;
    const near = closest(name, exportedNames(text, runtime), mostSlips);
    const message = l10n.t('{file} does not export {name}.', { file, name });
    const right = near === undefined ? undefined : handlerWith(located.candidate, near);
    return toProblem({ message, range, right });
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
    const besides = (await this.handlerFiles.list(root))
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

/** The files that handlers may have, and the folders on the way. */
function watchersFor(handlers: readonly LocatedHandler[]): FileSystemWatcher[] {
  const globs = handlers.flatMap(({ handler }) =>
    handlerCandidates(handler).flatMap(({ file }) => globsAlong(file)),
  );
  return [...new Set(globs)].map((globPattern) => ({ globPattern }));
}
