import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { type SchemasServer, startSchemasServer } from '../support/schemasServer';
import { set, workspaceFile } from './commands';
import { Screen } from './screen';

describe('test events of the console', () => {
  let screen: Screen;
  let server: SchemasServer;
  let restore: () => Promise<void>;
  before(async function () {
    screen = Screen.of(this);
    server = await startSchemasServer();
    restore = await set({ endpoint: server.url, region: 'eu-west-1' }, { ofUser: true });
  });
  after(async () => {
    await restore();
    await server.stop();
  });

  const payload = (name: string) => workspaceFile(`.lambda/payloads/shared/${name}.json`);

  it('are compared before anything is written, and imported when the user says so', async () => {
    const event = (value: object) => ({ value, 'x-metadata': { invocationType: 'Event' } });
    const examples = { created: event({ id: 2 }), canceled: event({ id: 1, canceled: true }) };
    server.registries.add('lambda-testevent-schemas');
    const document = { openapi: '3.0.0', components: { examples } };
    server.write('_shared-schema', JSON.stringify(document));
    await workspace.fs.writeFile(payload('created'), Buffer.from('{ "id": 1 }\n'));

    const imported = commands.executeCommand('invokeAsync.importTestEvents', payload('created'));
    await screen.waitForInput(/Test Events of shared/);
    await screen.waitForPicks(['Import 1 test event', 'created', 'canceled']);
    await assert.rejects(async () => workspace.fs.stat(payload('canceled')));
    await screen.press('Enter');
    assert.equal(await imported, 1);
    const text = Buffer.from(await workspace.fs.readFile(payload('canceled'))).toString();
    assert.deepEqual(JSON.parse(text), { id: 1, canceled: true });
    const kept = Buffer.from(await workspace.fs.readFile(payload('created'))).toString();
    assert.equal(kept, '{ "id": 1 }\n');
  });
});
