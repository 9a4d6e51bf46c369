import assert from 'node:assert/strict';
import { lstat, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyQuickFix, errorHover, saveChange } from '../../scripts/editorHost/textEditor.mjs';
import { until } from '../../scripts/editorHost/until.mjs';
import { openFile, runCommand, screenshot } from '../../scripts/editorHost/workbench.mjs';
import { sendByClicks } from '../../scripts/mainJob.mjs';
import { root } from '../../scripts/setUp.mjs';
import { installedFolder, keptFiles, logEntries, openInstalled } from './installedEditor.mjs';

const { VSIX: vsix, EDITOR_VERSION: version } = process.env;
const log = (line) => process.stdout.write(`    ${line}\n`);

const migrated = `import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

/** Hands an order over to be processed. Resolves as soon as it is queued. */
export async function placeOrder(order) {
  const answer = await lambda.send(
    new InvokeCommand({
      FunctionName: 'process-order',
      InvocationType: 'Event',
      Payload: JSON.stringify(order),
    }),
  );
  return answer.StatusCode === 202;
}
`;

describe(`the installed package (${version} VS Code)`, () => {
  let editor;
  let page;

  before(async function () {
    // The first run on a machine downloads the editor.
    this.timeout(600_000);
    editor = await openInstalled(version, vsix, log);
    page = editor.page;
  });
  afterEach(async function () {
    if (this.currentTest.state === 'failed')
      await screenshot(page, join(root, 'out/screenshots', `package-${version}.png`));
  });
  after(() => editor?.close());

  it('stands alone: no link, no node_modules, no path into the checkout', async () => {
    const folder = await installedFolder(editor.dataFolder);
    assert.ok((await lstat(folder)).isDirectory());
    const files = await readdir(folder, { recursive: true });
    assert.deepEqual(
      files.filter((path) => path.includes('node_modules')),
      [],
    );
    for (const path of files.filter((file) => /\.js(on)?$/.test(file)))
      assert.ok(!(await readFile(join(folder, path), 'utf8')).includes(root), path);
  });

  it('sends a payload by right click: 202, and the handler gets its exact bytes', async () => {
    const { text, accepted, sameBytes } = await sendByClicks(page, editor.workspace);
    assert.ok(accepted && sameBytes, text);
  });

  it('underlines a wrong ARN and says why', async () => {
    await openFile(page, 'functions.mjs');
    assert.match(await errorHover(page), /An account ID has 12 digits; this one has 11\./);
  });

  it('underlines JSON that Lambda would refuse and says why', async () => {
    // What the editor's own JSON validation knows is left to it: it does not see how a file begins.
    await writeFile(join(editor.workspace, 'events/marked.json'), '\ufeff{}');
    await openFile(page, 'marked.json');
    assert.match(await errorHover(page), /invoke-async\s*payload\.syntax/);
  });

  it('replaces a deprecated call by the quick fix of the light bulb', async () => {
    await openFile(page, 'placeOrder.mjs');
    await applyQuickFix(
      page,
      'new InvokeAsyncCommand',
      'InvokeAsyncCommand',
      "Replace with InvokeCommand with InvocationType: 'Event'",
    );
    await saveChange(page);
    const text = await readFile(join(editor.workspace, 'src/placeOrder.mjs'), 'utf8');
    assert.equal(text, migrated);
  });

  it('has logged no error', async () => {
    const entries = await logEntries(editor.dataFolder);
    assert.ok(
      entries.some((entry) => entry.includes('_doActivateExtension')),
      'the right log',
    );
    assert.ok(
      entries.some((entry) => entry.includes('202 Accepted')),
      'the output channel',
    );
    assert.deepEqual(
      entries.filter((entry) => entry.includes('[error]')),
      [],
    );
    assert.deepEqual(editor.complaints, []);
  });

  it('keeps what Node has compiled of the language server, for the next start', async () => {
    // Node writes it when the server ends.
    await runCommand(page, 'Developer: Reload Window');
    await until(
      () => keptFiles(editor.dataFolder),
      (files) => files.some((file) => file.startsWith('compileCache')),
    );
  });
});
