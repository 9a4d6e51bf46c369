import { copyAll } from './textEditor.mjs';
import { runCommand } from './workbench.mjs';

/** @typedef {import('playwright-core').Page} Page */

const EDITOR = '.part.panel .output-view .monaco-editor';

/**
 * The whole text of the channel that the Output panel shows.
 *
 * @param {Page} page
 * @returns {Promise<string>}
 */
export async function outputText(page) {
  const text = await copyAll(page, () => focusOutput(page));
  // The panel follows new lines only while the cursor is on the last one.
  await page.keyboard.press('ControlOrMeta+End');
  return text;
}

/**
 * Waits until the shown channel holds a match.
 *
 * @param {Page} page
 * @param {RegExp} pattern
 * @param {number} [timeoutMs]
 * @returns {Promise<string>} the whole text
 * @throws with the text as it was when the time is over
 */
export async function waitForOutput(page, pattern, timeoutMs = 30_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    await focusOutput(page);
    const before = await page.locator(EDITOR).innerText();
    const text = await outputText(page);
    if (pattern.test(text)) return text;

    const left = deadline - Date.now();
    if (left <= 0) throw new Error(`The output has no ${pattern} after ${timeoutMs} ms:\n${text}`);
    await changed(page, before, Math.min(left, 1_000));
  }
}

/** @param {Page} page */
async function focusOutput(page) {
  const editor = page.locator(EDITOR);
  if (!(await editor.isVisible())) await runCommand(page, 'Output: Focus on Output View');
  // A click would move the cursor, and with it stop the panel from following new lines.
  await editor.locator('.native-edit-context, textarea.inputarea').first().focus();
}

/**
 * Waits for another text on the screen, but not for long: new lines may be out of sight.
 *
 * @param {Page} page
 * @param {string} before
 * @param {number} timeout
 */
async function changed(page, before, timeout) {
  await page
    .waitForFunction(
      ([selector, text]) =>
        /** @type {HTMLElement | null} */ (document.querySelector(selector))?.innerText !== text,
      /** @type {const} */ ([EDITOR, before]),
      { timeout },
    )
    .catch(() => {});
}
