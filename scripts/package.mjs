// `npm run package`: the VSIX, and a check of what is in it.
import { readFileSync, rmSync, statSync } from 'node:fs';
import { installDependencies, root, runNode } from './setUp.mjs';

installDependencies();
rmSync(`${root}dist`, { recursive: true, force: true });
runNode('esbuild.mjs', '--production');

const { createVSIX, listFiles, PackageManager } = await import('@vscode/vsce');
const { name, version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const packagePath = `${root}${name}-${version}.vsix`;
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});

const kibibyte = 1024;
/** The largest that a file may be, in bytes. */
const budgets = {
  [packagePath]: 4 * kibibyte * kibibyte,
  [`${root}dist/extension.js`]: 60 * kibibyte,
};
/** All that the package may hold. */
const expected = [
  /^package(\.nls(\.\w+)?)?\.json$/,
  /^l10n\/bundle\.l10n(\.\w+)?\.json$/,
  /^(README\.md|CHANGELOG\.md|LICENSE)$/,
  /^dist\/\w+\.js$/,
  /^dist\/grammars\/[\w-]+\.wasm$/,
  /^dist\/schemas\/[\w-]+\.json$/,
  /^media\/(samples|schemas|snippets|screenshots)\/[\w.-]+\.(json|png)$/,
  /^media\/\w+\.(svg|png)$/,
];

const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
const unexpected = files.filter((path) => !expected.some((pattern) => pattern.test(path)));
const tooLarge = Object.entries(budgets).filter(([path, most]) => statSync(path).size > most);
for (const path of files.toSorted())
  console.log(
    `${statSync(root + path)
      .size.toLocaleString('en-US')
      .padStart(10)}  ${path}`,
  );
console.log(
  `${statSync(packagePath).size.toLocaleString('en-US').padStart(10)}  ${packagePath}, ${files.length} files`,
);
for (const path of unexpected) console.error(`Not expected in the package: ${path}`);
for (const [path, most] of tooLarge)
  console.error(`${path}: ${statSync(path).size} bytes; at most ${most} are allowed.`);
if (unexpected.length + tooLarge.length > 0) process.exit(1);
