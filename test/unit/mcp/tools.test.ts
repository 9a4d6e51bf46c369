import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FunctionHealth } from '../../../src/core/invocation/functionHealth';
import { toolDefinitions } from '../../../src/mcp/toolDefinitions';
import { Agent, type Consent } from '../../support/agent';
import { type Answer, type EventServer, startEventServer } from '../../support/eventServer';
import { startLocalWorkspace } from '../../support/localLambda';

describe('lambda-invoke-async mcp', () => {
  let folder: string;
  let server: EventServer;
  let answer: Answer | undefined;
  let agents: Agent[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-mcp-'));
    answer = undefined;
    agents = [];
    server = await startEventServer(() => answer, 0, {
      '/configuration': { State: 'Active', Timeout: 7 },
      '/concurrency': { ReservedConcurrentExecutions: 0 },
    });
  });
  afterEach(async () => {
    await Promise.all(agents.map(async (agent) => agent.stop()));
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const start = async (
    consent?: (question: string) => Consent | Promise<Consent>,
    ...words: readonly string[]
  ) => {
    const options = { folder, words: ['--endpoint', server.url, ...words] };
    const agent = await Agent.start({ ...options, ...(consent && { consent }) });
    agents.push(agent);
    return agent;
  };
  const event = { functionName: 'orders', payload: '{"id": 1}' };

  it('offers the tools as they are defined, and says which of them only read', async () => {
    const { tools } = await (await start()).client.listTools();
    assert.deepEqual(
      tools.map(({ name, title, description, inputSchema, annotations }) => [
        name,
        { title, description, inputSchema, readsOnly: annotations?.readOnlyHint },
      ]),
      Object.entries(toolDefinitions),
    );
  });

  it('lists payloads with their targets', async () => {
    await write('.lambda/payloads/orders/created.json', '{}');
    await write('events/lines.jsonl', '{}\n');
    await write('src/package.json', '{}');
    await write(
      '.lambda/targets.json',
      '{ "targets": [{ "payloads": "events/*.jsonl", "function": "billing", "region": "eu-west-1" }] }',
    );
    const { value } = await (await start()).call('list_payloads');
    assert.deepEqual(value, {
      payloads: [
        {
          path: 'events/lines.jsonl',
          kind: 'eventFile',
          target: { payloads: 'events/*.jsonl', function: 'billing', region: 'eu-west-1' },
        },
        {
          path: '.lambda/payloads/orders/created.json',
          kind: 'payload',
          target: { function: 'orders' },
        },
      ],
    });
  });

  it('checks payloads as files and as text, with their schemas', async () => {
    await write('events/order.json', '{ "ID": 1 }');
    await write('order.schema.json', '{ "required": ["id"] }');
    await write(
      '.lambda/targets.json',
      '{ "targets": [{ "payloads": "events/*.json", "function": "orders", "schema": "order.schema.json" }] }',
    );
    const agent = await start();
    const file = await agent.call('check_payload', { path: 'events/order.json' });
    assert.equal(file.value['lambdaAccepts'], true, file.text);
    assert.deepEqual(codesOf(file.value), ['payload.schema 1:1']);
    const meant = { path: 'events/order.json', payload: '{ "id": 1 }' };
    assert.deepEqual(codesOf((await agent.call('check_payload', meant)).value), []);
    const broken = await agent.call('check_payload', { payload: '{\n  id: 1 }' });
    assert.equal(broken.value['lambdaAccepts'], false);
    assert.deepEqual(codesOf(broken.value), ['payload.syntax 2:3']);
    const s3 = '{ "Records": [{ "eventSource": "aws:s3", "s3": 1, "eventName": "x" }] }';
    const recognized = await agent.call('check_payload', { payload: s3 });
    assert.notDeepEqual(codesOf(recognized.value), [], recognized.text);
  });

  it('finds uses of InvokeAsync', async () => {
    await write(
      'a b/send.js',
      "const AWS = require('aws-sdk');\nnew AWS.Lambda().invokeAsync({ FunctionName: 'f', InvokeArgs: '{}' });\n",
    );
    const { value } = await (await start()).call('find_invoke_async', { paths: ['a b'] });
    assert.equal(value['total'], 1);
    const [use] = value['uses'] as readonly Record<string, unknown>[];
    assert.deepEqual(
      [use?.['path'], use?.['line'], use?.['column'], use?.['code']],
      ['a b/send.js', 2, 18, 'deprecated.invoke-async'],
    );
  });

  it('describes a function, part by part', async () => {
    const { value } = await (await start()).call('describe_function', { functionName: 'orders' });
    const { configuration, concurrency } = value as unknown as FunctionHealth;
    assert.equal(configuration.kind === 'known' && configuration.value.timeoutSeconds, 7);
    assert.deepEqual(concurrency, { kind: 'known', value: { reserved: 0 } });
  });

  it('follows an event to its end, and says of one that has none not to send it again', async () => {
    const workspace = await startLocalWorkspace({
      functions: { orders: { handler: 'orders.handler' } },
      files: { 'orders.js': "exports.handler = async (event) => console.log('got', event.id);" },
    });
    try {
      const words = ['--endpoint', workspace.local.endpoint, '--allow-send'];
      const agent = await Agent.start({ folder, words, consent: () => 'send' });
      agents.push(agent);
      const { requestId } = (await agent.call('send_event', event)).value;
      const functionName = 'orders';
      const done = await agent.call('follow_event', { functionName, requestId });
      assert.equal(done.value['state'], 'succeeded', done.text);
      assert.match(String(done.value['logLines']), /attempt 1: .*got 1/);
      const none = { functionName, requestId: 'no-such-request', seconds: 0.5 };
      const waiting = await agent.call('follow_event', none);
      assert.equal(waiting.value['because'], 'outOfTime', waiting.text);
      assert.match(String(waiting.value['meaning']), /do not send it again/);
    } finally {
      await workspace.stop();
    }
  });

  it('explains an outcome, and whether the event may be sent again', async () => {
    const agent = await start();
    const rejected = await agent.call('explain_outcome', {
      outcome: {
        kind: 'rejected',
        functionName: 'orders',
        error: { name: 'ResourceNotFoundException', message: 'gone' },
      },
    });
    assert.equal(rejected.value['maySendAgain'], true);
    assert.match(String(rejected.value['cause']), /orders/);
    const unknown = await agent.call('explain_outcome', {
      outcome: { kind: 'unknown', functionName: 'orders', error: { name: 'ECONNRESET' } },
    });
    assert.equal(unknown.value['maySendAgain'], false);
    assert.match(String(unknown.value['meaning']), /NEVER send this event again/);
    const wrong = await agent.call('explain_outcome', { outcome: { kind: 'lost' } });
    assert.ok(wrong.isError);
  });

  it('sends nothing unless that is allowed, whatever the user says', async () => {
    const questions: string[] = [];
    const agent = await start((question) => {
      questions.push(question);
      return 'send';
    });
    const { value } = await agent.call('send_event', event);
    assert.equal(value['kind'], 'notSent');
    assert.match(String(value['meaning']), /Sending is off.*--allow-send/);
    assert.deepEqual(questions, []);
    assert.equal(server.received, 0);
  });

  it('sends nothing where nobody can be asked', async () => {
    const agent = await start(undefined, '--allow-send');
    const { value } = await agent.call('send_event', event);
    assert.deepEqual([value['kind'], value['sentNow']], ['notSent', false]);
    assert.match(String(value['meaning']), /this client cannot ask/);
    assert.equal(server.received, 0);
  });

  for (const consent of ['decline', 'empty'] as const) {
    it(`sends nothing when the user answers: ${consent}`, async () => {
      const agent = await start(() => consent, '--allow-send');
      const { value } = await agent.call('send_event', event);
      assert.equal(value['kind'], 'notSent');
      assert.match(String(value['meaning']), /did not agree/);
      assert.equal(server.received, 0);
    });
  }

  it('asks each time, names where it goes, and says what accepted means', async () => {
    const questions: string[] = [];
    const consent = (question: string): Consent => {
      questions.push(question);
      return 'send';
    };
    await write('.lambda/payloads/orders-prod/created.json', '{"id": 1}');
    const agent = await start(consent, '--allow-send', '--confirm', 'ord*');
    const { value } = await agent.call('send_event', event);
    assert.deepEqual([value['kind'], value['maySendAgain']], ['accepted', false]);
    await agent.call('send_event', { path: '.lambda/payloads/orders-prod/created.json' });
    await agent.call('send_event', event);
    assert.equal(server.received, 3);
    const [first = '', prod = '', again = ''] = questions;
    assert.match(first, /^Send this event to orders\?\nProduction: it matches "ord\*"\.\n/);
    assert.match(first, /9 bytes, with Invoke · .*127\.0\.0\.1/);
    assert.match(prod, /^Send this event to orders-prod\?\nProduction: it matches "\*prod\*"\.\n/);
    assert.match(prod, /created\.json, 9 bytes/);
    assert.match(again, /The same event was sent there before, and was queued\./);
  });

  it('answers an agent that sends an unknown again, and does not obey it', async () => {
    answer = { status: 202, hangUp: true };
    let questions = 0;
    const agent = await start(() => {
      questions += 1;
      return 'send';
    }, '--allow-send');
    const first = await agent.call('send_event', event);
    assert.deepEqual([first.value['kind'], first.value['sentNow']], ['unknown', true], first.text);
    assert.match(String(first.value['meaning']), /NEVER send this event again/);
    answer = undefined;
    for (const again of [
      event,
      { ...event, payload: '{ "id" :1 }\n' },
      { ...event, api: 'InvokeAsync' },
    ]) {
      const { value } = await agent.call('send_event', again);
      assert.deepEqual(
        [value['kind'], value['sentNow'], value['maySendAgain']],
        ['unknown', false, false],
      );
      assert.match(String(value['note']), /It was not sent again/);
    }
    assert.equal(questions, 1);
    assert.equal(server.received, 1);
    // Another event is another matter.
    assert.equal(
      (await agent.call('send_event', { ...event, payload: '2' })).value['kind'],
      'accepted',
    );
  });

  it('sends one of two equal events at once', async () => {
    const user = new EventEmitter();
    const agent = await start(async () => {
      user.emit('asked');
      const [answered] = (await once(user, 'answer')) as [Consent];
      return answered;
    }, '--allow-send');
    const asked = once(user, 'asked');
    const first = agent.call('send_event', event);
    await asked;
    const other = await agent.call('send_event', event);
    assert.deepEqual([other.value['kind'], other.value['sentNow']], ['notSent', false]);
    user.emit('answer', 'send');
    assert.equal((await first).value['kind'], 'accepted');
    assert.equal(server.received, 1);
  });

  it('sends nothing that Lambda would reject', async () => {
    const agent = await start(() => 'send', '--allow-send');
    const { value } = await agent.call('send_event', { ...event, payload: '{id: 1}' });
    assert.equal(value['kind'], 'notSent');
    assert.equal(server.received, 0);
  });

  it('reads no file outside of its folders, not even through a link', async () => {
    await writeFile(`${folder}-outside.json`, '"outside"');
    await symlink(`${folder}-outside.json`, join(folder, 'link.json'));
    const agent = await start(() => 'send', '--allow-send');
    for (const path of ['../../etc/passwd', '/etc/passwd', `${folder}-outside.json`, 'link.json']) {
      for (const [tool, input] of [
        ['check_payload', { path }],
        ['find_invoke_async', { paths: [path] }],
        ['send_event', { path, functionName: 'orders' }],
      ] as const) {
        const { isError, text } = await agent.call(tool, input);
        assert.ok(isError, `${tool} ${path}: ${text}`);
        assert.match(text, /is no file or folder of the workspace/);
      }
    }
    await rm(`${folder}-outside.json`);
    assert.equal(server.received, 0);
  });

  it('tells no agent anything of credentials', async () => {
    await write('events/a.json', '{}');
    const agent = await start(() => 'send', '--allow-send');
    const answers = [
      await agent.call('list_payloads'),
      await agent.call('check_payload', { path: 'events/a.json' }),
      await agent.call('describe_function', { functionName: 'orders' }),
      await agent.call('explain_outcome', { outcome: { kind: 'unknown', functionName: 'orders' } }),
      await agent.call('send_event', event),
    ];
    for (const { text } of answers) assert.doesNotMatch(text, /secret|AKIDEXAMPLE|Signature=/);
  });

  it('says what is wrong with the input', async () => {
    const agent = await start();
    for (const [tool, input, message] of [
      ['describe_function', {}, /"functionName" is missing/],
      ['describe_function', { functionName: 1 }, /"functionName" must be a string/],
      ['describe_function', { functionName: 'f', profile: 'gone' }, /no AWS profile "gone"/],
      ['check_payload', {}, /Give "payload" or "path"/],
      ['find_invoke_async', { paths: 'src' }, /list of strings/],
      ['follow_event', { functionName: 'f', requestId: 'r', seconds: -1 }, /above 0/],
    ] as const) {
      const { isError, text } = await agent.call(tool, input);
      assert.ok(isError, text);
      assert.match(text, message);
    }
    await assert.rejects(agent.call('delete_function'), /There is no tool delete_function/);
  });
});

function codesOf(value: Readonly<Record<string, unknown>>): string[] {
  const problems = value['problems'] as readonly Record<string, unknown>[];
  return problems.map(
    ({ code, line, column }) => `${String(code)} ${String(line)}:${String(column)}`,
  );
}
