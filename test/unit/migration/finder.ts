import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DeprecationFinder, type GrammarLoader } from '../../../src/migration/find';

/** The tests run bundled elsewhere, always started from the root of the checkout. */
const root = process.cwd();
const modules = path.join(root, 'node_modules');

export const fixtures = path.join(root, 'test/fixtures/migration');

/** The grammars as npm installs them. */
export const grammarLoader: GrammarLoader = {
  runtime: () => readFileSync(path.join(modules, 'web-tree-sitter/web-tree-sitter.wasm')),
  grammar: (name) =>
    readFileSync(path.join(modules, `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`)),
};

export const createFinder = () => new DeprecationFinder(grammarLoader);
