import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
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
import { root } from './setUp.mjs';

/**
 * @typedef {import('playwright-core').Page} Page
 *
 * @typedef {object} Look
 * @property {(page: Page) => Promise<unknown>} take what a person does before the picture is taken
 * @property {Record<string, unknown>} [settings]
 * @property {Record<string, string>} [files] of the workspace besides the example's: text by path
 * @property {() => Promise<Service>} [serve] starts what stands in for AWS
 * @property {boolean} [installed] whether the package is installed, as a stranger does it
 * @property {string[]} [others] folders of other extensions that take part
 * @property {boolean} [empty] whether the window has no folder
 * @property {number} [width] of the part of the window that is shown
 *
 * @typedef {object} Service
 * @property {Record<string, unknown>} settings that lead there
 * @property {() => Promise<void>} stop
 */

const eventFile = 'events/refunds.jsonl';
const eventFiles = { [eventFile]: manyEvents(5000) };
/** Without the example's setting, which leads to Local Lambda. */
const stepFunctionsFiles = { ...eventFiles, '.vscode/settings.json': '{}\n' };

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
    await page.locator('.squiggly-warning').first().waitFor();
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
  environment: {
    settings: { 'invokeAsync.endpoint': '' },
    files: { '.lambda/targets.json': environmentTargets() },
    async take(page) {
      await openView(page, 'Lambda');
      await openFile(page, 'targets.json');
      await runCommand(page, 'Lambda: Select Environment');
      await quickInput(page).choose('prod');
      await page.locator('.statusbar-item').filter({ hasText: 'prod · ' }).first().waitFor();
      await runCommand(page, 'Lambda: Select Environment');
      await quickInput(page).row('dev').waitFor();
    },
  },

  'test-events': {
    serve: serveTestEvents,
    files: { '.vscode/settings.json': '{}' },
    async take(page) {
      await openView(page, 'Lambda');
      await openFile(page, 'newOrder.json');
      await contextMenu(page, treeItem(page, 'process-order').first());
      await chooseMenuItem(page, 'Import Test Events from the Console…');
      await quickInput(page).row('Import 2 test events').waitFor();
    },
  },
  agent: {
    settings: { 'invokeAsync.agents.send': true },
    others: [fileURLToPath(new URL('editorHost/agent', import.meta.url))],
    async take(page) {
      await openFile(page, 'newOrder.json');
      await runCommand(page, 'Agent: Send Event');
      await page.locator('.monaco-dialog-box').filter({ hasText: 'Send this event' }).waitFor();
    },
  },

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
  'step-functions-template': {
    async take(page) {
      await writeTemplate(page);
      await runCommand(page, 'Notifications: Clear All Notifications');
      await runCommand(page, 'Go to Line/Column...');
      await quickInput(page).type(':14');
      await quickInput(page).accept();
    },
    serve: serveStepFunctions,
    files: stepFunctionsFiles,
  },
  'step-functions-run': {
    async take(page) {
      await writeTemplate(page);
      await planStepFunctions(page);
      await quickInput(page).row('Send 5,000 events to process-order').waitFor();
      await quickInput(page).accept();
      await runCommand(page, 'View: Close All Editors');
      await openFile(page, 'refunds.jsonl');
      await runCommand(page, 'Notifications: Clear All Notifications');
      const row = treeItem(page, 'process-order').filter({ hasText: 'refunds.jsonl' });
      await row.filter({ hasText: '3,120 of 5,000 · 4 failed' }).waitFor();
    },
    serve: serveStepFunctions,
    files: stepFunctionsFiles,
    width: 560,
  },
  'failed-events': {
    async take(page) {
      await openView(page, 'Lambda');
      await openFile(page, 'pickUp.json');
      await runCommand(page, 'Lambda: Invoke (Event)');
      await waitForOutput(page, /Dead letter/);
      await runCommand(page, 'Lambda: Show Failed Events…');
      await quickInput(page).choose('deliver-order');
      const row = page.locator('.monaco-list-row').filter({ hasText: 'TypeError' });
      await row.first().click();
      await runCommand(page, 'View: Hide Panel');
      await runCommand(page, 'Notifications: Clear All Notifications');
    },
  },
  'durable-execution': {
    files: durableFiles(),
    async take(page) {
      await openView(page, 'Lambda');
      await openFile(page, 'chargeOrder.json');
      await runCommand(page, 'Lambda: Invoke (Event)');
      await quickInput(page).choose('$LATEST');
      await waitForOutput(page, /START RequestId/);
      await runCommand(page, 'Lambda: Follow Durable Execution');
      await waitForOutput(page, /Result: /);
      await runCommand(page, 'Notifications: Clear All Notifications');
    },
  },
  'project-functions': {
    files: {
      'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  RefundOrder:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: refund-order, Handler: refund.handler }
  NotifyCustomer:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: notify-customer, Handler: notify.handler }
`,
      'main.tf': 'resource "aws_lambda_function" "audit" { function_name = "audit-log" }\n',
    },
    async take(page) {
      await runCommand(page, 'Lambda: Invoke Async');
      await quickInput(page).choose('Type JSON…');
      await quickInput(page).type('{ "orderId": "ord-1" }');
      await quickInput(page).accept();
      for (const name of ['audit-log', 'reserve-stock'])
        await page
          .locator('.quick-input-list .monaco-list-row')
          .filter({ hasText: name })
          .waitFor();
    },
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

/**
 * Shows what sending the event file through Step Functions would do.
 *
 * @param {Page} page
 */
async function planStepFunctions(page) {
  await openFile(page, 'refunds.jsonl');
  await runCommand(page, 'Lambda: Send with Step Functions…');
  await quickInput(page).choose('process-order');
}

/**
 * Writes the template of the event file's function.
 *
 * @param {Page} page
 */
async function writeTemplate(page) {
  await openView(page, 'Lambda');
  await planStepFunctions(page);
  // By a key: the hover of the row that was clicked before may lie over it.
  await quickInput(page).row('Write the Template for process-order').waitFor();
  await quickInput(page).accept();
  await page.locator('.tabs-container .tab.active').filter({ hasText: 'template.yaml' }).waitFor();
}

/**
 * What tests have in the place of AWS.
 *
 * @param {string} name
 */
async function fromTests(name) {
  const outfile = join(root, `out/test/support/${name}.mjs`);
  const source = join(root, `test/support/${name}.ts`);
  await build({ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'esm' });
  return import(pathToFileURL(outfile).href);
}

/** What stands in for AWS, with test events that others have shared. */
async function serveTestEvents() {
  const { startSchemasServer } = await fromTests('schemasServer');
  const server = await startSchemasServer();
  const event = (value) => ({ value, 'x-metadata': { invocationType: 'Event' } });
  const examples = {
    newOrder: event({ orderId: 'ord-2026-104417', items: [] }),
    emptyOrder: event({ orderId: 'ord-2026-104418', items: [] }),
    partialRefund: event({ orderId: 'ord-2026-104419', refund: '6.50' }),
  };
  const content = { openapi: '3.0.0', components: { examples } };
  server.registries.add('lambda-testevent-schemas');
  server.write('_process-order-schema', JSON.stringify(content));
  return {
    settings: { 'invokeAsync.endpoint': server.url, 'invokeAsync.region': 'eu-central-1' },
    stop: () => server.stop(),
  };
}

/** What stands in for AWS, with an execution that is half done. */
async function serveStepFunctions() {
  const { functionArn, StepFunctionsServer } = await fromTests('stepFunctionsServer');
  const server = new StepFunctionsServer();
  const name = 'process-order';
  server.functionConfiguration = {
    FunctionName: name,
    FunctionArn: functionArn.replace(/\w+$/, name),
  };
  server.mapRun = {
    itemCounts: { pending: 1780, running: 100, succeeded: 3116, failed: 4 },
    maxConcurrency: 100,
    status: 'RUNNING',
  };
  const endpoint = await server.start();
  return {
    settings: { 'invokeAsync.endpoint': endpoint, 'invokeAsync.region': 'eu-west-1' },
    stop: () => server.stop(),
  };
}

/** Two environments, and a target whose function they fill in. */
function environmentTargets() {
  return `{
  "environments": {
    "dev": { "region": "eu-central-1", "variables": { "alias": "latest" } },
    "prod": { "region": "us-east-1", "variables": { "alias": "live" } }
  },
  "targets": [
    { "payloads": "events/*.json", "function": "process-order-\${env}:\${alias}" }
  ]
}
`;
}

/** A durable function, and an event for it. */
function durableFiles() {
  const charge = { handler: 'handlers/chargeOrder.handler', durable: true, timeout: 60 };
  const target = { payloads: 'events/chargeOrder.json', function: 'charge-order' };
  return {
    '.lambda/local.json': JSON.stringify({ functions: { 'charge-order': charge } }),
    '.lambda/targets.json': JSON.stringify({ targets: [target] }),
    'events/chargeOrder.json': `{
  "orderId": "ord-2026-1001",
  "amount": "59.80",
  "currency": "EUR"
}
`,
    'handlers/chargeOrder.js': `
exports.handler = async ({ orderId }) => {
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  return { orderId, charged: true };
};`,
  };
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
