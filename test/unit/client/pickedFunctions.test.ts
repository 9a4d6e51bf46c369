import assert from 'node:assert/strict';
import { PickedFunctions } from '../../../src/client/invoke/pickedFunctions';
import type { ConnectionRequest } from '../../../src/client/connection/destinations';
import type { Connection } from '../../../src/core/invocation/connection';
import { ConnectionError } from '../../../src/core/invocation/connectionError';
import { Uri } from '../../support/vscode';
import { FakeUi } from './fakeUi';

describe('what was picked', () => {
  let user: FakeUi;
  let asked: (string | undefined)[];
  beforeEach(() => {
    user = new FakeUi();
    asked = [];
  });

  const request = { given: {}, endpoint: '', scope: undefined };
  const connectionIn = (region: string): Connection => ({
    region,
    regionSource: 'setting',
    timeoutMs: 1000,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    environment: {},
  });
  /** Events go to eu-west-1 by themselves; with the account of the credentials, as far as it is known. */
  const functions = (found: Partial<Connection> | undefined, qualifier?: string) =>
    new PickedFunctions(
      {
        allowedEndpoint: async () => '',
        connect: async ({ given: { region } }: ConnectionRequest) =>
          connectionIn(region ?? 'eu-west-1'),
        ofEvent: async ({ given: { region } }) => {
          asked.push(region);
          return found && { ...connectionIn(region ?? 'eu-west-1'), ...found };
        },
      },
      { ask: async () => qualifier },
      { find: async () => found && { functionName: 'shop-Orders-1A2B', region: 'us-east-1' } },
      user.ui,
    );
  const identify = async (
    of: PickedFunctions,
    picked: Parameters<PickedFunctions['identify']>[0],
  ) => of.identify(picked, request);

  it('is named as it is, where it is where events go', async () => {
    const all = functions({ accountId: '123456789012' });
    assert.equal(await identify(all, { functionName: 'orders' }), 'orders');
    assert.equal(await identify(all, { functionName: 'orders', region: 'eu-west-1' }), 'orders');
    assert.deepEqual(asked, [], 'nobody asked for the account');
  });

  it('is named by its ARN, where it is elsewhere', async () => {
    const all = functions({ accountId: '123456789012' });
    const picked = { functionName: 'orders:live', region: 'us-east-1' };
    assert.equal(
      await identify(all, picked),
      'arn:aws:lambda:us-east-1:123456789012:function:orders:live',
    );
    assert.deepEqual(asked, ['us-east-1']);
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
    assert.equal(await identify(all, { functionName: arn, region: 'us-east-1' }), arn);
  });

  it('is nothing where the account is not known, which is told', async () => {
    const picked = { functionName: 'orders', region: 'us-east-1' };
    assert.equal(await identify(functions({}), picked), undefined);
    assert.match(user.shown.join(), /^orders is in us-east-1, and which account/);
    assert.equal(await identify(functions(undefined), picked), undefined, 'the user cancelled');
    assert.equal(user.shown.length, 1);
  });

  it('is named by its name on this machine, which has no accounts', async () => {
    const local = functions({ endpoint: 'http://127.0.0.1:4000' });
    assert.equal(await identify(local, { functionName: 'a', region: 'us-east-1' }), 'a');
  });

  it('is asked for in the region of its page where nothing else says one', async () => {
    const noRegion = new ConnectionError('NoRegion', 'No region.', '');
    const all = new PickedFunctions(
      {
        allowedEndpoint: async () => '',
        connect: async () => Promise.reject(noRegion),
        ofEvent: async () => ({ ...connectionIn('us-east-1'), accountId: '123456789012' }),
      },
      { ask: async () => undefined },
      { find: async () => undefined },
      user.ui,
    );
    assert.equal(
      await identify(all, { functionName: 'a', region: 'us-east-1' }),
      'arn:aws:lambda:us-east-1:123456789012:function:a',
    );
  });

  it('gets the version or alias that the user chooses in a second step', async () => {
    const picked = { functionName: 'orders', wantsQualifier: true };
    assert.equal(await identify(functions({}, 'live'), picked), 'orders:live');
    assert.equal(await identify(functions({}, undefined), picked), undefined);
  });

  it('has the name that its stack tells, in the region of the stack', async () => {
    const ofStack = { logicalId: 'Orders', uri: 'file:///template.yaml' };
    const picked = { functionName: 'Orders', ofStack };
    const account = { accountId: '123456789012' };
    assert.equal(
      await identify(functions(account), picked),
      'arn:aws:lambda:us-east-1:123456789012:function:shop-Orders-1A2B',
    );
    const live = { ...picked, wantsQualifier: true };
    assert.equal(
      await identify(functions(account, 'live'), live),
      'arn:aws:lambda:us-east-1:123456789012:function:shop-Orders-1A2B:live',
    );
    assert.equal(await identify(functions(undefined), picked), undefined, 'nobody could say');
  });

  it('is asked of AWS in a trusted workspace alone; a plain name asks nobody', async () => {
    const all = functions({ accountId: '123456789012' });
    const folder = { uri: Uri.file('/shop'), name: 'shop', index: 0 };
    user.trusts = false;
    assert.equal(await all.identifyIn(folder, { functionName: 'orders' }), 'orders');
    const page = { functionName: 'orders', region: 'us-east-1' };
    assert.equal(await all.identifyIn(folder, page), undefined);
    assert.match(user.shown.join(), /trust this workspace first/);
    user.trusts = true;
    assert.match((await all.identifyIn(folder, page)) ?? '', /^arn:aws:lambda:us-east-1:/);
  });
});
