import assert from 'node:assert/strict';
import {
  compareIds,
  type HistoryEntry,
  nextId,
  parseEntry,
  surplus,
  followModeOf,
  stateOf,
} from '../../../src/client/invocations/historyEntry';

describe('a history entry', () => {
  const entry: HistoryEntry = {
    id: '1',
    sentAt: 1,
    api: 'Invoke',
    functionName: 'orders',
    payload: { label: 'a', bytes: 2 },
    region: 'eu-central-1',
    kind: 'accepted',
  };

  it('is read from its file, and from nothing else', () => {
    assert.deepEqual(parseEntry(JSON.stringify(entry)), entry);
    for (const text of ['', '{', '{}', '[]', 'null', '"text"', '{"id":"1","sentAt":"now"}']) {
      assert.equal(parseEntry(text), undefined, text);
    }
  });

  it('is read without what another version wrote differently, unless it is needed', () => {
    const more = { requestId: { id: 'r' }, followed: 'parked', status: '202', priority: 1 };
    assert.deepEqual(parseEntry(JSON.stringify({ ...entry, ...more })), entry);
    const payload = { ...entry.payload, text: 1, sha256: null };
    assert.deepEqual(parseEntry(JSON.stringify({ ...entry, payload })), entry);
    const broken = [
      { kind: 'parked' },
      { payload: null },
      { payload: { label: 'a' } },
      { region: 1 },
      { functionName: null },
      { api: 'InvokeLater' },
      { sentAt: 1.5 },
    ];
    for (const members of broken) {
      assert.equal(parseEntry(JSON.stringify({ ...entry, ...members })), undefined);
    }
  });

  const withIds = (...ids: string[]) => ids.map((id) => ({ ...entry, id }));

  it('is dropped when it is older than the newest of the limit', () => {
    assert.deepEqual(surplus(withIds('3', '1', '2'), 2), ['1']);
    assert.deepEqual(surplus(withIds('3', '1', '2'), 3), []);
    assert.deepEqual(surplus(withIds('3', '1'), 0), ['3', '1']);
    assert.deepEqual(surplus(withIds('3', '1'), -1), ['3', '1']);
  });

  it('is kept while it is being sent', () => {
    const [sending, sent] = withIds('1', '2');
    assert.ok(sending && sent);
    assert.deepEqual(surplus([{ ...sending, kind: 'sending' }, sent], 0), ['2']);
  });

  it('comes after all that were there before, whatever the clock says', () => {
    const first = nextId([], 2000);
    const second = nextId([first], 1000);
    const third = nextId([first, second, 'no id'], 2000);
    assert.deepEqual([third, first, second].toSorted(compareIds), [first, second, third]);
    assert.equal(Number.parseInt(nextId([first], 3000), 10), 3000);
  });

  it('is followed by itself on this machine, and on AWS only where the user wants that', () => {
    const onAws: HistoryEntry = { ...entry, requestId: 'r' };
    assert.equal(followModeOf(onAws, false), undefined);
    assert.equal(followModeOf(onAws, true), 'lines');
    assert.equal(followModeOf({ ...onAws, endpoint: 'local' }, true), 'state');
    const durable = { ...onAws, endpoint: 'local', durableExecutionArn: 'arn' };
    assert.equal(followModeOf(durable, true), undefined);
    assert.equal(followModeOf({ ...onAws, kind: 'rejected' }, true), undefined);
  });

  it('has the state of its answer, then of the log', () => {
    assert.equal(stateOf({ kind: 'unknown' }), 'unknown');
    assert.equal(stateOf({ kind: 'accepted' }), 'queued');
    assert.equal(stateOf({ kind: 'accepted', followed: 'notStarted' }), 'queued');
    assert.equal(stateOf({ kind: 'accepted', followed: 'retrying' }), 'retrying');
    assert.equal(stateOf({ kind: 'rejected', followed: 'succeeded' }), 'rejected');
    assert.equal(stateOf({ kind: 'sending' }), 'sending');
    assert.equal(stateOf({ kind: 'unknown', errorName: 'WindowClosed' }), 'interrupted');
  });
});
