import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { withKeysAlone } from '../../support/awsKeys';
import { type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { standIn } from '../../support/vscode';
import { type Client, startClient } from './client';

/** Environments from the file to the request, with the real SDK over HTTP. */
describe('the environment of a folder', () => {
  let client: Client;
  let server: FaultServer;
  withKeysAlone();
  beforeEach(async () => {
    client = await startClient();
    server = await startFaultServer(faults.accepts);
    writeTargets();
    client.write('events/a.json', '{"n":1}');
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  const writeTargets = (environments: object = {}) =>
    client.write(
      '.lambda/targets.json',
      JSON.stringify({
        environments: {
          dev: { region: 'eu-west-1', endpoint: server.url, variables: { alias: 'latest' } },
          prod: { region: 'us-east-1', endpoint: server.url, variables: { alias: 'live' } },
          ...environments,
        },
        targets: [{ payloads: 'events/*.json', function: 'orders-${env}:${alias}' }],
      }),
    );
  const uri = () => client.write('events/a.json', '{"n":1}');
  const invoke = async (argument: object = { uri: uri() }) =>
    (await client.commands['invokeAsync.invoke'](argument)) as Outcome | undefined;
  const select = async () => client.commands['invokeAsync.selectEnvironment']();

  it('is asked for by the first event, which goes where it says', async () => {
    client.user.answer('dev', 'Allow');
    const outcome = await invoke();
    assert.equal(outcome?.functionName, 'orders-dev:latest');
    assert.equal(outcome.kind, 'accepted');
    assert.match(client.user.lines[0] ?? '', /→ orders-dev:latest · .* · eu-west-1/);
    assert.match(server.requests[0]?.path ?? '', /orders-dev/);
    assert.ok(client.user.isDone);
    client.write('events/b.json', '{}');
    assert.equal((await invoke({ uri: client.write('events/b.json', '2') }))?.kind, 'accepted');
  });

  it('sends nothing when the user selects none', async () => {
    client.user.answer(undefined);
    assert.equal(await invoke(), undefined);
    assert.deepEqual(server.requests, []);
  });

  it('is part of the question before production, with the function as it is filled in', async () => {
    client.user.answer('prod');
    assert.equal(await select(), 'prod');
    client.user.answer('Allow', undefined);
    assert.equal(await invoke(), undefined);
    const question = client.user.shown.at(-1) ?? '';
    assert.match(question, /^Send this event to orders-prod:live\?/);
    assert.match(question, /\nEnvironment: prod\n/);
    assert.deepEqual(server.requests, []);
  });

  it('is production by its name alone, also when it is sent again', async () => {
    const billing = { uri: client.write('.lambda/payloads/billing/paid.json', '{}') };
    client.user.answer('prod');
    await select();
    client.user.answer('Allow', 'Send');
    const { requestId } = (await invoke(billing)) ?? {};
    assert.match(client.user.shown.join('\n'), /Send this event to billing\?/);
    client.user.answer('dev');
    await select();
    client.user.answer('Send', 'Send Again');
    await client.commands['invokeAsync.rerun']({ requestId });
    const questions = client.user.shown.filter((one) => one.startsWith('Send this event'));
    assert.match(questions.at(-1) ?? '', /Environment: prod\n[^]*Region: us-east-1/);
    assert.equal(server.requests.length, 2);
    assert.ok(client.user.isDone);
  });

  it('is part of the question when a run goes on, with the payload whose elements are sent', async () => {
    client.user.answer('prod');
    await select();
    standIn.set('sendFile.rate', 20);
    const elements = Array.from({ length: 60 }, (_, n) => n);
    const list = client.write('events/list.json', JSON.stringify(elements));
    client.user.answer('Allow', 'Send 60 events to billing', 'Send');
    const sent = client.commands['invokeAsync.sendElements']({
      uri: list,
      functionName: 'billing',
    });
    await client.user.until(() => server.requests.length > 2);
    await client.commands['invokeAsync.stopRun']();
    await sent;
    client.user.answer('dev');
    await select();
    client.user.answer(undefined);
    await client.commands['invokeAsync.resumeRun']();
    const question = client.user.shown.at(-1) ?? '';
    assert.match(question, /^Send 60 events to billing\?\nevents\/list\.json, with /);
    assert.match(question, /\nEnvironment: prod\n/);
  });

  it('loses to what the arguments and the target say', async () => {
    client.user.answer('dev');
    await select();
    const event = { uri: uri(), region: 'ap-south-1', endpoint: server.url };
    await invoke(event);
    assert.match(client.user.lines[0] ?? '', /ap-south-1/);
  });

  it('is asked for again when it is gone from the file', async () => {
    client.user.answer('dev');
    await select();
    client.write(
      '.lambda/targets.json',
      JSON.stringify({ environments: { test: { region: 'eu-west-1' } }, targets: [] }),
    );
    client.user.answer(undefined);
    assert.equal(await invoke(), undefined);
    assert.deepEqual(
      client.user.rows.map(({ label }) => label),
      ['test'],
    );
  });

  it('that lacks a variable stops the event, and says which', async () => {
    writeTargets({ test: { region: 'eu-west-1' } });
    client.user.answer('test');
    await select();
    const outcome = await invoke();
    assert.equal(outcome?.error?.name, 'TargetsError');
    assert.match(
      client.user.lines.join('\n'),
      /\$\{alias\} is not a variable of the environment test/,
    );
    assert.deepEqual(server.requests, []);
  });

  it('has no say in a workspace that is not trusted', async () => {
    const { workspace } = await import('../../support/vscode');
    Object.assign(workspace, { isTrusted: false });
    try {
      client.user.trusts = false;
      assert.equal(await invoke(), undefined);
      assert.equal(await select(), undefined);
      await client.library.payloads();
      const saved = (await client.tasks.ofPayloads()).find(({ name }) =>
        name.startsWith('events/'),
      );
      assert.ok(saved);
      assert.equal(saved.detail, undefined, 'no environment fills it in');
    } finally {
      Object.assign(workspace, { isTrusted: true });
    }
  });

  it('is nothing to select where the file names none', async () => {
    client.write('.lambda/targets.json', '{"targets":[]}');
    assert.equal(await select(), undefined);
    assert.match(client.user.shown.at(-1) ?? '', /has no "environments" to select from/);
    standIn.set('region', 'eu-west-1');
    const given = { uri: uri(), functionName: 'orders', endpoint: server.url };
    assert.equal((await invoke(given))?.kind, 'accepted');
  });

  it('holds for all payloads that are sent together, and is asked for once', async () => {
    const uris = ['b', 'c'].map((name) => client.write(`events/${name}.json`, `"${name}"`));
    client.user.answer('dev', 'Allow');
    const outcomes = (await client.commands['invokeAsync.invoke'](uris[0], uris)) as Outcome[];
    assert.deepEqual(
      outcomes.map(({ kind, functionName }) => [kind, functionName]),
      uris.map(() => ['accepted', 'orders-dev:latest']),
    );
  });
});
