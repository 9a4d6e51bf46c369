import assert from 'node:assert/strict';
import {
  type HistoryEntry,
  parseEntry,
  surplus,
  tellingOf,
} from '../../../src/client/history/historyEntry';
import { stateOf } from '../../../src/client/views/invocations/invocationState';

describe('a history entry', () => {
  it('is read from its file, and from nothing else', () => {
    const entry = { id: '1', sentAt: 1, functionName: 'orders', payload: { label: 'a', bytes: 2 } };
    assert.deepEqual(parseEntry(JSON.stringify(entry)), entry);
    for (const text of ['', '{', '{}', '[]', 'null', '"text"', '{"id":"1","sentAt":"now"}']) {
      assert.equal(parseEntry(text), undefined, text);
    }
  });

  it('is dropped when it is older than the newest of the limit', () => {
    assert.deepEqual(surplus(['3', '1', '2'], 2), ['1']);
    assert.deepEqual(surplus(['3', '1', '2'], 3), []);
    assert.deepEqual(surplus(['3', '1'], 0), ['3', '1']);
    assert.deepEqual(surplus(['3', '1'], -1), ['3', '1']);
  });

  it('is followed by itself on this machine, and on AWS only where the user wants that', () => {
    const onAws: HistoryEntry = {
      id: '1',
      sentAt: 1,
      api: 'Invoke',
      functionName: 'orders',
      payload: { label: 'a', bytes: 2 },
      region: 'eu-central-1',
      kind: 'accepted',
      requestId: 'r',
    };
    assert.equal(tellingOf(onAws, false), undefined);
    assert.equal(tellingOf(onAws, true), 'lines');
    assert.equal(tellingOf({ ...onAws, endpoint: 'local' }, true), 'state');
    assert.equal(tellingOf({ ...onAws, kind: 'rejected' }, true), undefined);
  });

  it('has the state of its answer, then of the log', () => {
    assert.equal(stateOf({ kind: 'unknown' }), 'unknown');
    assert.equal(stateOf({ kind: 'accepted' }), 'queued');
    assert.equal(stateOf({ kind: 'accepted', followed: 'notStarted' }), 'queued');
    assert.equal(stateOf({ kind: 'accepted', followed: 'retrying' }), 'retrying');
    assert.equal(stateOf({ kind: 'rejected', followed: 'succeeded' }), 'rejected');
  });
});
