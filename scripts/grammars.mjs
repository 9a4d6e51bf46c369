// The grammars of src/migration/languages.ts, and the runtime that loads them: WebAssembly of 16 MB, compressed to 1 MB.
import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { cached } from './editorHost/cache.mjs';
import { root } from './setUp.mjs';

export const grammars = [
  'bash',
  'c-sharp',
  'go',
  'java',
  'javascript',
  'php',
  'powershell',
  'python',
  'ruby',
  'rust',
  'tsx',
  'typescript',
];

const runtime = 'web-tree-sitter/web-tree-sitter.wasm';
const files = [
  runtime,
  ...grammars.map((name) => `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`),
];

/** Writes each of them into a folder, as `<name>.wasm.br`. */
export async function writeGrammars(folder) {
  await cp(await compressedOnce(), folder, { recursive: true });
}

/** Half a minute of work, so it is done once on a machine for these versions; a folder of the cache. */
function compressedOnce() {
  const require = createRequire(import.meta.url);
  const versions = ['web-tree-sitter', '@vscode/tree-sitter-wasm'].map(
    (name) => require(`${root}node_modules/${name}/package.json`).version,
  );
  const key = createHash('sha256').update(JSON.stringify([versions, files]));
  return cached(`grammars-${key.digest('hex').slice(0, 16)}`, async (folder) => {
    await Promise.all(
      files.map(async (file) => {
        const bytes = await readFile(`${root}node_modules/${file}`);
        const name = file.replace(/^.*\//, '');
        await writeFile(`${folder}/${name}.br`, await compressed(bytes));
      }),
    );
  });
}

function compressed(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return promisify(brotliCompress)(bytes, { params });
}
