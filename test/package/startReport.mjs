import { copyAll } from '../../scripts/editorHost/textEditor.mjs';
import { activationTime, runCommand } from '../../scripts/editorHost/workbench.mjs';
import { openInstalled } from './installedEditor.mjs';

/**
 * "Developer: Startup Performance" of a window in which the installed package is active.
 *
 * @param {string} vsix
 * @returns {Promise<string>} tables and marks, as text
 */
export async function startReport(vsix) {
  const { page, close } = await openInstalled('newest', vsix, () => {});
  try {
    await activationTime(page, 'Lambda Invoke Async');
    await runCommand(page, 'Developer: Startup Performance');
    const line = page.locator('.editor-instance .view-line');
    await line.filter({ hasText: 'Extension Activation Stats' }).waitFor();
    return await copyAll(page, () => line.filter({ hasText: 'System Info' }).click());
  } finally {
    await close();
  }
}
