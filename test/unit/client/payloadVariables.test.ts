import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { withKeysAlone } from '../../support/awsKeys';
import { type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { standIn } from '../../support/vscode';
import { type Client, startClient } from './client';

/** Variables from the file to the request and back from the history, with the real SDK over HTTP. */
describe('a payload with variables', () => {
  let client: Client;
  let server: FaultServer;
  withKeysAlone();
  beforeEach(async () => {
    client = await startClient();
    server = await startFaultServer(faults.accepts);
    standIn.set('endpoint', server.url);
    standIn.set('region', 'eu-west-1');
    writeTargets({ variables: true });
  });
  afterEach(async () => {
    delete process.env['PAYLOAD_TEST'];
    await client.dispose();
    await server.stop();
  });

  const writeTargets = (target: object) =>
    client.write(
      '.lambda/targets.json',
      JSON.stringify({ targets: [{ payloads: 'events/*', function: 'orders', ...target }] }),
    );
  const write = (text: string) => client.write('events/a.json', text);
  const invoke = async (argument: object) =>
    (await client.commands['invokeAsync.invoke'](argument)) as Outcome | undefined;
  const bodies = () => server.requests.map(({ body }) => body.toString());

  it('is filled in and shown, and what was shown is sent', async () => {
    process.env['PAYLOAD_TEST'] = 'a "quoted" value';
    const uri = write('{ "id": "${uuid}", "by": "${env.PAYLOAD_TEST}", "n": "${input:Which?}" }');
    client.user.answer('7', 'Send');
    assert.equal((await invoke({ uri }))?.kind, 'accepted');
    const [body = ''] = bodies();
    const { id, ...others } = JSON.parse(body) as Record<string, string>;
    assert.match(id ?? '', /^[\da-f-]{36}$/);
    assert.deepEqual(others, { by: 'a "quoted" value', n: '7' });
    const question = client.user.shown.find((one) => one.startsWith('Send this event to orders?'));
    assert.ok(question?.endsWith(body), question);
  });

  it('is sent again as it was sent', async () => {
    const uri = write('{ "id": "${uuid}" }');
    client.user.answer('Send', 'Send Again');
    await invoke({ uri });
    const [entry] = await client.history.entries();
    assert.ok(entry);
    assert.equal(entry.payload.text, undefined, 'nothing is kept on the disk');
    await client.commands['invokeAsync.rerun']({ entry });
    const [first, second, ...others] = bodies();
    assert.equal(second, first);
    assert.deepEqual(others, []);
  });

  it('is not sent when the user does not like what is shown, or leaves a question', async () => {
    const uri = write('"${input:Which?}"');
    client.user.answer('7', undefined, undefined);
    assert.equal(await invoke({ uri }), undefined);
    assert.equal(await invoke({ uri }), undefined);
    assert.deepEqual(bodies(), []);
  });

  it('is not sent when a variable stands for nothing', async () => {
    const outcome = await invoke({ uri: write('"${gone}"') });
    assert.equal(outcome?.kind, 'notSent');
    assert.match(outcome.error?.message ?? '', /events\/a\.json: Line 1: \$\{gone\} is unknown/);
    assert.deepEqual(bodies(), []);
  });

  it('stays as it is where its target does not say so, or as the text of a command', async () => {
    const uri = write('"${env.HOME}"');
    await invoke({ uri, payload: '"${uuid}"' });
    writeTargets({});
    await invoke({ uri });
    assert.deepEqual(bodies(), ['"${uuid}"', '"${env.HOME}"']);
  });

  it('has no say where many lines are sent, or an agent sends', async () => {
    const lines = client.write('events/lines.jsonl', '"${uuid}"\n');
    await client.commands['invokeAsync.sendFile']({ uri: lines });
    assert.match(
      client.user.shown.join('\n'),
      /only the editor does that, for one event at a time/,
    );
    write('"${uuid}"');
    standIn.set('agents.send', true);
    const tools = await client.commands.agentTools();
    assert.equal(await tools.prepare('send_event', { path: 'events/a.json' }), undefined);
    assert.deepEqual(bodies(), []);
  });
});
