import assert from 'node:assert/strict';
import { Heartbeat, silenceMs, turnMs } from '../../../src/client/languageServer/serverHealth';
import { ServerRestarts } from '../../../src/client/languageServer/serverHealth';

describe('the pulse of the language server', () => {
  let hasWork = true;
  let pings: (() => void)[] = [];
  let silences = 0;
  let heartbeat: Heartbeat;
  beforeEach(() => {
    hasWork = true;
    pings = [];
    silences = 0;
    heartbeat = new Heartbeat({
      hasWork: () => hasWork,
      ping: () => new Promise((resolve) => pings.push(() => resolve(null))),
      onSilence: () => silences++,
    });
  });

  const turns = (count: number) => {
    for (let turn = 0; turn < count; turn++) heartbeat.turn();
  };

  it('is missed after 10 s of our own clock without an answer', () => {
    assert.equal(silenceMs, 10_000);
    turns(1 + silenceMs / turnMs - 1);
    assert.equal(silences, 0);
    turns(1);
    assert.equal(silences, 1);
    turns(1 + silenceMs / turnMs);
    assert.equal(silences, 2, 'and again by the server that came after it');
  });

  it('is not missed when the answer comes late', async () => {
    turns(silenceMs / turnMs);
    pings[0]?.();
    await Promise.resolve();
    turns(silenceMs / turnMs);
    assert.equal(silences, 0);
    assert.equal(pings.length, 2);
  });

  it('is not taken while no document is open', () => {
    hasWork = false;
    turns(100);
    assert.deepEqual([pings.length, silences], [0, 0]);
  });
});

describe('restarts of the language server', () => {
  it('are five in three minutes at most, and as many again when the user wants it', () => {
    let now = 0;
    const restarts = new ServerRestarts(() => now);
    const five = () => Array.from({ length: 5 }, () => restarts.take());
    assert.deepEqual(five(), [true, true, true, true, true]);
    assert.equal(restarts.take(), false);
    now = 179_999;
    assert.equal(restarts.take(), false);
    now = 180_000;
    assert.deepEqual(five(), [true, true, true, true, true]);
    assert.equal(restarts.take(), false);
    restarts.forget();
    assert.equal(restarts.take(), true);
  });
});
