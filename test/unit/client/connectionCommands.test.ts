import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standIn } from '../../support/vscode';
import { type Client, startClient } from './client';

describe('the choice of a connection', () => {
  let client: Client;
  const environment = { ...process.env };
  beforeEach(async () => {
    client = await startClient();
    const config = join(client.folder.uri.fsPath, 'config');
    writeFileSync(config, '[profile dev]\nregion = eu-west-1\nsso_session = my\n');
    process.env['AWS_CONFIG_FILE'] = config;
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';
    delete process.env['AWS_PROFILE'];
  });
  afterEach(async () => {
    process.env = { ...environment };
    await client.dispose();
  });

  const select = async () => client.commands['invokeAsync.selectConnection']();
  const written = () =>
    ['profile', 'region', 'endpoint'].map((key) => standIn.settings.get(`invokeAsync.${key}`));

  it('is written for the folder when all three are chosen', async () => {
    client.picks.region = 'us-west-2';
    client.user.answer('dev', 'Another Endpoint…', ' http://localhost:4566 ');
    assert.deepEqual(await select(), {
      profile: 'dev',
      region: 'us-west-2',
      endpoint: 'http://localhost:4566',
    });
    assert.deepEqual(written(), [
      { value: 'dev', from: 'workspace' },
      { value: 'us-west-2', from: 'workspace' },
      { value: 'http://localhost:4566', from: 'workspace' },
    ]);
  });

  it('writes nothing when any of them is cancelled', async () => {
    client.user.answer(undefined);
    assert.equal(await select(), undefined);
    client.user.answer('dev');
    client.picks.region = undefined;
    assert.equal(await select(), undefined);
    client.user.answer('dev', undefined);
    client.picks.region = 'us-west-2';
    assert.equal(await select(), undefined);
    client.user.answer('dev', 'Another Endpoint…', undefined);
    assert.equal(await select(), undefined);
    assert.deepEqual(written(), [undefined, undefined, undefined]);
  });

  it('leaves no line in the settings for what is the default', async () => {
    client.picks.region = '';
    client.user.answer('AWS CLI default', 'AWS');
    await select();
    assert.deepEqual(written(), [undefined, undefined, undefined]);
    standIn.set('profile', 'dev', 'user');
    client.user.answer('AWS CLI default', 'AWS');
    await select();
    assert.deepEqual(written()[0], { value: '', from: 'workspace' });
  });

  it('does not take what is no endpoint', async () => {
    client.picks.region = 'us-west-2';
    client.user.answer('dev', 'Another Endpoint…', 'localhost');
    await assert.rejects(select, /is not a URL/);
    assert.deepEqual(written(), [undefined, undefined, undefined]);
  });

  it('waits for the trust in the workspace', async () => {
    client.user.trusts = false;
    assert.equal(await select(), undefined);
    assert.match(client.user.shown[0] ?? '', /trust this workspace first/);
  });
});
