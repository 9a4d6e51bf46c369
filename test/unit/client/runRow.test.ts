import assert from 'node:assert/strict';
import { runItem } from '../../../src/client/runs/runRow';
import type { Run } from '../../../src/client/runs/runs';

const run: Run = {
  folder: '/runs/1',
  target: {
    api: 'Invoke',
    functionName: 'orders',
    qualifier: undefined,
    region: 'eu-west-1',
    accountId: undefined,
    endpoint: undefined,
    profile: undefined,
  },
  file: { path: '/replays/june.jsonl', size: 9, sha256: '', lines: 12_480 },
  startedAt: new Date(0).toISOString(),
  progress: {
    state: 'running',
    lines: 12_480,
    counts: { accepted: 4312, rejected: 0, unknown: 0, invalid: 0 },
    errors: [],
    perSecond: 38.4,
    rate: 50,
  },
  isLocal: false,
};

describe('a row of a run', () => {
  it('says first what a narrow side bar is to show', () => {
    const { label, description } = runItem(run);
    assert.equal(label, 'orders');
    assert.equal(description, '4,312 of 12,480 · 38/s · 4 min left · june.jsonl');
  });

  it('says why it was slowed down', () => {
    const slowed = { ...run, progress: { ...run.progress, reason: 'queueAge' } } as Run;
    assert.equal(
      runItem(slowed).description,
      '4,312 of 12,480 · 38/s · 4 min left · Slowed down: events wait too long in the function’s queue · june.jsonl',
    );
  });

  it('has tenths of a low rate', () => {
    const slow = { ...run, progress: { ...run.progress, perSecond: 2.51 } } as Run;
    assert.match(String(runItem(slow).description), / · 2\.5\/s · 54 min left · /);
  });
});
