// Builds every bundle of the extension into dist/. `--watch` rebuilds on change, `--production` minifies.
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { context } from 'esbuild';
import { generate } from './scripts/generate.mjs';
import { grammars, writeGrammars } from './scripts/grammars.mjs';
import { writeNotices } from './scripts/notices.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** What runs in processes and threads of its own, and what the server loads on demand. */
const otherBundles = {
  cli: 'src/cli/main.ts',
  mcp: 'src/mcp/main.ts',
  server: 'src/server/main.ts',
  languageServer: 'src/server/languageServer.ts',
  check: 'src/server/cli/runCheck.ts',
  projectFunctions: 'src/core/projectFunctions/projectFunctions.ts',
  schemaWorker: 'src/server/schemas/schemaWorker.ts',
  finderWorker: 'src/server/finder/finderWorker.ts',
  parentWatchWorker: 'src/server/parentWatchWorker.ts',
  handlerProcess: 'src/local/handlerProcess.ts',
  sendFile: 'src/sendFile/main.ts',
};

await generate();
await mkdir('dist', { recursive: true });
await writeGrammars('dist/grammars');
await cp('generated/eventSchemas', 'dist/schemas', { recursive: true });
// Read from there by the editor and by the language server, which other editors run from a copy of `dist`.
await cp('l10n', 'dist/l10n', { recursive: true });

// What runs Python handlers, beside what runs those of Node.
await cp('src/local/handlerProcess.py', 'dist/handlerProcess.py');

const options = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // ES modules first: smaller by a third for the AWS SDK, and jsonc-parser's UMD build cannot be bundled.
  mainFields: ['module', 'main'],
  // Its ES module asks for its own URL, which a bundle has none of.
  alias: { 'web-tree-sitter': './node_modules/web-tree-sitter/web-tree-sitter.cjs' },
  minify: production,
  sourcemap: !production,
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
  metafile: true,
  // The queries of src/migration/syntax.
  loader: { '.scm': 'text' },
};
/** With a parser of YAML, for the first request alone: CommonJS has no chunks, so the server finds it in its own bundle. */
const projectFunctions = {
  name: 'projectFunctions',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/projectFunctions$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './projectFunctions.js', external: true } : undefined,
    ),
};
// Chunks are named after what is in them: those of the last build would stay.
for (const file of await readdir('dist')) if (/\.mjs(\.map)?$/.test(file)) await rm(`dist/${file}`);

const builds = await Promise.all([
  // The extension host: an ES module with a chunk for each part that src/client/lazy.ts loads on first use, so that what
  // a user does not touch is never read from disk.
  context({
    ...options,
    entryPoints: { extension: 'src/client/extension.ts' },
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    // For dependencies that are CommonJS; under a name that no module of a chunk imports itself.
    banner: {
      js: "import { createRequire as requireOfChunk } from 'node:module'; const require = requireOfChunk(import.meta.url);",
    },
    // There, all words are spoken in the language of the editor, as the editor has loaded them.
    alias: { ...options.alias, '@vscode/l10n': './src/client/l10n.ts' },
    external: ['vscode'],
  }),
  context({ ...options, entryPoints: otherBundles, plugins: [projectFunctions] }),
]);

const metafiles = [];
for (const build of builds) {
  if (watch) await build.watch();
  else {
    metafiles.push((await build.rebuild()).metafile);
    await build.dispose();
  }
}
if (watch) console.log('Watching src/ …');
if (production) await writeNotices(metafiles, grammars);
