import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commands, workspace } from 'vscode';
import type { Outcome } from '../../src/core/invocation/outcome';
import { set, workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

/** What Lambda answers, by the end of the path. */
const answers: Readonly<Record<string, unknown>> = {
  '/functions': {
    Functions: [
      { FunctionName: 'zeta-of-account', Runtime: 'python3.13', Description: 'Refunds' },
      { FunctionName: 'alpha-of-account', Runtime: 'nodejs22.x' },
    ],
  },
  '/aliases': { Aliases: [{ Name: 'live', FunctionVersion: '3' }] },
  '/versions': { Versions: [{ Version: '$LATEST' }, { Version: '3', Description: 'third' }] },
};

/** What CloudFormation answers to ListStackResources. */
const stackResources = `<ListStackResourcesResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ListStackResourcesResult>
  <StackResourceSummaries><member>
    <LogicalResourceId>RefundFunction</LogicalResourceId>
    <PhysicalResourceId>shop-RefundFunction-1A2B</PhysicalResourceId>
    <ResourceType>AWS::Lambda::Function</ResourceType>
  </member></StackResourceSummaries>
</ListStackResourcesResult></ListStackResourcesResponse>`;

describe('the pick of a function', () => {
  let screen: Screen;
  let server: Server;
  let restore: () => Promise<void>;
  const listings: string[] = [];
  const targets = workspaceFile('.lambda/targets.json');
  const payload = workspaceFile('events/refund.json');
  let targetsText: Uint8Array;

  before(async function () {
    screen = Screen.of(this);
    server = createServer((request, response) => {
      const path = (request.url ?? '').replace(/\/?(?:\?.*)?$/, '');
      const isListed = request.method === 'GET';
      if (isListed) listings.push(path);
      const answer = Object.entries(answers).find(([end]) => isListed && path.endsWith(end))?.[1];
      request.resume().on('end', () => {
        if (request.method === 'POST' && path === '') {
          response.writeHead(200, { 'content-type': 'text/xml' }).end(stackResources);
        } else if (isListed) {
          response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
          response.end(JSON.stringify(answer ?? {}));
        } else {
          response.writeHead(202, { 'x-amzn-requestid': '1' }).end();
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    restore = await set(
      { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' },
      { ofUser: true },
    );
    targetsText = await workspace.fs.readFile(targets);
    await workspace.fs.writeFile(payload, Buffer.from('{"refund":1}'));
  });
  after(async () => {
    await restore();
    await workspace.fs.writeFile(targets, targetsText);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const saved = async () => Buffer.from(await workspace.fs.readFile(targets)).toString();

  it('asks the account for a target only when told to, and goes on to an alias', async () => {
    const saving = commands.executeCommand('invokeAsync.setTarget', payload);
    await screen.waitForInput(/Select a target function for events\/refund\.json/);
    await screen.waitForPick(/List the functions of the account…/);
    await screen.press('ArrowUp');
    await screen.waitForActivePick(/List the functions of the account…/);
    assert.deepEqual(listings, []);
    await screen.press('Enter');
    await screen.type('zeta-of-account');
    await screen.waitForActivePick(/^zeta-of-account.*python3\.13 · Refunds/s);
    await screen.waitForPick(/Version or alias of zeta-of-account…/);
    await screen.press('ArrowDown');
    await screen.waitForActivePick(/Version or alias of zeta-of-account…/);
    await screen.press('Enter');
    await screen.waitForInput(/^Lambda: Version or Alias/);
    await screen.waitForActivePick(/live.*alias of version 3/s);
    await screen.press('Enter');
    await saving;
    assert.match(await saved(), /"function": "zeta-of-account:live"/);
  });

  it('has the stack tell the name of a function that its template does not', async () => {
    const template =
      'Resources:\n  RefundFunction:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: a.b }\n';
    await workspace.fs.writeFile(workspaceFile('shop/template.yaml'), Buffer.from(template));
    const samConfig = '[default.deploy.parameters]\nstack_name = "shop"\n';
    await workspace.fs.writeFile(workspaceFile('shop/samconfig.toml'), Buffer.from(samConfig));
    const saving = commands.executeCommand('invokeAsync.setTarget', payload);
    await screen.waitForInput(/Select a target function for events\/refund\.json/);
    await screen.waitForPick(/name from the stack shop/);
    await screen.type('RefundFunction');
    await screen.waitForActivePick(
      /RefundFunction.*shop\/template\.yaml · name from the stack shop/s,
    );
    await screen.press('Enter');
    await saving;
    assert.match(await saved(), /"function": "shop-RefundFunction-1A2B"/);
  });

  it('understands the address of a page in the console, and offers to save what was picked', async () => {
    await workspace.fs.writeFile(targets, Buffer.from('{ "targets": [] }'));
    const sent = commands.executeCommand<Outcome>('invokeAsync.invoke', payload);
    await screen.waitForInput(/Select a function to send events\/refund\.json to/);
    await screen.type(
      'https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/refunds/versions/3?tab=code',
    );
    await screen.waitForActivePick(/refunds:3.*function refunds · version 3 · region us-east-1/s);
    await screen.press('Enter');
    assert.equal((await sent).functionName, 'refunds:3');
    await screen.pressNotificationButton(
      /Always send refund\.json to refunds:3\?/,
      'Save as Target',
    );
    await eventually(saved, (text) =>
      /"payloads": "events\/refund\.json",\s+"function": "refunds:3"/.test(text),
    );
  });
});
