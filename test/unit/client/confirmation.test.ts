import assert from 'node:assert/strict';
import { Confirmation } from '../../../src/client/invoke/confirmation';
import type { Invocation } from '../../../src/client/invoke/invocation';
import { RememberedSet } from '../../../src/client/rememberedSet';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { standIn } from '../../support/vscode';
import { FakeUi, memory } from './fakeUi';

const outcome: Outcome = {
  kind: 'accepted',
  api: 'Invoke',
  functionName: 'orders',
  durationMs: 1,
  payloadBytes: 2,
  attempts: 1,
};

function invocation(changes: object = {}, connection: object = {}): Invocation {
  return {
    api: 'Invoke',
    functionName: 'orders',
    payload: { text: '{}', label: 'typed JSON', folder: undefined },
    connection: {
      region: 'eu-west-1',
      regionSource: 'setting',
      timeoutMs: 1,
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      environment: {},
      ...connection,
    },
    ...changes,
  };
}

describe('the confirmation of an event', () => {
  let user: FakeUi;
  let now: number;
  let confirmation: Confirmation;
  beforeEach(() => {
    standIn.reset();
    user = new FakeUi();
    now = 0;
    const unguarded = new RememberedSet(memory(), 'unguardedFunctions');
    confirmation = new Confirmation(user.ui, unguarded, () => now);
  });

  it('asks by function, alias, account and profile, and while the account is not known', async () => {
    standIn.set('confirm', ['*prod*', '1234*']);
    const cases: [asks: boolean, invocation: Invocation][] = [
      [false, invocation({}, { accountId: '999999999999' })],
      [true, invocation({ functionName: 'orders-PROD' }, { accountId: '999999999999' })],
      [true, invocation({ qualifier: 'prod' }, { accountId: '999999999999' })],
      [true, invocation({}, { accountId: '999999999999', profile: 'production' })],
      [true, invocation({}, { accountId: '123456789012' })],
      [true, invocation()],
      [false, invocation({}, { endpoint: 'http://127.0.0.1:4566' })],
    ];
    for (const [asks, one] of cases) {
      if (asks) user.answer(undefined);
      assert.equal(await confirmation.allows(one), !asks);
      assert.ok(user.isDone);
    }
  });

  it('says that the account is unknown, and shows none of this machine', async () => {
    user.answer(undefined, undefined);
    await confirmation.allows(invocation({ functionName: 'prod' }));
    assert.match(user.shown[0] ?? '', /\nAccount: unknown\n/);
    await confirmation.allows(invocation({ functionName: 'prod' }, { endpoint: 'http://[::1]:1' }));
    assert.doesNotMatch(user.shown[1] ?? '', /Account/);
  });

  it('asks no more for one function at one place, whatever the port of this machine', async () => {
    user.answer("Don't Ask Again for This Function");
    const at = (endpoint: string, region = 'eu-west-1') =>
      invocation({ functionName: 'prod' }, { endpoint, region });
    assert.equal(await confirmation.allows(at('http://127.0.0.1:1')), true);
    assert.equal(await confirmation.allows(at('http://127.0.0.1:2')), true);
    user.answer(undefined);
    assert.equal(await confirmation.allows(at('http://127.0.0.1:1', 'us-east-1')), false);
  });

  it('of the same event asks while it is on its way, and for a second', async () => {
    let arrive: (value: Outcome) => void = () => undefined;
    const onItsWay = confirmation.once(
      invocation(),
      () => new Promise((resolve) => (arrive = resolve)),
    );
    now = 5000;
    user.answer(undefined);
    assert.equal(await confirmation.once(invocation(), async () => outcome), undefined);
    arrive(outcome);
    assert.equal(await onItsWay, outcome);

    assert.equal(await confirmation.once(invocation(), async () => outcome), outcome);
    now += 1000;
    user.answer('Send Again');
    assert.equal(await confirmation.once(invocation(), async () => outcome), outcome);
    now += 1001;
    assert.equal(await confirmation.once(invocation(), async () => outcome), outcome);
    assert.ok(user.isDone);
  });

  it('of another event, place or call asks nothing', async () => {
    await confirmation.once(invocation(), async () => outcome);
    const others = [
      invocation({ api: 'InvokeAsync' }),
      invocation({ qualifier: 'live' }),
      invocation({ payload: { text: '[]', label: 'typed JSON', folder: undefined } }),
      invocation({}, { region: 'us-east-1' }),
      invocation({}, { endpoint: 'http://127.0.0.1:1' }),
    ];
    for (const other of others) {
      assert.equal(await confirmation.once(other, async () => outcome), outcome);
    }
  });
});
