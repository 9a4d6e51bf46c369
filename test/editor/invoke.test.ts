import assert from 'node:assert/strict';
import { commands, Range, WorkspaceEdit, window, workspace } from 'vscode';
import type { Outcome } from '../../src/core/invocation/outcome';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke, set, workspaceFile } from './commands';

describe('Invoke Async', () => {
  let server: FaultServer;
  beforeEach(async () => {
    server = await startFaultServer(faults.accepts);
  });
  afterEach(() => server.stop());

  /** All that the commands would ask for otherwise. */
  const given = () => ({
    functionName: 'orders',
    payload: { id: 1 },
    region: 'us-east-1',
    endpoint: server.url,
  });

  it('sends one InvokeAsync request and resolves to the outcome', async () => {
    const outcome = await invoke(given());
    const { kind, api, functionName, status, payloadBytes, attempts } = outcome;
    assert.deepEqual(
      { kind, api, functionName, status, payloadBytes, attempts },
      {
        kind: 'accepted',
        api: 'InvokeAsync',
        functionName: 'orders',
        status: 202,
        payloadBytes: 8,
        attempts: 1,
      },
    );
    assert.ok(outcome.requestId);
    assert.deepEqual(
      server.requests.map(({ method, path, body }) => [method, path, body.toString()]),
      [['POST', '/2014-11-13/functions/orders/invoke-async/', '{"id":1}']],
    );
  });

  it('sends Invoke with InvocationType Event by command, argument and setting', async () => {
    await invoke(given(), 'invokeAsync.invokeEvent');
    await invoke({ ...given(), api: 'Invoke', qualifier: 'live' });
    const restore = await set({ api: 'Invoke' });
    await invoke(given());
    await restore();
    assert.deepEqual(
      server.requests.map(({ path, headers }) => [path, headers['x-amz-invocation-type']]),
      [
        ['/2015-03-31/functions/orders/invocations', 'Event'],
        ['/2015-03-31/functions/orders/invocations?Qualifier=live', 'Event'],
        ['/2015-03-31/functions/orders/invocations', 'Event'],
      ],
    );
  });

  it('uses the connection of the invocation before', async () => {
    await invoke(given());
    await invoke({ ...given(), payload: { id: 2 } });
    assert.deepEqual(
      server.requests.map(({ connection }) => connection),
      [0, 0],
    );
  });

  it('sends a file byte for byte to the function that its folder names', async () => {
    const uri = workspaceFile('.lambda/payloads/echo/unicode.json');
    const { functionName } = await invoke({ uri, region: 'us-east-1', endpoint: server.url });
    assert.equal(functionName, 'echo');
    assert.deepEqual(server.requests[0]?.body, Buffer.from(await workspace.fs.readFile(uri)));
  });

  it('takes the function of .lambda/targets.json, alias included', async () => {
    const uri = workspaceFile('events/placed.json');
    const { functionName } = await invoke({ uri, region: 'us-east-1', endpoint: server.url });
    assert.equal(functionName, 'echo:live');
  });

  it('sends the text of the editor, unsaved changes included, without saving them', async () => {
    const uri = workspaceFile('.lambda/payloads/echo/first.json');
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    const edit = new WorkspaceEdit();
    edit.replace(uri, new Range(0, 8, 0, 9), '2');
    await workspace.applyEdit(edit);
    await commands.executeCommand('invokeAsync.invoke', {
      region: 'us-east-1',
      endpoint: server.url,
    });
    assert.equal(server.requests[0]?.body.toString(), '{ "id": 2 }\n');
    assert.ok(document.isDirty);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('sends the last invocation again, the file as it stands now', async () => {
    const uri = workspaceFile('events/again.json');
    await workspace.fs.writeFile(uri, Buffer.from('{"n":1}'));
    await invoke({ ...given(), payload: undefined, uri });
    await workspace.fs.writeFile(uri, Buffer.from('{"n":2}'));
    await commands.executeCommand('invokeAsync.invokeAgain');
    await workspace.fs.delete(uri);
    assert.deepEqual(
      server.requests.map(({ body }) => body.toString()),
      ['{"n":1}', '{"n":2}'],
    );
  });

  it('lets the region of a full ARN win over the setting', async () => {
    const functionName = 'arn:aws:lambda:eu-central-1:123456789012:function:orders';
    await invoke({ ...given(), functionName });
    assert.match(
      server.requests[0]?.headers['authorization'] ?? '',
      /\/eu-central-1\/lambda\/aws4_request/,
    );
  });

  it('refuses what cannot be sent, each with its own words, and sends nothing', async () => {
    const refusals: [Record<string, unknown>, string, RegExp][] = [
      [{ functionName: 'my function' }, 'identifier.malformed', /my function/],
      [
        { functionName: 'arn:aws:lambda:us-east-1:123456789012:Function:orders' },
        'identifier.malformed',
        /"function", not "Function"/,
      ],
      [{ functionName: 'my.orders' }, 'identifier.name', /dot/],
      [{ qualifier: 'my alias' }, 'identifier.qualifier', /not " "/],
      [{ qualifier: 'a'.repeat(129) }, 'identifier.qualifier', /at most 128/],
      [
        { functionName: 'orders:live', qualifier: 'beta' },
        'identifier.qualifier',
        /":live".*"beta"/,
      ],
      [
        { functionName: 'orders:live', qualifier: 'beta', api: 'Invoke' },
        'identifier.qualifier',
        /":live".*"beta"/,
      ],
      [{ payload: `"${'x'.repeat(256 * 1024)}"` }, 'payload.too-large', /262,146.*262,144/],
      [{ uri: workspaceFile('events/latin1.json'), payload: undefined }, 'PayloadError', /UTF-8/],
      [
        { uri: workspaceFile('events/gone.json'), payload: undefined },
        'PayloadError',
        /does not exist/,
      ],
      [{ uri: workspaceFile('events'), payload: undefined }, 'PayloadError', /folder/],
      [{ region: '' }, 'NoRegion', /region/],
      [{ profile: 'nobody' }, 'UnknownProfile', /nobody/],
      [{ endpoint: 'localhost 4566' }, 'BrokenEndpoint', /localhost 4566/],
    ];
    // What is asked of this machine is only what the test says.
    delete process.env['AWS_REGION'];
    delete process.env['AWS_DEFAULT_REGION'];
    for (const [change, name, message] of refusals) {
      const endpoint = name === 'NoRegion' ? 'https://lambda.example.invalid' : server.url;
      const outcome = await invoke({ ...given(), endpoint, ...change });
      assert.equal(outcome.kind, 'notSent', name);
      assert.equal(outcome.error?.name, name);
      assert.match(outcome.error.message, message);
      assert.equal(outcome.attempts, 0);
    }
    assert.equal(server.requests.length, 0);
    assert.equal((await invoke(given())).kind, 'accepted', 'still works afterwards');
  });
});

describe('Invoke Async against an endpoint that misbehaves', () => {
  type Expected = Pick<Outcome, 'kind'> & { name: RegExp; requests: number; seconds?: number };
  const table: Partial<Record<keyof typeof faults, Expected>> = {
    refuses: { kind: 'notSent', name: /ECONNREFUSED/, requests: 0 },
    resetsBeforeHeaders: { kind: 'unknown', name: /ECONNRESET/, requests: 1 },
    resetsInHeaders: { kind: 'unknown', name: /^ECONNRESET$/, requests: 1 },
    neverAnswers: { kind: 'unknown', name: /[Tt]ime/, requests: 1, seconds: 1 },
    answersGarbage: { kind: 'unknown', name: /^HPE_INVALID_CONSTANT$/, requests: 1 },
    signInPage: { kind: 'unknown', name: /^NotLambda$/, requests: 1 },
    badGatewayPage: { kind: 'unknown', name: /^NotLambda$/, requests: 1 },
    nullMessage: { kind: 'rejected', name: /AccessDeniedException/, requests: 1 },
    knowsNoInvokeAsync404: { kind: 'rejected', name: /InvokeAsyncNotImplemented/, requests: 1 },
    refusesLargePayloadEarly: { kind: 'rejected', name: /TooLarge/, requests: 1 },
    throttlesOnceThenAccepts: { kind: 'accepted', name: /^$/, requests: 2 },
    throttlesAlways: { kind: 'rejected', name: /TooManyRequests/, requests: 3 },
    selfSigned: { kind: 'notSent', name: /CERT|SELF_SIGNED/, requests: 0 },
  };

  for (const [fault, { kind, name, requests, seconds }] of Object.entries(table)) {
    it(`${fault}: ${kind} after ${requests} requests`, async () => {
      const server = await startFaultServer(faults[fault as keyof typeof faults]);
      const restore = await set(seconds === undefined ? {} : { timeout: seconds });
      try {
        const outcome = await invoke({
          functionName: 'orders',
          payload: {},
          region: 'us-east-1',
          endpoint: server.url,
        });
        assert.equal(outcome.kind, kind, JSON.stringify(outcome));
        assert.match(outcome.error?.name ?? '', name);
        assert.equal(server.requests.length, requests);
      } finally {
        await restore();
        await server.stop();
      }
    });
  }

  it('reports an unknown host and missing credentials as not sent', async () => {
    const given = { functionName: 'orders', payload: {}, region: 'us-east-1' };
    const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
    const kept = keys.map((key) => process.env[key]);
    const unknownHost = await invoke({ ...given, endpoint: 'http://nowhere.invalid' });
    assert.equal(unknownHost.kind, 'notSent');
    assert.match(unknownHost.error?.name ?? '', /ENOTFOUND|EAI_AGAIN/);
    for (const key of keys) delete process.env[key];
    const noCredentials = await invoke({ ...given, endpoint: 'http://nowhere.invalid' });
    keys.forEach((key, index) => {
      process.env[key] = kept[index];
    });
    assert.equal(noCredentials.kind, 'notSent');
    assert.equal(noCredentials.error?.name, 'CredentialsMissing');
  });
});
