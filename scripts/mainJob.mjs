// The main job by clicks in the real editor: Payloads view → right click → Invoke Async → read the status.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { launchBrowser } from './editorHost/browser.mjs';
import { installEditorHost } from './editorHost/install.mjs';
import { waitForOutput } from './editorHost/output.mjs';
import { startEditorServer } from './editorHost/server.mjs';
import {
  chooseMenuItem,
  contextMenu,
  openEditor,
  openView,
  screenshot,
  treeItem,
} from './editorHost/workbench.mjs';
import { root } from './setUp.mjs';

const payload = { label: 'newOrder', path: '.lambda/payloads/process-order/newOrder.json' };
const picture = `${root}out/screenshots/main-job.png`;

/** Does the main job on a workspace, prints the lines that it read, and tells whether the answer was 202 and the handler got the payload's exact bytes. */
export async function mainJob(workspace, log = console.log) {
  const host = await installEditorHost('newest', { log });
  const server = await startEditorServer({ host, extensionPath: root });
  const browser = await launchBrowser({ log });
  try {
    const page = await openEditor(browser, server.url(workspace), {});
    const { text, sha256, accepted, sameBytes } = await sendByClicks(page, workspace);
    await screenshot(page, picture);
    log(text);
    log(`Screenshot: ${picture}`);
    log(accepted ? '202 with a request ID.' : 'No 202.');
    log(
      sameBytes
        ? `The handler received the payload's exact bytes (sha256 ${sha256}).`
        : 'The handler did not receive the exact bytes.',
    );
    return accepted && sameBytes;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * Sends a payload by right click in a window on examples/orders, or a copy of it.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} workspace
 * @returns what the output says after the function has run, and what to make of it
 */
export async function sendByClicks(page, workspace) {
  await openView(page, 'Lambda');
  await contextMenu(page, treeItem(page, payload.label).first());
  await chooseMenuItem(page, 'Invoke Async');
  const text = await waitForOutput(page, /REPORT RequestId/);
  const sha256 = createHash('sha256')
    .update(await readFile(`${workspace}/${payload.path}`))
    .digest('hex');
  return {
    text,
    sha256,
    accepted: /\b202 Accepted\b.*request ID [0-9a-f-]{36}/.test(text),
    sameBytes: text.includes(sha256),
  };
}
