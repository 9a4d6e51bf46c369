import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HANG_MS, until } from './until.mjs';

/**
 * What a person does in VS Code's window, as functions over the page that shows it. Each waits for what it needs to
 * be on the screen, and fails by Playwright's time-out when it never is.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Locator} Locator
 */

/** VS Code's own marks: editors are restored, the manifests of all extensions are read. */
const READY_MARKS = ['code/didStartWorkbench', 'code/didLoadExtensions'];
/** Far above what opens a list takes, and short enough to try again within {@link HANG_MS}. */
const ATTEMPT_MS = 5_000;
/** The input of the box that opens for the palette, quick picks and input boxes. */
export const QUICK_INPUT = '.quick-input-widget .quick-input-filter input';

/**
 * Opens an editor in a window of its own.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {{ width?: number, height?: number }} [size] in CSS pixels
 * @returns {Promise<Page>} once the workbench is restored
 */
export async function openEditor(browser, url, size) {
  const page = await newEditorPage(browser, size);
  await loadEditor(page, url);
  return page;
}

/**
 * Opens an editor in an empty window.
 *
 * @param {Page} page
 * @param {string} url
 * @returns {Promise<void>} once the workbench is restored
 */
export async function loadEditor(page, url) {
  await page.goto(url);
  await page.waitForFunction(
    (marks) => marks.every((mark) => performance.getEntriesByName(mark).length > 0),
    READY_MARKS,
  );
  // Themes come from extensions: until they are read the window shows a stand-in.
  await page.locator('.monaco-workbench[class*="-themes-"]').waitFor();
}

/**
 * An empty window of its own, as every editor is shown in.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ width?: number, height?: number, language?: string }} [look] in CSS pixels; the language of extensions:
 *   without a pack for it the editor itself stays English
 * @returns {Promise<Page>}
 */
export async function newEditorPage(browser, { width = 1280, height = 800, language } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'en-US',
    colorScheme: 'light',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(HANG_MS);
  if (language) {
    await page.addInitScript((tag) => {
      Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: tag });
    }, language);
  }
  return page;
}

/**
 * Runs a command from the palette. It may be one that an extension contributes a moment later.
 *
 * @param {Page} page
 * @param {string} title with its category, such as `Lambda: Show Output`
 */
export async function runCommand(page, title) {
  const input = quickInput(page);
  await listed(page, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await input.typeAtOnce(`>${title}`);
    return input.row(title);
  });
  await input.choose(title);
  // The command's own pick, if it opens one, is the same box.
  await page.waitForFunction(
    ([selector, palette]) => {
      const input = /** @type {HTMLInputElement | null} */ (document.querySelector(selector));
      return !input?.checkVisibility() || input.value !== palette;
    },
    /** @type {const} */ ([QUICK_INPUT, `>${title}`]),
  );
}

/**
 * What the palette offers of a category.
 *
 * @param {Page} page
 * @param {string} category such as `Lambda`
 * @returns {Promise<string[]>} titles without the category, sorted
 * @throws when they are more than the palette shows twice
 */
export async function offeredCommands(page, category) {
  const input = quickInput(page);
  await page.keyboard.press('F1');
  await input.type(`>${category}: `);
  const rows = input.widget.locator('.monaco-list-row');
  await rows
    .filter({ hasText: `${category}: ` })
    .first()
    .waitFor();
  const count = Number(await rows.first().getAttribute('aria-setsize'));
  const labels = new Set(await input.items());
  if (labels.size < count) {
    // Up from the first row leads to the last.
    await page.keyboard.press('ArrowUp');
    await input.widget.locator(`.monaco-list-row[data-index="${count - 1}"]`).waitFor();
    for (const label of await input.items()) labels.add(label);
  }
  await page.keyboard.press('Escape');
  if (labels.size < count) throw new Error(`only ${labels.size} of ${count} rows are visible`);
  return [...labels]
    .filter((label) => label.startsWith(`${category}: `))
    .map((label) => label.slice(category.length + 2))
    .toSorted();
}

