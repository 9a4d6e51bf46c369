import { until } from './until.mjs';

/**
 * What a person does and sees in the text of the active editor.
 *
 * @typedef {import('playwright-core').Page} Page
 */

/**
 * Points at the first place that is underlined as an error.
 *
 * @param {Page} page
 * @returns {Promise<string>} what the hover says there
 */
export async function errorHover(page) {
  const mark = page.locator('.editor-instance .squiggly-error').first();
  const hover = page.locator('.monaco-hover-content:visible').first();
  return until(
    async () => {
      // The editor drops a hover when its text is drawn anew meanwhile: the pointer comes again.
      await page.mouse.move(0, 0);
      // The text lies above its underline.
      await mark.hover({ force: true });
      return hover.innerText({ timeout: 5_000 }).catch(() => '');
    },
    (text) => text !== '',
  );
}

/**
 * Puts the cursor into a word and chooses from the menu of the light bulb that appears.
 *
 * @param {Page} page
 * @param {string} line text of the line
 * @param {string} word in it, a token of its own
 * @param {string | RegExp} title of the quick fix
 */
export async function applyQuickFix(page, line, word, title) {
  await page.locator('.view-line').filter({ hasText: line }).getByText(word).last().click();
  await page.locator('.lightBulbWidget').click();
  const menu = page.locator('.action-widget > .actionList');
  const item = menu.locator('.monaco-list-row.action').filter({ hasText: title });
  // The open menu takes no click before the pointer has moved.
  await item.hover({ force: true });
  await item.click();
  await menu.waitFor({ state: 'hidden' });
}

/**
 * Saves the active editor, once it has something to save.
 *
 * @param {Page} page
 */
export async function saveChange(page) {
  const tab = page.locator('.tabs-container .tab.active');
  await tab.and(page.locator('.dirty')).waitFor();
  await page.keyboard.press('ControlOrMeta+S');
  await tab.and(page.locator(':not(.dirty)')).waitFor();
}

/**
 * The whole text of an editor. Only the lines on the screen are in the page, so it is selected and copied, and what the
 * editor puts on the clipboard is read on its way.
 *
 * @param {Page} page
 * @param {() => Promise<void>} focus gives the editor the focus: another part of the window may have taken it before
 *   the keys arrive, and then nothing is copied
 * @returns {Promise<string>}
 * @throws when the editor cannot be copied from
 */
export async function copyAll(page, focus) {
  for (let attempt = 1; attempt <= 10; attempt++) {
    await focus();
    const copied = nextCopy(page);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('ControlOrMeta+C');
    const text = await copied;
    if (text !== undefined) return text.replaceAll('\r\n', '\n').replaceAll('\u00a0', ' ');
  }
  throw new Error('Nothing was copied from the editor.');
}

/**
 * What is copied next; `undefined` when nothing is within a second.
 *
 * @param {Page} page
 * @returns {Promise<string | undefined>}
 */
function nextCopy(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const read = (/** @type {ClipboardEvent} */ event) =>
          resolve(event.clipboardData?.getData('text/plain') ?? '');
        // After the editor's own listener, which fills the event.
        window.addEventListener('copy', read, { once: true });
        setTimeout(() => {
          window.removeEventListener('copy', read);
          resolve(undefined);
        }, 1_000);
      }),
  );
}
