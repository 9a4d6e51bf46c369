import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { waitForOutput } from './output.mjs';
import * as workbench from './workbench.mjs';

const FAILURE = join(import.meta.dirname, '..', '..', 'out', 'screenshots', 'failed-action.png');

/**
 * Lets tests inside the extension host do and see what a person would: each POST of `{ action, args }` runs one action
 * on the page and answers with `{ value }` or `{ error }`.
 *
 * @param {import('playwright-core').Page} page the window
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function serveScreen(page) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { action, args } = JSON.parse(body);
    const answer = await actions[action](page, ...args).then(
      (/** @type {unknown} */ value) => ({ value }),
      async (/** @type {Error} */ error) => {
        await workbench.screenshot(page, FAILURE);
        return { error: `${error.message}\nThe screen is saved in ${FAILURE}.` };
      },
    );
    response.end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

/** @typedef {import('playwright-core').Page} Page */

/** @type {Record<string, (page: Page, ...args: any[]) => Promise<unknown>>} */
const actions = {
  openView: workbench.openView,
  async contextMenu(page, row) {
    await workbench.contextMenu(page, workbench.treeItem(page, row).first());
    return workbench.menuLabels(page);
  },
  chooseMenuItem: workbench.chooseMenuItem,
  async waitForRows(page, rows) {
    const labels = page.locator('.part.sidebar .monaco-list-row .label-name');
    const same = page.waitForFunction((expected) => {
      const shown = [...document.querySelectorAll('.part.sidebar .monaco-list-row .label-name')];
      return JSON.stringify(shown.map(({ textContent }) => textContent)) === expected;
    }, JSON.stringify(rows));
    await same.catch(async () => {
      throw new Error(`the rows are ${JSON.stringify(await labels.allTextContents())}`);
    });
  },
  async type(page, text) {
    await workbench.quickInput(page).widget.waitFor();
    await workbench.quickInput(page).type(text);
    return workbench.quickInput(page).items();
  },
  async waitForPick(page, pattern) {
    const rows = workbench.quickInput(page).widget.locator('.monaco-list-row');
    await rows
      .filter({ hasText: new RegExp(pattern) })
      .first()
      .waitFor();
  },
  press: (page, key) => page.keyboard.press(key),
  async pressDialogButton(page, message, button) {
    const dialog = page.locator('.monaco-dialog-box').filter({ hasText: new RegExp(message) });
    await dialog.getByRole('button', { name: button, exact: true }).click();
  },
  pressNotificationButton: (page, message, button) =>
    workbench.pressNotificationButton(page, new RegExp(message), button),
  waitForOutput: (page, pattern) => waitForOutput(page, new RegExp(pattern)),
};
