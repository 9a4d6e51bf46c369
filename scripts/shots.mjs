import { waitForOutput } from './editorHost/output.mjs';
import {
  chooseMenuItem,
  contextMenu,
  openFile,
  openView,
  pressNotificationButton,
  quickInput,
  runCommand,
  treeItem,
} from './editorHost/workbench.mjs';

/**
 * @typedef {import('playwright-core').Page} Page
 *
 * @typedef {object} Look
 * @property {(page: Page) => Promise<unknown>} take what a person does before the picture is taken
 * @property {Record<string, unknown>} [settings]
 * @property {Record<string, string>} [files] of the workspace besides the example's: text by path
 * @property {boolean} [installed] whether the package is installed, as a stranger does it
 * @property {boolean} [empty] whether the window has no folder
 * @property {number} [width] of the part of the window that is shown
 */

const eventFile = 'events/refunds.jsonl';
const eventFiles = { [eventFile]: manyEvents(5000) };

/**
 * The pictures of the README, by name: what a person does before each is taken.
 *
 * @type {Record<string, (page: Page) => Promise<unknown>>}
 */
export const shots = {
  async payloads(page) {
    await openFile(page, 'newOrder.json');
    await page.locator('.codelens-decoration').first().waitFor();
    await openView(page, 'Lambda');
    await contextMenu(page, treeItem(page, 'newOrder').first());
  },

  async pick(page) {
    await openView(page, 'Lambda');
    await runCommand(page, 'Lambda: Invoke Async');
    await quickInput(page).choose('Type JSON…');
    await quickInput(page).type('{ "orderId": "ord-1" }');
    await quickInput(page).accept();
    const input = quickInput(page);
    await input.widget
      .locator('.monaco-list-row')
      .filter({ hasText: 'reserve-stock' })
      .first()
      .waitFor();
    await input.type('arn:aws:lambda:us-east-1:12345:function:process-order');
    await input.widget.locator('.monaco-list-row').filter({ hasText: '12 digits' }).waitFor();
  },

  async output(page) {
    await openView(page, 'Lambda');
    await contextMenu(page, treeItem(page, 'canceledOrder').first());
    await chooseMenuItem(page, 'Invoke Async');
    await pressNotificationButton(page, /AWS deprecates InvokeAsync/, 'Keep InvokeAsync');
    await waitForOutput(page, /REPORT RequestId/);
    await runCommand(page, 'View: Toggle Maximized Panel');
    await page.locator('.part.editor').waitFor({ state: 'hidden' });
  },

  async identifier(page) {
    await openFile(page, 'functions.mjs');
    await page.locator('.squiggly-error').first().waitFor();
    await runCommand(page, 'Go to Next Problem (Error, Warning, Info)');
    await page.locator('.zone-widget .marker-widget, .marker-widget').first().waitFor();
  },

  async hover(page) {
    await openFile(page, 'functions.mjs');
    await page.locator('.squiggly-error').first().waitFor();
    await page.getByText('function:send-receipt').click();
    await runCommand(page, 'Show or Focus Hover');
    await page.locator('.monaco-hover-content').filter({ hasText: 'us-east-1' }).first().waitFor();
  },

  async deprecated(page) {
    await openFile(page, 'placeOrder.mjs');
    await page.locator('[class*="squiggly"]').first().waitFor();
    await runCommand(page, 'Go to Next Problem (Error, Warning, Info)');
    await page.locator('.marker-widget').first().waitFor();
    await runCommand(page, 'Quick Fix...');
    await page.locator('.action-widget').first().waitFor();
  },

  async migration(page) {
    await runCommand(page, 'Lambda: Replace All Uses of InvokeAsync…');
    const preview = page.locator('.bulk-edit-panel');
    await preview
      .locator('.monaco-list-row')
      .filter({ hasText: 'resend_receipts' })
      .first()
      .click();
    await page.locator('.monaco-diff-editor .view-line').first().waitFor();
    await runCommand(page, 'Notifications: Clear All Notifications');
  },

  async schema(page) {
    await openView(page, 'Lambda');
    await openFile(page, 'orderQueue.json');
    await page.getByText('"messageId"').first().dblclick();
    await page.keyboard.type('messageID');
    await page.locator('.squiggly-error').first().waitFor();
    await runCommand(page, 'Go to Next Problem (Error, Warning, Info)');
    await page.locator('.marker-widget').first().waitFor();
  },

  async completion(page) {
    await openFile(page, 'orderQueue.json');
    await page.getByText('"eventSource"').first().click();
    // Its last three lines make room for the keys that are missing then.
    for (const key of ['Home', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+End'])
      await page.keyboard.press(key);
    await page.keyboard.type('"e');
    const list = page.locator('.suggest-widget.visible');
    await list.locator('.monaco-list-row').filter({ hasText: 'eventSourceARN' }).waitFor();
    await page.locator('[class*="squiggly"]').first().waitFor();
  },

  async event(page) {
    await openView(page, 'Lambda');
    await treeItem(page, 'newOrder').waitFor();
    await runCommand(page, 'Lambda: New Payload…');
    await quickInput(page).choose('SQS');
    await quickInput(page).choose('reserve-stock');
    await quickInput(page).widget.getByText('New Payload for reserve-stock').waitFor();
    await quickInput(page).type('lowStock');
    await quickInput(page).accept();
    await page.locator('.squiggly-hint').first().waitFor();
    await runCommand(page, 'Quick Fix...');
    await page.locator('.action-widget').getByText('Set Schema').waitFor();
  },

  async samples(page) {
    await openView(page, 'Lambda');
    await treeItem(page, 'newOrder').waitFor();
    await runCommand(page, 'Lambda: New Payload…');
    await quickInput(page)
      .widget.locator('.monaco-list-row')
      .filter({ hasText: 'SQS' })
      .first()
      .waitFor();
    await quickInput(page).type('s3');
  },

  invocations: sendTwo,
};

/**
 * How things look: the first minute, the menus, the three themes.
 *
 * @type {Record<string, Look>}
 */
export const looks = {
  walkthrough: { take: openWalkthrough, installed: true },
  'walkthrough-dark': { take: openWalkthrough, settings: theme('Default Dark Modern') },
  welcome: {
    async take(page) {
      await openView(page, 'Lambda');
      await page.getByText('Activating Extensions').waitFor({ state: 'hidden' });
    },
    empty: true,
    width: 560,
  },
  'explorer-menu': {
    async take(page) {
      await openView(page, 'Explorer');
      await treeItem(page, 'events').click();
      await contextMenu(page, treeItem(page, 'orderPlaced.json'));
      await page.locator('.monaco-menu').getByText('Lambda', { exact: true }).hover();
      await page.locator('.monaco-submenu').getByText('Invoke (Event)').waitFor();
    },
  },
  'send-file-menu': {
    async take(page) {
      await openView(page, 'Explorer');
      await treeItem(page, 'events').click();
      await contextMenu(page, treeItem(page, 'refunds.jsonl'));
      await page.locator('.monaco-menu').getByText('Send Each Line…').waitFor();
    },
    files: eventFiles,
  },
  'send-file-plan': { take: planRun, files: eventFiles },
  'send-file-run': {
    async take(page) {
      await startRun(page);
      const row = treeItem(page, 'process-order').filter({ hasText: 'refunds.jsonl' });
      await row.filter({ hasText: /[2-9]\d\d of 5,002 · .+ left/ }).waitFor();
    },
    settings: { 'invokeAsync.sendFile.rate': 40 },
    files: eventFiles,
  },
  'send-file-summary': {
    async take(page) {
      await startRun(page);
      await page.locator('.notification-toast').filter({ hasText: '5,000 accepted' }).waitFor();
      await treeItem(page, 'process-order').filter({ hasText: 'Finished' }).waitFor();
    },
    settings: { 'invokeAsync.sendFile.rate': 1000 },
    files: eventFiles,
  },
  'invocation-menu': {
    async take(page) {
      await showInvocations(page);
      await contextMenu(page, treeItem(page, 'send-receipt').last());
    },
  },
  'tree-light': { take: showInvocations, width: 560 },
  'tree-dark': { take: showInvocations, settings: theme('Default Dark Modern'), width: 560 },
  'tree-high-contrast': {
    take: showInvocations,
    settings: theme('Default High Contrast'),
    width: 560,
  },
  'extension-page': {
    installed: true,
    async take(page) {
      await openView(page, 'Extensions');
      await page.locator('.extension-list-item').filter({ hasText: 'Lambda Invoke Async' }).click();
      const readme = page.frameLocator('iframe.webview.ready').frameLocator('iframe');
      // No picture: this page shows those of https addresses alone.
      await readme.getByRole('heading', { name: 'Three uses' }).waitFor();
    },
  },
};

/**
 * An event file, two lines of which are not JSON.
 *
 * @param {number} count of its events
 */
function manyEvents(count) {
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({ orderId: `ord-2026-${100_000 + n}`, refund: { amount: '12.50' } }),
  );
  lines.splice(1203, 0, '{"orderId":"ord-2026-101203","refund":{"amount":12,50}}');
  lines.splice(3187, 0, '{"orderId":"ord-2026-103187","refund":');
  return `${lines.join('\n')}\n`;
}

/**
 * Shows what sending the event file would do.
 *
 * @param {Page} page
 */
async function planRun(page) {
  await openView(page, 'Lambda');
  await openFile(page, 'refunds.jsonl');
  await runCommand(page, 'Lambda: Send Each Line…');
  await quickInput(page).choose('process-order');
  await quickInput(page).row('Send 5,000 events to process-order').waitFor();
}

/**
 * Begins to send the event file, without what Local Lambda writes of each event.
 *
 * @param {Page} page
 */
async function startRun(page) {
  await planRun(page);
  await quickInput(page).accept();
  await page.locator('.part.panel .output-view').waitFor();
  await runCommand(page, 'View: Hide Panel');
}

/** @param {string} name */
function theme(name) {
  return { 'workbench.colorTheme': name };
}

/** @param {Page} page */
async function openWalkthrough(page) {
  await openView(page, 'Lambda');
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  await runCommand(page, 'Welcome: Open Walkthrough...');
  await quickInput(page).type('Lambda');
  await quickInput(page).choose('Get Started with Lambda Invoke Async');
  await page.locator('.getting-started-step').first().waitFor();
  await page.frameLocator('iframe.webview.ready').frameLocator('iframe').locator('svg').waitFor();
}

/**
 * Sends an event that succeeds and one that fails for good.
 *
 * @param {Page} page
 */
async function sendTwo(page) {
  await openView(page, 'Lambda');
  for (const payload of ['canceledOrder', 'unknownAddress']) {
    await openFile(page, `${payload}.json`);
    await runCommand(page, 'Lambda: Invoke (Event)');
  }
  await waitForOutput(page, /Dead letter/);
  await spinner(page).waitFor({ state: 'hidden' });
}

/**
 * The two of them without the output.
 *
 * @param {Page} page
 */
async function showInvocations(page) {
  await sendTwo(page);
  await runCommand(page, 'View: Hide Panel');
}

/**
 * Of an invocation whose log is followed.
 *
 * @param {Page} page
 */
function spinner(page) {
  return page.locator('.part.sidebar .codicon-modifier-spin').first();
}
