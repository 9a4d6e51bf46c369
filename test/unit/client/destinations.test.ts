import assert from 'node:assert/strict';
import { ChosenConnections } from '../../../src/client/connection/chosenConnections';
import { Destinations } from '../../../src/client/connection/destinations';
import { RememberedSet } from '../../../src/client/rememberedSet';
import { awsFiles } from '../../support/awsFiles';
import { withKeysAlone } from '../../support/awsKeys';
import { standIn } from '../../support/vscode';
import { FakeUi, memory } from './fakeUi';

const far = 'https://lambda.example';

describe('where an event goes', () => {
  const user = new FakeUi();
  let destinations: Destinations;
  let connections: ChosenConnections;
  withKeysAlone();
  beforeEach(() => {
    standIn.reset();
    user.shown.length = 0;
    const stopped = {
      running: undefined,
      settled: async () => undefined,
      start: async () => Promise.reject(new Error('Local Lambda is not to be started.')),
    };
    connections = new ChosenConnections(memory());
    destinations = new Destinations(
      stopped,
      new RememberedSet(memory(), 'allowedEndpoints'),
      { environment: async () => ({ kind: 'none' }) },
      connections,
      user.ui,
    );
  });

  it('is asked once for each endpoint that the workspace names', async () => {
    standIn.set('endpoint', far, 'workspace');
    user.answer(undefined, 'Allow');
    assert.equal(await destinations.allowedEndpoint({}, undefined), undefined);
    assert.equal(await destinations.allowedEndpoint({}, undefined), far);
    assert.equal(await destinations.allowedEndpoint({}, undefined), far);
    assert.equal(user.shown.length, 2);
    assert.ok(user.isDone);
  });

  it('is not asked for an endpoint of the user, or of whoever runs the command', async () => {
    standIn.set('endpoint', far, 'user');
    assert.equal(await destinations.allowedEndpoint({}, undefined), far);
    standIn.set('endpoint', far, 'workspace');
    const endpoint = 'https://given.example';
    assert.equal(await destinations.allowedEndpoint({ endpoint }, undefined), endpoint);
    assert.deepEqual(user.shown, []);
  });

  it('is what the user chose for the folder, as a whole, unless the arguments say otherwise', async () => {
    standIn.set('endpoint', far, 'workspace');
    standIn.set('profile', 'of-the-team', 'workspace');
    standIn.set('region', 'us-east-1', 'workspace');
    const scope = standIn.open('/shop');
    const other = standIn.open('/other');
    const chosen = { profile: '', region: 'eu-west-1', endpoint: 'https://chosen.example' };
    await connections.choose(scope, chosen);
    assert.equal(await destinations.allowedEndpoint({}, scope), chosen.endpoint);
    const connect = async (given: object, folder = scope) =>
      destinations.connect({ given, endpoint: '', scope: folder });
    const { profile, profileSource, region } = await connect({});
    assert.deepEqual([profile, profileSource, region], [undefined, undefined, 'eu-west-1']);
    assert.equal((await connect({ region: 'eu-north-1' })).region, 'eu-north-1');
    // No other folder is concerned, nor this one once the choice is dropped.
    await assert.rejects(connect({}, other), /of-the-team/);
    await connections.forget(scope);
    await assert.rejects(connect({}), /of-the-team/);
    assert.deepEqual(user.shown, []);
  });

  it('has the account that its profile names, though nobody can be asked', async () => {
    const files = await awsFiles();
    await files.write({
      config: `[profile shop]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111122223333:role/Deploy\n`,
    });
    const before = { ...process.env };
    Object.assign(process.env, files.environment);
    try {
      const given = { profile: 'shop' };
      assert.equal((await destinations.ofEvent({ given }))?.accountId, '111122223333');
      // Neither credentials nor STS were asked for.
      assert.deepEqual(user.shown, []);
    } finally {
      process.env = before;
      await files.remove();
    }
  });

  it('is reached as the editor’s proxy settings say', async () => {
    const proxy = async () => {
      const given = { region: 'eu-west-1' };
      return (await destinations.connect({ given, endpoint: far })).proxy;
    };
    assert.deepEqual(await proxy(), { url: undefined, noProxy: [], strictSSL: true });
    standIn.set('http.proxy', 'http://proxy.example:3128');
    standIn.set('http.noProxy', ['internal.example']);
    standIn.set('http.proxyStrictSSL', false);
    assert.deepEqual(await proxy(), {
      url: 'http://proxy.example:3128',
      noProxy: ['internal.example'],
      strictSSL: false,
    });
    standIn.set('http.proxySupport', 'off');
    assert.equal((await proxy())?.url, undefined);
  });
});
