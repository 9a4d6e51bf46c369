import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeprecationFinder } from '../core/deprecation/find';

/** A finder with the grammars that lie beside the bundle that this is part of; each is read on first need. */
export function createFinder(): DeprecationFinder {
  const grammars = join(__dirname, 'grammars');
  return new DeprecationFinder({
    runtime: async () => readFile(join(grammars, 'web-tree-sitter.wasm')),
    grammar: async (name) => readFile(join(grammars, `tree-sitter-${name}.wasm`)),
  });
}
