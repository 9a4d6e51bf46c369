import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { DeprecationFinder } from '../../core/deprecation/find';
import type { Problem } from '../../core/problem';
import type { Workspace } from '../workspace';
import type { Check } from './diagnostics';

/** Uses of the deprecated `InvokeAsync` in code, policies and command lines. */
export class DeprecationCheck implements Check {
  // The grammars lie beside the bundle that this is part of.
  readonly #finder = new DeprecationFinder({
    runtime: async () => readFile(join(__dirname, 'grammars', 'web-tree-sitter.wasm')),
    grammar: async (name) => readFile(join(__dirname, 'grammars', `tree-sitter-${name}.wasm`)),
  });

  constructor(private readonly workspace: Workspace) {}

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    const { severity } = (await this.workspace.settings(document.uri)).deprecation;
    if (severity === 'off') return [];
    const { problems } = await this.#finder.find({
      uri: document.uri,
      version: document.version,
      languageId: document.languageId,
      text: document.getText(),
    });
    return problems.map((problem) =>
      problem.code === 'deprecated.invoke-async' ? { ...problem, severity } : problem,
    );
  }

  forget(uri: string): void {
    this.#finder.forget(uri);
  }
}
