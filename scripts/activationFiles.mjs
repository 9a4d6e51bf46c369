// Which files of dist/ the editor reads at activation, by what they import.
import { readFileSync } from 'node:fs';

/**
 * The extension's entry with all chunks that it imports statically; names in dist/.
 * @param {string} root the checkout, with a slash at its end
 */
export function activationFiles(root) {
  const files = new Set(['extension.mjs']);
  for (const file of files) {
    const text = readFileSync(`${root}dist/${file}`, 'utf8');
    for (const [, chunk] of text.matchAll(/(?:from|import) ?"\.\/([\w-]+\.mjs)"/g))
      files.add(chunk);
  }
  return [...files];
}
