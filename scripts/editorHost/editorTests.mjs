import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { installEditorHost } from './install.mjs';
import { serveScreen } from './screen.mjs';
import { startEditorServer } from './server.mjs';
import { receiveTestLines } from './testLines.mjs';
import { newEditorPage, runCommand, screenshot } from './workbench.mjs';

const SCREENSHOTS = join(import.meta.dirname, '..', '..', 'out', 'screenshots');
const TEST_RUNNER = join(import.meta.dirname, 'testRunner');

/**
 * Runs test modules in the real extension host of that VS Code. A module exports `run()`, logs a line for each
 * test, and at last `EDITOR TESTS DONE` with the results as JSON. Before each further one the window is reloaded.
 *
 * @param {object} options
 * @param {'newest' | 'oldest'} options.version
 * @param {string} options.extensionPath
 * @param {string} [options.workspace] a folder or a `.code-workspace` file; without one the window is empty
 * @param {readonly string[]} options.testsModules
 * @param {Record<string, unknown>} [options.settings]
 * @param {NodeJS.ProcessEnv} [options.env] what the extension host sees on top of this process's environment
 * @param {boolean} [options.workspaceTrust] whether the workspace starts untrusted
 * @param {string} [options.language] of the extensions; English without it
 * @param {number} [options.silenceLimitMs]
 * @param {import('./cache.mjs').Log} options.log gets the lines of the extension host, too
 * @returns {Promise<import('./testLines.mjs').WindowResults>}
 * @throws with the place of a screenshot when the tests fall silent, the page crashes, or the run ends early
 */
export async function runEditorTests({
  version,
  extensionPath,
  workspace,
  testsModules,
  settings,
  env,
  workspaceTrust,
  language,
  silenceLimitMs = 300_000,
  log,
}) {
  const host = await installEditorHost(version, { log });
  const browser = await launchBrowser({ log });
  /** @type {(() => void | Promise<void>)[]} */
  const cleanUp = [() => browser.close()];
  try {
    const page = await newEditorPage(browser, { language });
    const screen = await serveScreen(page);
    cleanUp.push(screen.stop);
    const tests = await receiveTestLines(silenceLimitMs, log);
    cleanUp.push(tests.stop);
    const server = await startEditorServer({
      host,
      extensionPath,
      moreExtensionPaths: [TEST_RUNNER],
      settings,
      workspaceTrust,
      env: {
        ...env,
        LAMBDA_INVOKE_ASYNC_SCREEN: screen.url,
        EDITOR_TESTS_LINES: tests.url,
      },
    });
    cleanUp.push(server.stop);

    const crash = new Promise((_, reject) => {
      page.on('crash', () => reject(new Error('the page crashed')));
    });
    try {
      /** @type {import('./testLines.mjs').WindowResults} */
      const total = { passed: [], failures: [] };
      for (const [index, testsModule] of testsModules.entries()) {
        const outcome = tests.run(testsModule);
        if (index === 0) await page.goto(server.url(workspace));
        else await runCommand(page, 'Developer: Reload Window');
        const { passed, failures } = await Promise.race([outcome, crash]);
        total.passed.push(...passed);
        total.failures.push(...failures);
        // The next would meet what the user never does.
        if (failures.length > 0) break;
      }
      return total;
    } catch (error) {
      throw await withScreenshot(error, page, version);
    }
  } finally {
    for (const action of cleanUp) await action();
  }
}

/**
 * @param {unknown} error
 * @param {import('playwright-core').Page} page
 * @param {string} version
 */
async function withScreenshot(error, page, version) {
  const path = join(SCREENSHOTS, `editor-tests-${version}.png`);
  const shown = await screenshot(page, path).then(
    () => `The screen is saved in ${path}`,
    () => 'The page shows nothing any more',
  );
  const reason = error instanceof Error ? error.message : error;
  return new Error(`Editor tests on VS Code (${version}): ${reason}. ${shown}.`, { cause: error });
}
