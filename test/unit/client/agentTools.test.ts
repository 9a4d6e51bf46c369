import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { CancellationToken } from 'vscode';
import type { EditorTools } from '../../../src/client/agents/editorTools';
import { mcpServers, resolvedMcpServer } from '../../../src/client/agents/mcpServers';
import { readMcpArguments } from '../../../src/mcp/arguments';
import type { ToolName } from '../../../src/mcp/toolDefinitions';
import { withKeysAlone } from '../../support/awsKeys';
import { type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { standIn, workspace } from '../../support/vscode';
import { type Client, startClient } from './client';

const token = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => undefined }),
} as unknown as CancellationToken;

/** The tools as an agent in the editor uses them, with the real SDK over HTTP. */
describe('the tools for agents in the editor', () => {
  let client: Client;
  let server: FaultServer;
  let tools: EditorTools;
  withKeysAlone();
  beforeEach(async () => {
    client = await startClient();
    server = await startFaultServer(faults.accepts);
    tools = await client.commands.agentTools();
    standIn.set('endpoint', server.url);
    standIn.set('region', 'eu-west-1');
    standIn.set('agents.send', true);
  });
  afterEach(async () => {
    workspace.isTrusted = true;
    await client.dispose();
    await server.stop();
  });

  const event = { functionName: 'orders', payload: '{"n":1}' };
  const call = async (name: ToolName, input: object = {}) => {
    const { content } = await tools.invoke(name, input, token);
    return (content[0] as { readonly value: string }).value;
  };
  const answer = async (name: ToolName, input: object = {}) =>
    JSON.parse(await call(name, input)) as Readonly<Record<string, unknown>>;
  const question = async (input: object) => {
    const { title, message } = (await tools.prepare('send_event', input))?.confirmationMessages ?? {
      title: '',
      message: '',
    };
    const text = typeof message === 'string' ? message : message.value;
    return [title, ...text.replaceAll('\\', '').split('\n\n')];
  };
  const sent = () => server.requests.map(({ body }) => body.toString());

  it('have the editor ask before an event, with where it goes, and send what was asked about', async () => {
    const [title, about] = await question(event);
    assert.equal(title, 'Send this event to orders?');
    assert.match(
      about ?? '',
      /^JSON written by the agent, 7 bytes, with InvokeAsync · eu-west-1 · /,
    );
    const outcome = await answer('send_event', event);
    assert.deepEqual([outcome['kind'], outcome['sentNow']], ['accepted', true]);
    assert.deepEqual(sent(), ['{"n":1}']);
    const [entry] = await client.history.entries();
    assert.equal(entry?.functionName, 'orders');
  });

  it('ask by themselves about what the editor has not asked about', async () => {
    client.user.answer(undefined);
    assert.equal((await answer('send_event', event))['kind'], 'notSent');
    client.user.answer('Send');
    assert.equal((await answer('send_event', event))['kind'], 'accepted');
    assert.match(client.user.shown[0] ?? '', /^Send this event to orders\?\nJSON written by/);
    assert.equal(sent().length, 1);
  });

  it('ask again when the file has changed since', async () => {
    client.write('.lambda/payloads/orders/created.json', '{"n":1}');
    const input = { path: '.lambda/payloads/orders/created.json' };
    await question(input);
    client.write('.lambda/payloads/orders/created.json', '{"n":22}');
    client.user.answer('Send');
    assert.equal((await answer('send_event', input))['kind'], 'accepted');
    assert.match(client.user.shown[0] ?? '', /created\.json, 8 bytes/);
    assert.deepEqual(sent(), ['{"n":22}']);
  });

  it('ask once for each event: consent is used up', async () => {
    await question(event);
    await answer('send_event', event);
    client.user.answer(undefined);
    assert.equal((await answer('send_event', event))['kind'], 'notSent');
    assert.equal(sent().length, 1);
  });

  it('ask a second time before production, as every command does', async () => {
    const [, production] = await question({ ...event, functionName: 'orders-prod' });
    assert.equal(production, 'Production: it matches "*prod*".');
    client.user.answer(undefined);
    const { kind, error } = await answer('send_event', { ...event, functionName: 'orders-prod' });
    assert.equal(kind, 'notSent');
    assert.equal((error as { readonly name: string }).name, 'NotConfirmed');
    assert.deepEqual(sent(), []);
  });

  it('send nothing, and ask nothing, unless the setting allows it', async () => {
    standIn.set('agents.send', false);
    assert.deepEqual(await question(event), ['', '']);
    const { kind, meaning } = await answer('send_event', event);
    assert.equal(kind, 'notSent');
    assert.match(String(meaning), /setting invokeAsync\.agents\.send\. Do not try/);
    assert.deepEqual(sent(), []);
  });

  it('answer an agent that sends an unknown again, and do not obey it', async () => {
    await server.stop();
    server = await startFaultServer(faults.resetsBeforeHeaders);
    standIn.set('endpoint', server.url);
    await question(event);
    const first = await answer('send_event', event);
    assert.deepEqual([first['kind'], first['maySendAgain']], ['unknown', false]);
    assert.match(String(first['meaning']), /NEVER send this event again/);
    assert.deepEqual(await question(event), ['', '']);
    const second = await answer('send_event', event);
    assert.deepEqual([second['kind'], second['sentNow']], ['unknown', false]);
    assert.equal(sent().length, 1);
  });

  it('send where the environment of the folder says, and name it', async () => {
    client.write(
      '.lambda/targets.json',
      JSON.stringify({
        environments: { prod: { region: 'us-east-1', endpoint: server.url } },
        targets: [{ payloads: 'events/*.json', function: 'orders-${env}' }],
      }),
    );
    const path = 'events/a.json';
    client.write(path, '{}');
    assert.match(
      await call('send_event', { path }),
      /Ask the user to run the command "Lambda: Select/,
    );
    client.user.answer('prod');
    await client.commands['invokeAsync.selectEnvironment']();
    client.user.answer('Allow');
    const [title, production, about] = await question({ path });
    assert.equal(title, 'Send this event to orders-prod?');
    assert.match(production ?? '', /^Production/);
    assert.match(about ?? '', /· environment prod · us-east-1/);
    client.user.answer('Send');
    assert.equal((await answer('send_event', { path }))['kind'], 'accepted');
    assert.match(client.user.shown.join('\n'), /Environment: prod/);
    const { payloads } = await answer('list_payloads');
    assert.deepEqual(payloads, [
      { path, kind: 'payload', target: { payloads: 'events/*.json', function: 'orders-prod' } },
    ]);
  });

  it('refuse what is no function before anybody is asked', async () => {
    const input = { ...event, functionName: '[a](command:b)' };
    assert.deepEqual(await question(input), ['', '']);
    assert.match(await call('send_event', input), /^\[a\]\(command:b\): /);
  });

  it('read nothing of AWS and send nothing from an untrusted workspace', async () => {
    workspace.isTrusted = false;
    assert.deepEqual(await question(event), ['', '']);
    for (const [name, input] of [
      ['send_event', event],
      ['describe_function', event],
      ['follow_event', { ...event, requestId: 'r' }],
      ['explain_outcome', { outcome: { kind: 'unknown' } }],
    ] as const) {
      assert.match(await call(name, input), /not trusted/);
    }
    assert.deepEqual(server.requests, []);
    assert.deepEqual(mcpServers('dist', client.known.connections), []);
    client.write('events/a.json', '{}');
    assert.deepEqual(await answer('list_payloads'), {
      payloads: [{ path: 'events/a.json', kind: 'payload' }],
    });
  });

  it('ask nothing about a text of quotes that never end, and look at it in no time', async () => {
    const input = { functionName: 'orders', payload: String.raw`\"`.repeat(200_000) };
    assert.equal(await tools.prepare('send_event', input), undefined);
  });

  describe('by MCP', () => {
    it('work as the editor is set to', async () => {
      standIn.set('profile', 'dev');
      standIn.set('confirm', ['billing*', '--help']);
      const [definition, ...others] = mcpServers('dist', client.known.connections);
      assert.deepEqual(others, []);
      assert.ok(definition);
      assert.deepEqual(definition.env, { ELECTRON_RUN_AS_NODE: '1' });
      const resolved = resolvedMcpServer(definition, 'dist', client.known);
      const [script, ...words] = resolved?.args ?? [];
      assert.match(script ?? '', /dist.mcp\.js$/);
      assert.deepEqual(readMcpArguments(words), {
        folders: [client.folder.uri.fsPath],
        api: 'InvokeAsync',
        profile: 'dev',
        region: 'eu-west-1',
        endpoint: server.url,
        timeoutMs: 30_000,
        confirm: ['billing*', '--help'],
        allowSend: true,
      });
    });

    it('are started for an endpoint of the workspace once the user has allowed it, and never ask', async () => {
      standIn.set('endpoint', server.url, 'workspace');
      standIn.set('agents.send', false);
      const [definition] = mcpServers('dist', client.known.connections);
      assert.ok(definition);
      assert.doesNotMatch(definition.args.join(' '), /--allow-send|--endpoint/);
      assert.equal(resolvedMcpServer(definition, 'dist', client.known), undefined);
      await client.known.allowed.add(server.url);
      assert.match(
        resolvedMcpServer(definition, 'dist', client.known)?.args.join(' ') ?? '',
        /--endpoint=http/,
      );
    });

    it('reach Local Lambda while it runs, and do not start it', async () => {
      standIn.set('endpoint', 'local');
      client.write('.lambda/local.json', '{ "functions": {} }');
      const [definition] = mcpServers('dist', client.known.connections);
      assert.ok(definition);
      assert.equal(resolvedMcpServer(definition, 'dist', client.known), undefined);
      await client.commands['invokeAsync.startLocal']();
      const resolved = resolvedMcpServer(definition, 'dist', client.known);
      assert.match(resolved?.args.join(' ') ?? '', /--endpoint=http:\/\/127\.0\.0\.1:\d+/);
    });

    it('send where the user chose, whatever the settings say, and ask nothing', async () => {
      standIn.set('endpoint', server.url, 'workspace');
      standIn.set('profile', 'dev');
      const chosen = { profile: 'mine', region: 'eu-north-1', endpoint: 'http://chosen.example' };
      await client.known.connections.choose(client.folder, chosen);
      const [definition] = mcpServers('dist', client.known.connections);
      assert.ok(definition);
      const resolved = resolvedMcpServer(definition, 'dist', client.known);
      const words = resolved?.args.join(' ') ?? '';
      assert.match(words, /--profile=mine --region=eu-north-1 --endpoint=http:\/\/chosen\.example/);
    });

    it('have a server for each folder', () => {
      standIn.open(join(client.folder.uri.fsPath, '../billing'));
      assert.deepEqual(
        mcpServers('dist', client.known.connections).map(({ label }) => label),
        ['Lambda Invoke Async (workspace)', 'Lambda Invoke Async (billing)'],
      );
    });
  });
});
