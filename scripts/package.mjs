// `npm run package`: the VSIX with a check of what is in it, and the npm package of the command line.
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { activationFiles } from './activationFiles.mjs';
import { makeCommandLinePackage } from './commandLinePackage.mjs';
import { root, runNode } from './setUp.mjs';

/** All that the package may hold. */
const expected = [
  /^package(\.nls(\.[\w-]+)?)?\.json$/,
  /^(README\.md|CHANGELOG\.md|LICENSE|THIRD_PARTY_NOTICES\.txt)$/,
  /^dist\/\w+\.(js|py)$/,
  /^dist\/[\w-]+\.mjs$/,
  /^dist\/grammars\/[\w-]+\.wasm\.br$/,
  /^dist\/schemas\/[\w-]+\.json$/,
  /^dist\/l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
  /^media\/\w+\.(svg|png)$/,
  /^media\/(samples|schemas|snippets)\/[\w.-]+\.json$/,
  /^media\/walkthrough\/[\w-]+\.(md|svg|png)$/,
  /^examples\/orders\/[\w./-]+\.(json|js|md|mjs|py)$/,
];

const { name, version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const packageName = `${name}-${version}.vsix`;
const kibibyte = 1024;
/** The largest that the package may be, and what the editor reads at activation, in bytes. */
const mostPackageBytes = 4 * kibibyte * kibibyte;
const mostActivationBytes = 60 * kibibyte;

/**
 * Builds the VSIX.
 *
 * @returns its path
 * @throws with the list of what it holds, when something is not expected there or too large
 */
export async function makePackage() {
  rmSync(`${root}dist`, { recursive: true, force: true });
  runNode('esbuild.mjs', '--production');

  const { createVSIX, listFiles, PackageManager } = await import('@vscode/vsce');
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  const contents = `${root}out/package/`;
  rmSync(contents, { recursive: true, force: true });
  for (const path of ['.vscodeignore', ...files]) cpSync(root + path, contents + path);
  writeFileSync(`${contents}README.md`, extensionPage(readFileSync(`${root}README.md`, 'utf8')));
  const packagePath = root + packageName;
  await createVSIX({
    cwd: contents,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });

  console.log(`${packageName}: ${files.length} files, ${size(packageName)} bytes`);
  const activationBytes = activationFiles(root).reduce(
    (sum, file) => sum + size(`dist/${file}`),
    0,
  );
  const faults = [
    ...files
      .filter((path) => !expected.some((pattern) => pattern.test(path)))
      .map((path) => `${path} is not expected in the package.`),
    ...overBudget(packageName, size(packageName), mostPackageBytes),
    ...overBudget('Activation', activationBytes, mostActivationBytes),
  ];
  if (faults.length > 0) {
    const contents = files.toSorted().map((path) => `${String(size(path)).padStart(10)}  ${path}`);
    throw new Error([...contents, ...faults].join('\n'));
  }
  return packagePath;
}

/**
 * The README as the editor shows it for an installed extension: there, pictures and links to other files of the
 * repository lead nowhere.
 */
function extensionPage(readme) {
  return readme
    .replaceAll(/^ *(?:!?\[[^\]]+\]\((?!https?:)[^)]*\)[ ·]*)+\n\n?/gm, '')
    .replaceAll(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1');
}

function overBudget(what, bytes, most) {
  return bytes > most ? [`${what} has ${bytes} bytes; at most ${most} are allowed.`] : [];
}

function size(path) {
  return statSync(root + path).size;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await makePackage();
  makeCommandLinePackage();
}
