import assert from 'node:assert/strict';
import type { CustomExecution, Pseudoterminal, TaskDefinition } from 'vscode';
import { withKeysAlone } from '../../support/awsKeys';
import { type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';
import { standIn } from '../../support/vscode';
import { type Client, startClient } from './client';

/** A task from its definition to its exit code, with the real SDK over HTTP. */
describe('a task that invokes', () => {
  let client: Client;
  let server: FaultServer;
  let local: LocalWorkspace;
  withKeysAlone();

  before(async () => {
    local = await startLocalWorkspace({
      files: {
        'good.js': 'exports.handler = async () => console.log("all is \\u001b[2Jwell");',
        'bad.js': 'exports.handler = async () => { throw new TypeError("no such order"); };',
        'durable.js':
          'exports.handler = async (event) => { if (event.n !== 1) throw new Error("not 1"); return { done: true }; };',
        'slow.js': 'exports.handler = () => new Promise(() => {});',
      },
      functions: {
        good: { handler: 'good.handler' },
        bad: { handler: 'bad.handler' },
        durable: { handler: 'durable.handler', durable: true },
        slow: { handler: 'slow.handler', timeout: 900 },
      },
    });
  });
  after(async () => {
    await local.stop();
  });
  beforeEach(async () => {
    client = await startClient();
    server = await startFaultServer(faults.accepts);
    standIn.set('region', 'eu-west-1');
    client.write('events/a.json', '{"n":1}');
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  const onServer = { type: 'lambda-invoke', payload: 'events/a.json', function: 'orders' };
  const waiting = (name: string) => ({
    ...onServer,
    function: name,
    endpoint: local.connection.endpoint,
    wait: true,
  });

  /** Runs a task to its end; `onText` sees all that is written so far, and may type. */
  async function run(
    definition: TaskDefinition,
    onText?: (text: string, type: (keys: string) => void) => void,
  ): Promise<{ code: number | void; text: string }> {
    const { definition: asGiven, execution } = client.tasks.resolved({
      definition,
      scope: client.folder,
      name: 'task',
    } as never);
    assert.equal(asGiven, definition, 'the editor asks for the same object');
    const { callback } = execution as CustomExecution & {
      callback: (filledIn: TaskDefinition) => Promise<Pseudoterminal>;
    };
    const terminal = await callback(definition);
    let text = '';
    terminal.onDidWrite((written) => {
      text += written;
      onText?.(text, (keys) => terminal.handleInput?.(keys));
    });
    return new Promise((resolve) => {
      terminal.onDidClose?.((code) => resolve({ code, text }));
      terminal.open(undefined);
    });
  }

  it('ends with 0 when its event is accepted, and shows what the output shows', async () => {
    const { code, text } = await run({ ...onServer, endpoint: server.url });
    assert.equal(code, 0);
    const [sending, accepted, ...others] = text.split('\r\n');
    assert.equal(sending, `InvokeAsync → orders · events/a.json · eu-west-1 · ${server.url}`);
    assert.match(accepted ?? '', /^202 Accepted, queued · request ID/);
    assert.deepEqual(others, ['']);
    assert.deepEqual(
      server.requests.map(({ body }) => body.toString()),
      ['{"n":1}'],
    );
    assert.deepEqual(client.user.choices, [], 'no message besides the terminal');
  });

  it('takes the function from the payload’s target', async () => {
    client.write('.lambda/payloads/billing/paid.json', '{}');
    const payload = '.lambda/payloads/billing/paid.json';
    const { code } = await run({ type: 'lambda-invoke', payload, endpoint: server.url });
    assert.equal(code, 0);
    assert.match(server.requests[0]?.path ?? '', /\/billing\//);
  });

  it('ends with 1 when the event is rejected, with the cause and what helps', async () => {
    await server.stop();
    server = await startFaultServer(faults.knowsNoInvokeAsync404);
    const { code, text } = await run({ ...onServer, endpoint: server.url });
    assert.equal(code, 1);
    const [, cause = '', remedy = ''] = text.split('\r\n');
    assert.ok(cause.startsWith('\u001b[31mRejected (404) '), cause);
    assert.ok(remedy.startsWith('\u001b[31m→ '), remedy);
  });

  it('ends with 3 when nobody knows', async () => {
    await server.stop();
    server = await startFaultServer(faults.resetsBeforeHeaders);
    const { code, text } = await run({ ...onServer, endpoint: server.url });
    assert.equal(code, 3);
    assert.match(text, /Outcome unknown, the event may have been queued/);
  });

  it('ends with 1 when it cannot be sent, and says why', async () => {
    for (const [definition, why] of [
      [{ ...onServer, payload: 'events/gone.json' }, /gone\.json cannot be read/],
      [{ ...onServer, payload: undefined }, /"payload" must be the path of a payload file/],
      [{ ...onServer, api: 'InvokeSync' }, /"api" must be "InvokeAsync" or "Invoke"/],
    ] as const) {
      const { code, text } = await run({ ...definition, endpoint: server.url });
      assert.equal(code, 1);
      assert.match(text, why);
    }
    assert.deepEqual(server.requests, []);
  });

  it('asks before production like the command, and ends with 1 on no', async () => {
    client.user.answer(undefined, 'Send');
    const task = { ...onServer, function: 'orders-prod', endpoint: server.url };
    const refused = await run(task);
    assert.deepEqual(refused, { code: 1, text: 'The event was not sent.\r\n' });
    assert.deepEqual(server.requests, []);
    assert.equal((await run(task)).code, 0);
  });

  it('sends nothing from a workspace that is not trusted', async () => {
    client.user.trusts = false;
    assert.equal((await run({ ...onServer, endpoint: server.url })).code, 1);
    assert.deepEqual(server.requests, []);
  });

  it('waits until the function has succeeded, and shows its log without obeying it', async () => {
    const { code, text } = await run(waiting('good'));
    assert.equal(code, 0);
    assert.match(text, /all is \\u001b\[2Jwell/);
    assert.match(text, /\[good\] Succeeded\.\r\n$/);
  });

  it('ends with 1 when the function has failed for good', async () => {
    const { code, text } = await run(waiting('bad'));
    assert.equal(code, 1);
    assert.match(text, /\[bad, attempt 3\] Attempt 3 failed\./);
  });

  it('waits for a durable execution, by its status, under the name that the task gives', async () => {
    const task = { ...waiting('durable'), qualifier: '$LATEST', durableName: 'o-7' };
    const { code, text } = await run(task);
    assert.equal(code, 0, text);
    assert.match(text, /\[durable\] Durable execution o-7: SUCCEEDED/);
    assert.match(text, /Result: \{"done":true\}/);
    client.write('events/a.json', '{"n":2}');
    const failed = await run({ ...task, durableName: 'o-8' });
    assert.equal(failed.code, 1, failed.text);
    assert.match(failed.text, /Durable execution o-8: FAILED/);
  });

  it('sends the event of a tenant', async () => {
    await run({ ...onServer, endpoint: server.url, tenantId: 'blue' });
    assert.equal(server.requests[0]?.headers['x-amz-tenant-id'], 'blue');
  });

  it('waits also where no invocation is kept', async () => {
    standIn.set('history.limit', 0);
    assert.equal((await run(waiting('good'))).code, 0);
  });

  it('stops waiting on Ctrl+C, and ends with 3', async () => {
    const { code, text } = await run(waiting('slow'), (written, type) => {
      if (written.includes('START RequestId')) type('\u0003');
    });
    assert.equal(code, 3);
    assert.match(text, /The function is still running\. Stopped following\.\r\n$/);
  });

  it('hears the end when somebody asks for the log meanwhile', async () => {
    let asked = false;
    const { code } = await run(waiting('bad'), (written) => {
      const requestId = /request ID ([\w-]+)/.exec(written)?.[1];
      if (asked || requestId === undefined || !written.includes('[bad]')) return;
      asked = true;
      void client.commands['invokeAsync.followLogs']({ requestId });
    });
    assert.ok(asked);
    assert.equal(code, 1);
    assert.match(client.user.lines.join('\n'), /\[bad\] Failed: the event goes/);
  });

  it('is listed for each payload that is known, and searches for none', async () => {
    client.write('.lambda/payloads/billing/paid.json', '{}');
    const listed = async () =>
      (await client.tasks.ofPayloads()).map(({ definition, detail }) => [
        definition['payload'] as string,
        detail,
      ]);
    assert.deepEqual(await listed(), [['.lambda/payloads/billing/paid.json', undefined]]);
    await client.library.payloads();
    assert.deepEqual(await listed(), [
      ['.lambda/payloads/billing/paid.json', '→ billing'],
      ['events/a.json', undefined],
    ]);
  });
});
