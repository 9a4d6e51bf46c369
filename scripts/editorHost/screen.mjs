import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { waitForOutput } from './output.mjs';
import { until } from './until.mjs';
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
    const { action, args } = JSON.parse(body, revived);
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

/**
 * Patterns arrive as their source and flags.
 *
 * @param {string} _
 * @param {any} value
 */
function revived(_, value) {
  return typeof value?.source === 'string' ? new RegExp(value.source, value.flags) : value;
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
  /** Chooses what opens a box: once more when a view that is drawn anew has taken the focus, which closes the box. */
  async chooseMenuItemForInput(page, label, title) {
    const box = page.locator('.quick-input-title').filter({ hasText: title });
    await until(
      async () => {
        await workbench.chooseMenuItem(page, label);
        return workbench.isShown(box);
      },
      (isOpen) => isOpen,
    );
  },
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
    const lens = page.locator('.codelens-decoration').filter({ hasText: pattern });
    return lens.first().innerText();
  },
  waitForInput: (page, title) => waitForText(page.locator('.quick-input-title'), title),
  waitForInputValue: (page, pattern) =>
    until(
      () => page.locator(workbench.QUICK_INPUT).inputValue(),
      (value) => pattern.test(value),
    ),
  /** Types into the input box and waits until it says something that matches, or nothing against it. */
  async waitForInputMessage(page, text, pattern) {
    await workbench.quickInput(page).type(text);
    await waitForText(page.locator('.quick-input-message'), pattern);
  },
  /** Waits until a view has exactly these rows. */
  waitForRows(page, rows, view) {
    const labels = pane(page, view).locator('.monaco-list-row .label-name');
    return until(() => labels.allTextContents(), isEqualTo(rows));
  },
  /** Waits until a row of a view says so to a screen reader. */
  waitForRow(page, pattern, view) {
    const rows = pane(page, view).locator('.monaco-list-row');
    return until(
      () => rows.evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel ?? '')),
      hasMatch(pattern),
    );
  },
  /** Waits until exactly these rows of a view are selected, in their order. */
  waitForSelectedRows(page, rows, view) {
    const selected = pane(page, view).locator('.monaco-list-row[aria-selected="true"] .label-name');
    return until(() => selected.allTextContents(), isEqualTo(rows));
  },
  /** Waits until an item of the status bar matches, and resolves to its text. */
  async waitForStatusBar(page, pattern) {
    const items = page.locator('.part.statusbar .statusbar-item');
    const item = items.filter({ hasText: pattern }).first();
    await item.waitFor();
    return item.innerText();
  },
  async dialogText(page, pattern) {
    const dialog = page.locator('.monaco-dialog-box').filter({ hasText: pattern });
    return dialog.innerText();
  },
  type: (page, text) => workbench.quickInput(page).type(text),
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
  /** Opens a step of the walkthrough on the screen, and presses a button of it. */
  async pressStepButton(page, step, button) {
    const shown = page.locator(`.getting-started-step[data-step-id$="#${step}"]`);
    const target = shown.getByRole('button', { name: button, exact: true });
    // The page is drawn anew while the editor reads of other steps that are done.
    await until(
      async () => {
        const isOpen = await shown.evaluateAll(([found]) => {
          const isExpanded = found?.classList.contains('expanded') ?? false;
          if (!isExpanded) /** @type {HTMLElement} */ (found)?.click();
          return isExpanded;
        });
        return isOpen && workbench.pressIfShown(target);
      },
      (pressed) => pressed,
    );
  },
  /** Waits until a step of the open walkthrough is ticked. */
  waitForStep: (page, step) =>
    page.locator(`[data-done-step-id$="#${step}"][aria-checked="true"]`).waitFor(),
  /** Waits until the palette offers exactly these commands of the category, sorted. */
  waitForCommands: (page, category, titles) =>
    until(() => workbench.offeredCommands(page, category), isEqualTo(titles)),
  /** Waits until the quick pick has exactly these rows, by their labels. */
  waitForPicks: (page, labels) =>
    until(() => workbench.quickInput(page).items(), isEqualTo(labels)),
  /** Waits until a row of the quick pick matches. */
  waitForPick: (page, pattern) => waitForText(pickRows(page), pattern),
  /** Waits until the row that Enter would choose matches. */
  waitForActivePick: (page, pattern) =>
    waitForText(pickRows(page).and(page.locator('.focused')), pattern),
  press: (page, key) => page.keyboard.press(key),
  async pressDialogButton(page, message, button) {
    const dialog = page.locator('.monaco-dialog-box').filter({ hasText: message });
    await dialog.getByRole('button', { name: button, exact: true }).click();
  },
  /** Waits until there are exactly these notifications, newest first. */
  async waitForNotifications(page, patterns) {
    const list = page.locator('.notifications-center.visible');
    // What was told before this is in the list once the editor has run a command.
    await workbench.runCommand(page, 'Notifications: Show Notifications');
    await list.waitFor();
    const messages = list.locator('.notification-list-item-message');
    await until(
      () => messages.allInnerTexts(),
      (texts) =>
        texts.length === patterns.length && texts.every((text, at) => patterns[at].test(text)),
    );
    await page.keyboard.press('Escape');
  },
  /** The text of a notification, and where its links lead. */
  async notification(page, message) {
    const list = page.locator('.notifications-center.visible');
    await workbench.runCommand(page, 'Notifications: Show Notifications');
    const shown = list.locator('.notification-list-item-message').filter({ hasText: message });
    const found = await textAndLinks(shown.first(), 'href');
    await page.keyboard.press('Escape');
    return found;
  },
  /** The text of the hover in the editor, and where its links lead. */
  hover: (page, pattern) =>
    textAndLinks(
      page.locator('.monaco-hover-content:visible').filter({ hasText: pattern }).first(),
      'data-href',
    ),
  pressNotificationButton: workbench.pressNotificationButton,
  async answerPreview(page, row, button) {
    const preview = page.locator('.bulk-edit-panel');
    await waitForText(preview.locator('.monaco-list-row'), row);
    await preview.getByRole('button', { name: button, exact: true }).click();
  },
  waitForPanelRow: (page, pattern) =>
    waitForText(page.locator('.part.panel .monaco-list-row'), pattern),
  waitForOutput,
};

/**
 * Waits until what is drawn of one of these matches, spaces and ends of lines taken for one space. Lists use their rows
 * again: the text of a hidden part may be that of another row.
 *
 * @param {import('playwright-core').Locator} parts
 * @param {RegExp} pattern
 */
async function waitForText(parts, pattern) {
  const drawn = () =>
    parts.evaluateAll((all) =>
      all
        .filter((part) => part.checkVisibility())
        .map((part) => /** @type {HTMLElement} */ (part).innerText.replace(/\s+/g, ' ').trim()),
    );
  await until(drawn, hasMatch(pattern));
}

/** @param {RegExp} pattern */
function hasMatch(pattern) {
  return (/** @type {string[]} */ texts) => texts.some((text) => pattern.test(text));
}

/** @param {readonly string[]} expected */
function isEqualTo(expected) {
  return (/** @type {string[]} */ texts) => JSON.stringify(texts) === JSON.stringify(expected);
}

/** @param {Page} page */
function pickRows(page) {
  return page.locator('.quick-input-widget .monaco-list-row');
}

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
