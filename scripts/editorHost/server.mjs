import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { onProcessEnd } from './processEnd.mjs';
import { QUIET_SETTINGS } from './quietSettings.mjs';

/**
 * @typedef {object} EditorServer
 * @property {number} port
 * @property {string} dataFolder settings, installed extensions and logs; gone after `stop()`
 * @property {(folder?: string) => string} url the address of an editor on a folder or a `.code-workspace` file, or an empty one
 * @property {() => Promise<void>} stop ends every process of the server and removes its files; may be called twice
 *
 * @typedef {object} ServerOptions
 * @property {import('./install.mjs').EditorHost} host
 * @property {string} [extensionPath] the folder of an extension that is linked in, as if installed
 * @property {string[]} [moreExtensionPaths] further ones
 * @property {Record<string, unknown>} [settings] on top of the quiet ones
 * @property {string} [connectionToken] without one, whoever reaches the port reaches the editor
 * @property {boolean} [workspaceTrust] whether folders start untrusted, as a person would meet them
 * @property {string} [installVsix] the package of an extension to install first
 * @property {NodeJS.ProcessEnv} [env] on top of this process's environment
 */

const HOST = '127.0.0.1';
const LISTENING = /Extension host agent listening on (\d+)/;
/** An editor that asks no extension gallery on the network. */
const NO_GALLERY = JSON.stringify({ serviceUrl: '' });
const EXTENSIONS = 'extensions';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;

/**
 * Starts VS Code's server on a free loopback port, with a profile of its own that lasts until `stop()`.
 *
 * @param {ServerOptions} options
 * @returns {Promise<EditorServer>}
 * @throws with the server's output when it does not come up
 */
export async function startEditorServer(options) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lambda-invoke-async-editor-'));
  const removeData = () => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  try {
    await writeSettings(dataFolder, { ...QUIET_SETTINGS, ...options.settings });
    const { extensionPath, moreExtensionPaths = [] } = options;
    if (extensionPath) await linkExtension(dataFolder, extensionPath);
    for (const path of moreExtensionPaths) await linkExtension(dataFolder, path);
    if (options.installVsix) await installVsix(options, dataFolder, options.installVsix);
    const server = launch(options, dataFolder);
    const forget = onProcessEnd(() => {
      server.kill('SIGKILL');
      removeData();
    });
    const stop = async () => {
      forget();
      await server.end();
      removeData();
    };
    try {
      const port = await server.listening();
      return { port, dataFolder, stop, url: (folder) => pageUrl(options, port, folder) };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    removeData();
    throw error;
  }
}

/**
 * Some settings are read from the machine's, some only from the user's file.
 *
 * @param {string} dataFolder
 * @param {Record<string, unknown>} settings
 */
async function writeSettings(dataFolder, settings) {
  for (const scope of ['Machine', 'User']) {
    const folder = join(dataFolder, 'data', scope);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, '\t'));
  }
}

/**
 * @param {string} dataFolder
 * @param {string} extensionPath
 */
async function linkExtension(dataFolder, extensionPath) {
  const { publisher, name, version } = JSON.parse(
    await readFile(join(extensionPath, 'package.json'), 'utf8'),
  );
  const extensions = join(dataFolder, EXTENSIONS);
  await mkdir(extensions, { recursive: true });
  await symlink(extensionPath, join(extensions, `${publisher}.${name}-${version}`), 'junction');
}

/**
 * @param {ServerOptions} options
 * @param {string} dataFolder
 */
function commonArguments({ host }, dataFolder) {
  return [
    host.serverMain,
    '--accept-server-license-terms',
    ...['--server-data-dir', dataFolder],
    ...['--extensions-dir', join(dataFolder, EXTENSIONS)],
    ...['--telemetry-level', 'off'],
  ];
}

/**
 * @param {ServerOptions} options
 * @param {string} dataFolder
 * @param {string} vsix
 */
async function installVsix(options, dataFolder, vsix) {
  const args = [...commonArguments(options, dataFolder), '--install-extension', vsix];
  await promisify(execFile)(options.host.node, args, { env: environment(options.env) });
}

/**
 * @param {ServerOptions} options
 * @param {string} dataFolder
 */
function launch(options, dataFolder) {
  const { connectionToken, workspaceTrust, host } = options;
  const child = spawn(
    host.node,
    [
      ...commonArguments(options, dataFolder),
      ...['--host', HOST, '--port', '0'],
      ...(connectionToken
        ? ['--connection-token', connectionToken]
        : ['--without-connection-token']),
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ],
    // A process group of its own, so that extension hosts, and what they started, end with it.
    {
      // Tests look there for what was written.
      env: { ...environment(options.env), EDITOR_DATA_FOLDER: dataFolder },
      // Away from the checkout: an installed extension finds nothing there that its package lacks.
      cwd: dataFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    },
  );
  const exited = once(child, 'exit').then(
    ([code, signal]) => `it ended with ${code ?? signal}`,
    (error) => `${error}`,
  );

  /** @type {string[]} */
  const output = [];
  const listening = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        output.push(line);
        if (output.length > 100) output.shift();
        const port = LISTENING.exec(line)?.[1];
        if (port) resolve(Number(port));
      });
    }
  });

  const kill = (/** @type {NodeJS.Signals} */ signal) => {
    if (child.pid) killGroup(child.pid, signal);
  };
  return {
    kill,
    /** @returns {Promise<number>} the port */
    async listening() {
      const outcome = await Promise.race([
        listening,
        exited,
        after(START_TIMEOUT_MS, 'it is not listening after a minute'),
      ]);
      if (typeof outcome === 'number') return outcome;
      throw new Error(`VS Code's server did not start: ${outcome}.\n${output.join('\n')}`);
    },
    async end() {
      kill('SIGTERM');
      await Promise.race([exited, after(STOP_TIMEOUT_MS, '')]);
      kill('SIGKILL');
      await exited;
    },
  };
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function killGroup(pid, signal) {
  try {
    if (process.platform === 'win32') process.kill(pid, signal);
    else process.kill(-pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * @param {number} ms
 * @param {string} value
 * @returns {Promise<string>} whose timer keeps no process alive
 */
function after(ms, value) {
  return new Promise((resolve) => setTimeout(resolve, ms, value).unref());
}

/**
 * A terminal inside VS Code, or npm, would hand the server variables that are meant for other processes.
 *
 * @param {NodeJS.ProcessEnv} [extra]
 */
function environment(extra) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: NO_GALLERY, ...extra };
}

/**
 * @param {ServerOptions} options
 * @param {number} port
 * @param {string | undefined} folder
 */
function pageUrl({ connectionToken }, port, folder) {
  const url = new URL(`http://${HOST}:${port}/`);
  if (connectionToken) url.searchParams.set('tkn', connectionToken);
  if (folder === undefined) {
    url.searchParams.set('ew', 'true');
    return url.href;
  }
  // As a URI's path, also on Windows: /c:/orders.
  const path = decodeURIComponent(pathToFileURL(folder).pathname);
  url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', path);
  return url.href;
}
