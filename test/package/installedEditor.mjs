import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { launchBrowser } from '../../scripts/editorHost/browser.mjs';
import { installEditorHost } from '../../scripts/editorHost/install.mjs';
import { startEditorServer } from '../../scripts/editorHost/server.mjs';
import { loadEditor, newEditorPage } from '../../scripts/editorHost/workbench.mjs';
import { account } from '../../scripts/editorSuite.mjs';
import { root } from '../../scripts/setUp.mjs';

/** Publisher and name: the editor's folders, logs and errors have it. */
const id = 'lambda-invoke-async.lambda-invoke-async';

/**
 * Installs a VSIX into the real VS Code and opens that on a copy of examples/orders.
 *
 * @param {'oldest' | 'newest'} version of VS Code
 * @param {string} vsix
 * @param {(line: string) => void} log
 */
export async function openInstalled(version, vsix, log) {
  const host = await installEditorHost(version, { log });
  const workspace = await mkdtemp(join(tmpdir(), 'invoke-async-orders-'));
  await cp(join(root, 'examples/orders'), workspace, { recursive: true });
  const server = await startEditorServer({ host, installVsix: vsix, env: account });
  const browser = await launchBrowser({ log });
  // High enough to show all running extensions at once.
  const page = await newEditorPage(browser, { height: 1600 });
  /** What the window says against the extension. */
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes(id)) complaints.push(message.text());
  });
  await loadEditor(page, server.url(workspace));
  const close = async () => {
    await browser.close();
    await server.stop();
    await rm(workspace, { recursive: true });
  };
  return {
    dataFolder: server.dataFolder,
    workspace,
    page,
    complaints,
    close,
  };
}

/**
 * The folder that the package was installed into.
 *
 * @param {string} dataFolder
 */
export async function installedFolder(dataFolder) {
  const extensions = join(dataFolder, 'extensions');
  const name = (await readdir(extensions)).find((entry) => entry.startsWith(id));
  return join(extensions, name ?? id);
}

/**
 * What the package keeps for all windows.
 *
 * @param {string} dataFolder
 * @returns the paths of files, relative to its own folder
 */
export async function keptFiles(dataFolder) {
  const folder = join(dataFolder, 'data', 'User', 'globalStorage', id);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/**
 * What the editor has logged of the extension, or the extension itself.
 *
 * @param {string} dataFolder
 * @returns entries of several lines, each with its time and level
 */
export async function logEntries(dataFolder) {
  const logs = join(dataFolder, 'data', 'logs');
  const paths = (await readdir(logs, { recursive: true })).filter((path) => path.endsWith('.log'));
  const entries = await Promise.all(
    paths.map(async (path) =>
      (await readFile(join(logs, path), 'utf8'))
        .split(/^(?=\d{4}-\d{2}-\d{2} [\d:.]+ \[)/m)
        .filter((entry) => path.includes(id) || entry.includes(id)),
    ),
  );
  return entries.flat();
}
