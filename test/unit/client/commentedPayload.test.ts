import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { withKeysAlone } from '../../support/awsKeys';
import { type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { standIn, Uri as StandInUri } from '../../support/vscode';
import { type Client, startClient } from './client';

/** JSON with comments, and JSON that is no file, with the real SDK over HTTP. */
describe('JSON for people', () => {
  let client: Client;
  let server: FaultServer;
  withKeysAlone();
  beforeEach(async () => {
    client = await startClient();
    server = await startFaultServer(faults.accepts);
    standIn.set('endpoint', server.url);
    standIn.set('region', 'eu-west-1');
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  const invoke = async (argument?: unknown) =>
    (await client.commands['invokeAsync.invoke'](argument)) as Outcome | undefined;
  const bodies = () => server.requests.map(({ body }) => body.toString());
  /** What is open in the editor. */
  const openUntitled = (text: string, languageId: string): Uri => {
    const uri = StandInUri.parse('untitled:Untitled-1');
    standIn.documents.push({ uri, getText: () => text, isDirty: true, encoding: 'utf8' });
    client.user.active = { uri, languageId, selectedText: '', lineEnd: '\n' };
    return uri;
  };

  it('is sent from a .jsonc file without its comments, which the output says, and is the same event later', async () => {
    const text = '{\n  // of the shop\n  "id": 1,\n}\n';
    const uri = client.write('.lambda/payloads/orders/a.jsonc', text);
    client.user.active = { uri, languageId: 'jsonc', selectedText: '', lineEnd: '\n' };
    assert.equal((await invoke())?.kind, 'accepted');
    assert.deepEqual(bodies(), ['{\n  \n  "id": 1\n}\n']);
    assert.equal(
      client.user.lines[1],
      '.lambda/payloads/orders/a.jsonc: sent without its comments and trailing commas.',
    );
    const [entry] = await client.history.entries();
    client.user.answer('Send Again');
    await client.commands['invokeAsync.rerun']({ entry });
    assert.equal(bodies()[1], bodies()[0], 'nobody was asked whether the file has changed');
  });

  it('keeps the comments of a .json file, about which the user is asked', async () => {
    const uri = client.write('.lambda/payloads/orders/a.json', '{} // kept');
    client.user.answer(undefined);
    assert.equal((await invoke({ uri }))?.kind, 'notSent');
    assert.match(client.user.shown.join('\n'), /Lambda would reject .*a\.json/);
    assert.deepEqual(bodies(), []);
  });

  it('shows a problem where it stands in the file', async () => {
    const uri = client.write('a.jsonc', '/* one */ [ oops ]');
    client.user.answer('Show Problem');
    await invoke({ uri, functionName: 'orders' });
    const [shown] = client.user.ran;
    assert.deepEqual(shown?.given, [uri]);
    assert.deepEqual(client.user.ranges, [{ start: 12, end: 16 }]);
  });

  it('is taken from an unsaved text of no language, when it is an object or an array', async () => {
    openUntitled('{ "id": 1 } // pasted', 'plaintext');
    client.picks.functionName = 'orders';
    assert.equal((await invoke())?.kind, 'accepted');
    assert.deepEqual(bodies(), ['{ "id": 1 } ']);
    assert.equal(client.user.lines[1], 'Untitled-1: sent without its comments.');
  });

  it('is taken from any unsaved text of JSON with comments', async () => {
    const uri = openUntitled('[ 1, 2, ]', 'jsonc');
    client.picks.functionName = 'orders';
    assert.equal((await invoke())?.kind, 'accepted');
    assert.equal((await invoke({ uri, functionName: 'billing' }))?.kind, 'accepted');
    assert.deepEqual(bodies(), ['[ 1, 2 ]', '[ 1, 2 ]']);
  });

  it('is not taken from any other text', async () => {
    for (const text of ['just a note', '42', '{ a: 1 }', '']) {
      standIn.documents = [];
      openUntitled(text, 'plaintext');
      client.user.answer('{"typed":1}');
      client.picks.functionName = undefined;
      assert.equal(await invoke(), undefined);
    }
    assert.equal(client.user.isDone, true, 'the user was asked for the event');
    assert.deepEqual(bodies(), []);
  });

  it('is sent of a selection, to the function that is picked, and again', async () => {
    const uri = client.write('src/order.test.ts', 'const event = { "id": 1, /* x */ };');
    const selectedText = '{ "id": 1, /* x */ }';
    client.user.active = { uri, languageId: 'typescript', selectedText, lineEnd: '\n' };
    client.picks.functionName = 'orders';
    const outcome = await client.commands['invokeAsync.sendSelection']();
    assert.equal((outcome as Outcome | undefined)?.kind, 'accepted');
    assert.match(client.user.lines[0] ?? '', /→ orders · selection in src\/order\.test\.ts/);
    assert.match(client.user.lines[1] ?? '', /^selection in .*: sent without its comments and/);
    client.user.answer('Send Again');
    await client.commands['invokeAsync.invokeAgain']();
    assert.deepEqual(bodies(), ['{ "id": 1   }', '{ "id": 1   }']);
  });

  it('is asked for where nothing is selected', async () => {
    assert.equal(await client.commands['invokeAsync.sendSelection'](), undefined);
    assert.deepEqual(client.user.shown, ['Select the JSON to send first.']);
  });
});
