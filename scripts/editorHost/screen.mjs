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
        const shown = await workbench.screenshot(page, FAILURE).then(
          () => `The screen is saved in ${FAILURE}.`,
          () => 'The window is closed.',
        );
        return { error: `${error.message}\n${shown}` };
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
  async contextMenu(page, row, view) {
    const rows = pane(page, view).locator('.monaco-list-row');
    await workbench.contextMenu(page, workbench.treeItem(page, row).and(rows).first());
    return workbench.menuLabels(page);
  },
  chooseMenuItem: workbench.chooseMenuItem,
  async clickRow(page, row, view) {
    const rows = pane(page, view).locator('.monaco-list-row');
    await workbench.treeItem(page, row).and(rows).first().click();
  },
  async pressViewButton(page, label, view) {
    await pane(page, view).getByRole('button', { name: label, exact: true }).click();
  },
  async dragRow(page, row, onto, view) {
    const rows = pane(page, view).locator('.monaco-list-row');
    const source = workbench.treeItem(page, row).and(rows).first();
    const target = workbench.treeItem(page, onto).and(rows).first();
    const dropTarget = rows.and(page.locator('.drop-target'));
    for (let attempt = 1; ; attempt++) {
      await source.hover();
      await page.mouse.down();
      await target.hover();
      const box = await target.boundingBox();
      // A drop before the tree has taken the drag up would be lost; each move of the mouse asks it once more.
      for (let step = 1; box && step < 60 && (await dropTarget.count()) === 0; step++) {
        await page.mouse.move(box.x + 20 + (step % 5), box.y + box.height / 2);
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      }
      if ((await dropTarget.count()) > 0) break;
      await page.mouse.up();
      // A row that was drawn anew under the pressed button is not dragged.
      if (attempt === 3) throw new Error(`nothing can be dropped on ${onto}`);
    }
    await page.mouse.up();
  },
  /** The commands above the first line, once they match. */
  async waitForCodeLens(page, pattern) {
    const lens = page.locator('.codelens-decoration').filter({ hasText: new RegExp(pattern) });
    return lens.first().innerText();
  },
  async waitForInput(page, title) {
    const shown = page.locator('.quick-input-widget .quick-input-title');
    await shown.filter({ hasText: new RegExp(title) }).waitFor();
  },
  /** Types into the input box and waits until it says something that matches, or nothing against it. */
  async waitForInputMessage(page, text, pattern) {
    const input = workbench.quickInput(page);
    await input.widget.waitFor();
    await input.type(text);
    await input.waitForMessage(new RegExp(pattern));
  },
  async waitForRows(page, rows, view) {
    const labels = pane(page, view).locator('.monaco-list-row .label-name');
    const expected = JSON.stringify(rows);
    const deadline = Date.now() + 30_000;
    let shown = '';
    while (shown !== expected && Date.now() < deadline) {
      shown = JSON.stringify(await labels.allTextContents());
      // The next look is at the next frame that the window paints.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    if (shown !== expected) throw new Error(`the rows are ${shown}`);
  },
  /** Waits until a row of a view says so to a screen reader. */
  async waitForRow(page, pattern, view) {
    const rows = pane(page, view).locator('.monaco-list-row');
    const wanted = new RegExp(pattern);
    const deadline = Date.now() + 30_000;
    for (;;) {
      const labels = await rows.evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel ?? ''));
      if (labels.some((label) => wanted.test(label))) return;
      if (Date.now() > deadline) throw new Error(`the rows are ${JSON.stringify(labels)}`);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
  },
  /** Waits until an item of the status bar matches, and resolves to its text. */
  async waitForStatusBar(page, pattern) {
    const items = page.locator('.part.statusbar .statusbar-item');
    const item = items.filter({ hasText: new RegExp(pattern) }).first();
    await item.waitFor();
    return item.innerText();
  },
  async dialogText(page, pattern) {
    const dialog = page.locator('.monaco-dialog-box').filter({ hasText: new RegExp(pattern) });
    return dialog.innerText();
  },
  async type(page, text) {
    await workbench.quickInput(page).widget.waitFor();
    await workbench.quickInput(page).type(text);
    return workbench.quickInput(page).items();
  },
  runCommand: workbench.runCommand,
  /** Waits until a step of the open walkthrough is ticked. */
  /** Whether the walkthrough on the screen has that step. */
  showsStep: (page, step) =>
    page
      .locator(`[data-step-id$="#${step}"]`)
      .first()
      .waitFor({ timeout: 3_000 })
      .then(
        () => true,
        () => false,
      ),
  waitForStep: (page, step) =>
    page.locator(`[data-done-step-id$="#${step}"][aria-checked="true"]`).waitFor(),
  /** Waits until the palette offers exactly these commands of the category, sorted. */
  async waitForCommands(page, category, titles) {
    const expected = JSON.stringify(titles);
    const deadline = Date.now() + 30_000;
    let shown = '';
    while (shown !== expected && Date.now() < deadline) {
      shown = JSON.stringify(await workbench.offeredCommands(page, category));
    }
    if (shown !== expected) throw new Error(`the commands are ${shown}`);
  },
  async waitForPick(page, pattern) {
    const rows = workbench.quickInput(page).widget.locator('.monaco-list-row');
    await rows
      .filter({ hasText: new RegExp(pattern) })
      .first()
      .waitFor();
  },
  /** Waits until the row that Enter would choose matches. */
  async waitForActivePick(page, pattern) {
    const active = workbench.quickInput(page).widget.locator('.monaco-list-row.focused');
    await active.filter({ hasText: new RegExp(pattern) }).waitFor();
  },
  press: (page, key) => page.keyboard.press(key),
  async pressDialogButton(page, message, button) {
    const dialog = page.locator('.monaco-dialog-box').filter({ hasText: new RegExp(message) });
    await dialog.getByRole('button', { name: button, exact: true }).click();
  },
  /** The texts of all notifications. */
  async notifications(page) {
    const list = page.locator('.notifications-center.visible');
    // What was told before this is in the list once the editor has run a command.
    await workbench.runCommand(page, 'Notifications: Show Notifications');
    await list.waitFor();
    const texts = await list.locator('.notification-list-item-message').allInnerTexts();
    await page.keyboard.press('Escape');
    return texts;
  },
  /** The text of a notification, and where its links lead. */
  async notification(page, message) {
    const list = page.locator('.notifications-center.visible');
    await workbench.runCommand(page, 'Notifications: Show Notifications');
    const shown = list
      .locator('.notification-list-item-message')
      .filter({ hasText: new RegExp(message) });
    const found = await textAndLinks(shown.first(), 'href');
    await page.keyboard.press('Escape');
    return found;
  },
  /** The text of the hover in the editor, and where its links lead. */
  hover: (page, pattern) =>
    textAndLinks(
      page
        .locator('.monaco-hover-content:visible')
        .filter({ hasText: new RegExp(pattern) })
        .first(),
      'data-href',
    ),
  pressNotificationButton: (page, message, button) =>
    workbench.pressNotificationButton(page, new RegExp(message), button),
  async answerPreview(page, row, button) {
    const preview = page.locator('.bulk-edit-panel');
    await preview
      .locator('.monaco-list-row')
      .filter({ hasText: new RegExp(row) })
      .first()
      .waitFor();
    await preview.getByRole('button', { name: button, exact: true }).click();
  },
  async waitForPanelRow(page, pattern) {
    const rows = page.locator('.part.panel .monaco-list-row');
    await rows
      .filter({ hasText: new RegExp(pattern) })
      .first()
      .waitFor();
  },
  waitForOutput: (page, pattern) => waitForOutput(page, new RegExp(pattern)),
};

/**
 * @param {import('playwright-core').Locator} shown
 * @param {string} attribute of a link that says where it leads
 */
async function textAndLinks(shown, attribute) {
  const text = await shown.innerText();
  const links = await shown
    .locator('a')
    .evaluateAll((found, name) => found.map((link) => link.getAttribute(name) ?? ''), attribute);
  return { text, links };
}

/**
 * A view of the side bar.
 *
 * @param {Page} page
 * @param {string} name
 */
function pane(page, name) {
  return page
    .locator('.part.sidebar .pane')
    .filter({ has: page.locator(`.pane-header[aria-label^="${name}"]`) });
}
