import assert from 'node:assert/strict';
import { commands, type DocumentLink, Uri, window, workspace } from 'vscode';
import { invoke, workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

describe('.lambda/local.json', () => {
  const file = workspaceFile('.lambda/local.json');
  const write = async (path: string, text: string) =>
    workspace.fs.writeFile(workspaceFile(path), Buffer.from(text));
  before(async () => {
    await commands.executeCommand('invokeAsync.stopLocal');
    await workspace.fs.delete(file);
    await write(
      'shop/template.yaml',
      'Resources:\n  Priced:\n    Type: AWS::Serverless::Function\n    Properties: { FunctionName: priced, CodeUri: src/, Handler: price.handler, Timeout: 9 }\n',
    );
    await write(
      'shop/src/price.js',
      '// The price.\nexports.handler = async () => ({ total: 3 });\n',
    );
  });
  after(async () => commands.executeCommand('invokeAsync.stopLocal'));

  it('is written from the template when Local Lambda starts without it, and its function runs', async function () {
    const screen = Screen.of(this);
    await commands.executeCommand('invokeAsync.startLocal');
    await screen.pressNotificationButton(/Local Lambda has no functions yet/, 'Write local.json');
    // What opens an editor closes the list of notifications.
    const shown = await eventually(
      () => window.activeTextEditor?.document,
      (document) => document?.uri.path === file.path,
    );
    await screen.notification(/has 1 function, from shop\/template\.yaml/);
    assert.deepEqual(JSON.parse(shown?.getText() ?? ''), {
      functions: { priced: { handler: 'shop/src/price.handler', timeout: 9 } },
    });
    const { response } = await invoke(
      { functionName: 'priced', payload: {}, region: 'us-east-1' },
      'invokeAsync.invokeAndWait',
    );
    assert.equal(response?.payload, '{"total":3}');
  });

  it('links each handler to the line of its export', async () => {
    const document = await workspace.openTextDocument(file);
    const links = await eventually(
      async () => commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', file),
      (all) => all.some(({ target }) => target?.path.endsWith('/price.js')),
    );
    const link = links.find(({ target }) => target?.path.endsWith('/price.js'));
    assert.equal(document.getText(link?.range), 'shop/src/price.handler');
    await commands.executeCommand('vscode.open', Uri.parse(link?.target?.toString() ?? ''));
    const shown = await eventually(
      () => window.activeTextEditor,
      (editor) => editor?.document.uri.path.endsWith('/price.js') === true,
    );
    assert.equal(shown?.selection.active.line, 1);
  });
});
