import assert from 'node:assert/strict';
import type { Invocation } from '../../../src/client/invoke/invocation';
import { Report } from '../../../src/client/invoke/report';
import { FakeUi, memory } from './fakeUi';

describe('the report of events sent with InvokeAsync', () => {
  const ofUser = memory();
  const invocation = {
    api: 'InvokeAsync',
    functionName: 'orders',
    payload: { text: '{}', label: 'typed JSON' },
    connection: {},
  } as unknown as Invocation;
  const accepted = {
    kind: 'accepted',
    api: 'InvokeAsync',
    functionName: 'orders',
    status: 202,
    durationMs: 1,
    payloadBytes: 2,
    attempts: 1,
  } as const;
  /** What is shown and written in a new window that sends so many events. */
  const inNewWindow = (events: number) => {
    const user = new FakeUi();
    const report = new Report(user.ui, ofUser);
    for (let count = 0; count < events; count++) report.accepted(invocation, accepted);
    const notices = user.lines.filter((line) => line.startsWith('InvokeAsync is deprecated'));
    return { messages: user.shown.length, notices: notices.length };
  };

  it('offers Invoke once on a machine, and says in each window why', () => {
    assert.deepEqual(inNewWindow(2), { messages: 1, notices: 1 });
    assert.deepEqual(inNewWindow(2), { messages: 0, notices: 1 });
  });
});