/**
 * Opens a file by its name, or the end of its path.
 *
 * @param {Page} page
 * @param {string} name
 */
export async function openFile(page, name) {
  const input = quickInput(page);
  const baseName = name.split('/').at(-1) ?? name;
  await listed(page, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+P');
    await input.typeAtOnce(name);
    return input.row(baseName);
  });
  await input.choose(baseName);
  await page.locator('.tabs-container .tab.active').filter({ hasText: baseName }).waitFor();
  await page.locator('.editor-instance .monaco-editor .view-line').first().waitFor();
}

/**
 * Shows a view container of the activity bar.
 *
 * @param {Page} page
 * @param {string} label such as `Explorer`
 */
export async function openView(page, label) {
  const item = page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${label}"])`);
  await item.waitFor();
  if (!(await item.evaluate((element) => element.classList.contains('checked'))))
    await item.click();
  await page
    .locator('.part.sidebar .composite.title')
    .filter({ hasText: new RegExp(escape(label), 'i') })
    .waitFor();
}

/**
 * A row of a tree in the side bar.
 *
 * @param {Page} page
 * @param {string} label exactly, without the description
 * @returns {Locator}
 */
export function treeItem(page, label) {
  const text = page.locator('.label-name').getByText(label, { exact: true });
  return page.locator('.part.sidebar .monaco-list-row[role="treeitem"]').filter({ has: text });
}

/**
 * What the menu of a window was opened on: a view that is drawn anew closes it.
 *
 * @type {WeakMap<Page, Locator>}
 */
const menuTargets = new WeakMap();

/**
 * Opens the context menu of something on the screen, in place of a menu that is open.
 *
 * @param {Page} page
 * @param {Locator} target
 */
export async function contextMenu(page, target) {
  menuTargets.set(page, target);
  const first = menuItems(page).first();
  await target.waitFor();
  await until(
    async () => {
      if (await first.isVisible()) await page.keyboard.press('Escape');
      await target.click({ button: 'right', timeout: ATTEMPT_MS }).catch(() => {});
      return isShown(first);
    },
    (isOpen) => isOpen,
  );
}

/**
 * The labels of the open menu, in order.
 *
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function menuLabels(page) {
  return menuItems(page).locator('.action-label').allInnerTexts();
}

/**
 * Chooses from the open menu. A menu that has just opened ignores clicks for a moment: it is clicked until a click has
 * closed it.
 *
 * @param {Page} page
 * @param {string} label
 */
export async function chooseMenuItem(page, label) {
  const item = menuItems(page).filter({
    has: page.locator('.action-label').getByText(label, { exact: true }),
  });
  await until(
    async () => {
      const target = menuTargets.get(page);
      if (target && !(await isShown(item))) await contextMenu(page, target);
      const isClicked = await item.click({ timeout: ATTEMPT_MS }).then(
        () => true,
        () => false,
      );
      await item.waitFor({ state: 'hidden', timeout: 1_000 }).catch(() => {});
      return isClicked && !(await item.isVisible());
    },
    (isChosen) => isChosen,
  );
}

/**
 * Whether something comes to be on the screen as soon as what opens at once does.
 *
 * @param {Locator} part
 * @returns {Promise<boolean>}
 */
export async function isShown(part) {
  return part.waitFor({ timeout: ATTEMPT_MS }).then(
    () => true,
    () => false,
  );
}

/** @param {Page} page */
function menuItems(page) {
  return page.locator('.monaco-menu .action-item:not(.disabled) .action-menu-item');
}

/**
 * The box that opens for the palette, quick picks and input boxes.
 *
 * @param {Page} page
 */
