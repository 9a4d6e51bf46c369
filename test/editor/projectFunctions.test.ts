import assert from 'node:assert/strict';
import { type CodeLens, type CompletionList, commands, Position, window, workspace } from 'vscode';
import { workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

describe('functions that files of the project name', () => {
  const files = {
    'infra/main.tf': 'resource "aws_lambda_function" "a" { function_name = "named-by-terraform" }',
    'app/template.yml':
      'Resources:\n  A:\n    Type: AWS::Serverless::Function\n    Properties: { FunctionName: named-by-sam }\n',
    'cdk.out/Shop.template.json': JSON.stringify({
      Resources: { A: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'by-cdk' } } },
    }),
    'serverless.yml': 'service: shop\nfunctions:\n  hello:\n    handler: a.b\n',
  };
  before(async () => {
    for (const [path, text] of Object.entries(files))
      await workspace.fs.writeFile(workspaceFile(path), Buffer.from(text));
  });

  it('complete targets.json', async () => {
    const uri = workspaceFile('.lambda/targets.json');
    const text = '{ "targets": [{ "payloads": "a.json", "function": "" }] }';
    await workspace.fs.writeFile(uri, Buffer.from(text));
    await window.showTextDocument(uri);
    const at = new Position(0, text.indexOf('""') + 1);
    const complete = async () =>
      commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', uri, at);
    const names = ['named-by-terraform', 'named-by-sam', 'by-cdk', 'shop-dev-hello'];
    await eventually(complete, ({ items }) =>
      names.every((name) => items.some(({ label }) => label === name)),
    );
  });

  it('have lenses above them, which go on with the payload', async function () {
    const uri = workspaceFile('infra/main.tf');
    await window.showTextDocument(uri);
    const lenses = await eventually(
      async () => commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri),
      ({ length }) => length > 0,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['Invoke Async…', 'New Payload…'],
    );
    const screen = Screen.of(this);
    const [invokeLens, newPayload] = lenses.map(({ command }) => command);
    assert.ok(invokeLens?.arguments && newPayload?.arguments);
    const picked = commands.executeCommand(invokeLens.command, ...invokeLens.arguments);
    await screen.waitForInput(/^Lambda: Payload/);
    await screen.press('Escape');
    await picked;
    const made = commands.executeCommand(newPayload.command, ...newPayload.arguments);
    await screen.waitForInput(/^Lambda: New Payload/);
    await screen.waitForActivePick(/Empty/);
    await screen.press('Enter');
    await screen.waitForInput(/^Lambda: New Payload for named-by-terraform/);
    await screen.press('Escape');
    await made;
  });
});
