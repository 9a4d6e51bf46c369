import assert from 'node:assert/strict';
import type { HistoryEntry } from '../../../src/client/invocations/historyEntry';
import { invocationItem } from '../../../src/client/invocations/invocationRow';

const entry: HistoryEntry = {
  id: '1',
  sentAt: new Date().setHours(14, 3, 12, 0),
  api: 'Invoke',
  functionName: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
  qualifier: 'live',
  payload: { label: 'events/created.json', bytes: 2 },
  region: 'eu-west-1',
  kind: 'accepted',
  status: 202,
  requestId: '7f0c2b1e',
};

describe('a row of the Invocations view', () => {
  const row = (changes: Partial<HistoryEntry> = {}) =>
    invocationItem({ ...entry, ...changes }, { isFollowing: false, hasPayloadText: false });

  it('tells invocations of one second apart by their payloads', () => {
    assert.equal(row().label, 'orders:live');
    assert.equal(row().description, 'created · 14:03:12 · Queued');
    const other = row({ payload: { label: 'events/cancelled.json', bytes: 2 } });
    assert.equal(other.description, 'cancelled · 14:03:12 · Queued');
    assert.notEqual(other.accessibilityInformation?.label, row().accessibilityInformation?.label);
  });

  it('says the reason to screen readers, too', () => {
    const { accessibilityInformation } = row({
      kind: 'rejected',
      errorName: 'AccessDeniedException',
    });
    assert.equal(
      accessibilityInformation?.label,
      'orders:live, Rejected, 14:03:12, created, Access denied (202)',
    );
  });

  it('opens the page with its details', () => {
    const { command } = row();
    assert.equal(command?.command, 'vscode.open');
    const [page] = command.arguments ?? [];
    assert.equal(String(page), 'invoke-async-invocation:/1/orders%20created.json.log');
  });

  it('has the request ID in its tooltip', () => {
    const { tooltip, description } = row();
    assert.match(typeof tooltip === 'string' ? tooltip : '', /\nRequest ID 7f0c2b1e\n/);
    assert.doesNotMatch(String(description), /7f0c2b1e/);
  });

  it('says what became of the others', () => {
    const { requestId: _, status: __, ...unanswered } = entry;
    const shown = (changes: Partial<HistoryEntry>) =>
      String(
        invocationItem(
          { ...unanswered, ...changes },
          {
            isFollowing: false,
            hasPayloadText: false,
          },
        ).description,
      ).split(' · ')[2];
    assert.equal(shown({ kind: 'sending' }), 'Sending');
    assert.equal(
      shown({ kind: 'notSent', errorName: 'ECONNREFUSED' }),
      'Nothing is listening there',
    );
    assert.equal(
      shown({ kind: 'rejected', status: 404, errorName: 'ResourceNotFoundException' }),
      'No such function (404)',
    );
    assert.equal(shown({ kind: 'notSent', errorName: 'EXOTIC' }), 'EXOTIC');
    assert.equal(shown({ followed: 'retrying' }), 'Failed, retrying');
    assert.equal(shown({ kind: 'unknown', errorName: 'TimedOut' }), 'Timed out');
    assert.equal(
      shown({ kind: 'unknown', errorName: 'WindowClosed' }),
      'Outcome unknown: the window was closed',
    );
  });
});