export function quickInput(page) {
  const widget = page.locator('.quick-input-widget');
  const input = page.locator(QUICK_INPUT);
  const row = (/** @type {string} */ label) =>
    widget
      .locator('.monaco-list-row')
      .filter({ has: page.locator('.label-name').getByText(label, { exact: true }) })
      .first();
  return {
    /** The box itself, to wait for or to look into. */
    widget,
    /** Replaces the text, in one edit. */
    type: (/** @type {string} */ text) => input.fill(text),
    /** The same, right after a key has opened the box. */
    typeAtOnce: (/** @type {string} */ text) => input.fill(text, { timeout: ATTEMPT_MS }),
    /** The labels of the rows on the screen, once the box is. */
    async items() {
      await widget.waitFor();
      const labels = await widget
        .locator('.monaco-list-row .quick-input-list-row:first-child .label-name')
        .allInnerTexts();
      return labels.map((label) => label.trim());
    },
    /** The first row of that exact label. */
    row,
    /** Picks it. */
    choose: (/** @type {string} */ label) => row(label).click(),
    accept: () => input.press('Enter'),
  };
}

/**
 * Presses a button of the notification that matches: of its toast, or in the list where the editor shows no toast.
 *
 * @param {Page} page
 * @param {RegExp} message
 * @param {string} button
 */
export async function pressNotificationButton(page, message, button) {
  const shown = page.locator('.notification-list-item').filter({ hasText: message });
  const target = shown.getByRole('button', { name: button, exact: true });
  const center = page.locator('.notifications-center.visible');
  const toastsEnd = Date.now() + 5_000;
  await until(
    async () => {
      // A toast goes by itself, or gives way to another; the notification center keeps what it said.
      if (Date.now() > toastsEnd && !(await center.isVisible()))
        // Also from below a modal editor, such as that of Workspace Trust, where a click of the mouse would not arrive.
        await page.locator('.statusbar-item[id="status.notifications"] a').dispatchEvent('click');
      return pressIfShown(target);
    },
    (pressed) => pressed,
  );
}

/**
 * Presses the first of some buttons in one step with the look: one that has gone is not waited for, none is pressed twice.
 *
 * @param {Locator} buttons
 * @returns {Promise<boolean>} whether there was one
 */
export async function pressIfShown(buttons) {
  return buttons.evaluateAll(([found]) => {
    /** @type {HTMLElement} */ (found)?.click();
    return found !== undefined;
  });
}

/**
 * How long the activation of an extension took, as the editor itself reports it: loading its code and calling it.
 *
 * @param {Page} page
 * @param {string} name of the extension
 * @returns {Promise<number>} milliseconds
 */
export async function activationTime(page, name) {
  await runCommand(page, 'Developer: Show Running Extensions');
  const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: name });
  const time = row.locator('.activation-time').filter({ hasText: /\d+ms/ });
  return Number.parseInt((await time.innerText()).replace(/\D/g, ''), 10);
}

/**
 * Saves what the page shows.
 *
 * @param {Page} page
 * @param {string} path of a PNG file, whose folder is made
 * @param {number} [width] of the part on the left that is saved; without it the whole page is
 */
export async function screenshot(page, path, width) {
  await mkdir(dirname(path), { recursive: true });
  // The pointer would leave a hover behind, a caret blinks.
  await page.mouse.move(0, 0);
  await page.locator('.workbench-hover').first().waitFor({ state: 'hidden' });
  const height = page.viewportSize()?.height ?? 0;
  const part = width === undefined ? {} : { clip: { x: 0, y: 0, width, height } };
  await page.screenshot({ path, animations: 'disabled', caret: 'hide', ...part });
}

/**
 * Makes a list anew until it has the row: it may have been made before the extension, or the file index, was ready, and
 * its box closes when another part of the window takes the focus.
 *
 * @param {Page} page
 * @param {() => Promise<Locator>} list
 */
async function listed(page, list) {
  const attempts = 10;
  for (let count = 1; ; count++) {
    try {
      const row = await list();
      return await row.waitFor({ timeout: ATTEMPT_MS });
    } catch (error) {
      if (count === attempts || page.isClosed()) throw error;
    }
  }
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
