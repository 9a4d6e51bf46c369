// The npm package of the command line: bundles of the same build as the VSIX, and nothing to install with them.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { npmCommand } from './editorHost/npm.mjs';
import { root } from './setUp.mjs';

/** What `cli.js` loads, by itself or through others. */
const bundles = [
  'cli',
  'server',
  'languageServer',
  'check',
  'projectFunctions',
  'schemaWorker',
  'finderWorker',
  'parentWatchWorker',
  'sendFile',
  'mcp',
].map((name) => `${name}.js`);

const folders = ['grammars', 'schemas', 'l10n'];
const mostPackageBytes = 4 * 1024 * 1024;

/**
 * Packs what `node esbuild.mjs --production` has built.
 *
 * @returns {string} path of the tarball
 */
export function makeCommandLinePackage() {
  const contents = `${root}out/npm/`;
  rmSync(contents, { recursive: true, force: true });
  mkdirSync(`${contents}dist`, { recursive: true });
  for (const name of [...bundles, ...folders])
    cpSync(`${root}dist/${name}`, `${contents}dist/${name}`, { recursive: true });
  for (const name of ['LICENSE', 'THIRD_PARTY_NOTICES.txt']) cpSync(root + name, contents + name);
  cpSync(`${root}docs/command-line.md`, `${contents}README.md`);
  const { name, version, license, engines, keywords } = JSON.parse(
    readFileSync(`${root}package.json`, 'utf8'),
  );
  const manifest = {
    name,
    version,
    description:
      'Sends events to AWS Lambda asynchronously, each once, and migrates off InvokeAsync.',
    license,
    keywords,
    type: 'commonjs',
    engines: { node: engines.node },
    bin: { [name]: 'dist/cli.js' },
    files: ['dist', 'THIRD_PARTY_NOTICES.txt'],
  };
  writeFileSync(`${contents}package.json`, `${JSON.stringify(manifest, undefined, 2)}\n`);

  const [command, prefix, shell] = npmCommand();
  const words = [...prefix, 'pack', contents, '--pack-destination', root, '--ignore-scripts'];
  const { status, stderr } = spawnSync(command, words, { cwd: root, shell, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm could not pack the command line:\n${stderr}`);
  const tarball = `${root}${name}-${version}.tgz`;
  const bytes = statSync(tarball).size;
  console.log(`${name}-${version}.tgz: ${bytes} bytes`);
  if (bytes > mostPackageBytes)
    throw new Error(`The tarball has ${bytes} bytes; at most ${mostPackageBytes} are allowed.`);
  return tarball;
}
