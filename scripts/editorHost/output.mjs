import { copyAll } from './textEditor.mjs';
import { until } from './until.mjs';
import { runCommand } from './workbench.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * The whole text of the channel that the Output panel shows.
 *
 * @param {Page} page
 * @returns {Promise<string>}
 */
async function outputText(page) {
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
 * @returns {Promise<string>} the whole text
 * @throws with the text as it was when the time is over
 */
export async function waitForOutput(page, pattern) {
  return until(
    () => outputText(page),
    (text) => pattern.test(text),
  );
}

/** @param {Page} page */
async function focusOutput(page) {
  const editor = page.locator('.part.panel .output-view .monaco-editor');
  if (!(await editor.isVisible())) await runCommand(page, 'Output: Focus on Output View');
  // A click would move the cursor, and with it stop the panel from following new lines.
  await editor.locator('.native-edit-context, textarea.inputarea').first().focus();
}
