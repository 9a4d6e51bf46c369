import assert from 'node:assert/strict';
import { clearInvocations } from '../../../src/client/invocations/clearInvocations';
import { type Client, startClient } from './client';
import { FakeUi } from './fakeUi';

describe('Clear Invocations', () => {
  const cleared: number[] = [];
  const rows = (over: number) => ({
    countOver: async () => over,
    clear: async () => void cleared.push(over),
  });
  beforeEach(() => cleared.splice(0));

  it('asks once about all that is over', async () => {
    const user = new FakeUi(undefined, 'Clear');
    await clearInvocations([rows(1200), rows(0), rows(3)], user.ui);
    assert.deepEqual(cleared, []);
    assert.match(user.shown[0] ?? '', /^Clear 1,203 rows of the Invocations view\?\nTheir history/);
    await clearInvocations([rows(1), rows(0)], user.ui);
    assert.match(user.shown[1] ?? '', /^Clear 1 row of the Invocations view\?/);
    assert.deepEqual(cleared, [1, 0]);
  });

  it('does not ask when nothing is over, or when it is told so', async () => {
    const user = new FakeUi();
    await clearInvocations([rows(0)], user.ui);
    await clearInvocations([rows(2)], user.ui, { ask: false });
    assert.deepEqual(cleared, [0, 2]);
    assert.deepEqual(user.shown, []);
  });

  describe('of the view', () => {
    let client: Client;
    beforeEach(async () => {
      client = await startClient();
    });
    afterEach(() => client.dispose());

    it('keeps what the user does not want to clear', async () => {
      await client.commands['invokeAsync.invoke']({
        functionName: 'orders',
        payload: {},
        region: 'eu-west-1',
        endpoint: 'http://127.0.0.1:9',
      });
      client.user.answer(undefined, 'Clear');
      await client.commands['invokeAsync.clearInvocations']();
      assert.equal((await client.history.entries()).length, 1);
      await client.commands['invokeAsync.clearInvocations']();
      assert.deepEqual(await client.history.entries(), []);
    });
  });
});
