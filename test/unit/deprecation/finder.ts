import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DeprecationFinder } from '../../../src/core/deprecation/find';

/** The tests run bundled elsewhere, always started from the root of the checkout. */
const root = process.cwd();
const require = createRequire(path.join(root, 'package.json'));
const grammars = path.join(root, 'node_modules/@vscode/tree-sitter-wasm/wasm');

export const fixtures = path.join(root, 'test/fixtures/deprecation');

/** A finder with the grammars as npm installs them. */
export function createFinder(): DeprecationFinder {
  return new DeprecationFinder({
    runtime: () => readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: (name) => readFileSync(path.join(grammars, `tree-sitter-${name}.wasm`)),
  });
}
