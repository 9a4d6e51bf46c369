import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { Preflight } from '../../../src/client/invoke/preflight';
import type { Problem } from '../../../src/core/problem';
import { FakeUi } from './fakeUi';

describe('the check before an event is sent', () => {
  const event = (text: string) => ({
    functionName: 'orders',
    api: 'Invoke' as const,
    payload: {
      text,
      label: 'events/a.json',
      folder: undefined,
      uri: { path: '/w/events/a.txt', toString: () => 'file:///w/events/a.txt' } as Uri,
      target: { function: 'orders', schema: 'schemas/order.json' },
    },
  });
  const problem = (code: Problem['code'], severity: Problem['severity']): Problem => ({
    code,
    severity,
    message: `${code} is wrong.`,
    range: { start: 2, end: 3 },
    fixes: [],
  });
  const check = async (user: FakeUi, ...problems: Problem[]) => {
    const server = { checkPayload: async () => problems, payloadInvoked: async () => {} };
    await new Preflight(server, user.ui).check(event('{\n}'));
  };

  it('tells what does not match a schema, and asks nothing', async () => {
    const user = new FakeUi();
    await check(
      user,
      problem('payload.schema', 'information'),
      problem('payload.schema', 'error'),
      problem('payload.schema', 'warning'),
    );
    assert.deepEqual(user.lines, [
      'events/a.json does not match schemas/order.json: Line 2: payload.schema is wrong. (1 more)',
    ]);
    assert.deepEqual(user.shown, []);
  });

  it('tells why nothing was validated', async () => {
    const user = new FakeUi();
    await check(user, problem('payload.unchecked', 'warning'));
    assert.match(user.lines[0] ?? '', /was not validated against schemas\/order\.json/);
  });

  it('asks for what Lambda would reject', async () => {
    const user = new FakeUi('Send Anyway');
    await check(user, problem('payload.syntax', 'error'));
    assert.match(user.shown[0] ?? '', /Lambda would reject events\/a\.json/);
    await assert.rejects(check(new FakeUi(undefined), problem('payload.syntax', 'error')), {
      name: 'payload.syntax',
    });
  });
});
