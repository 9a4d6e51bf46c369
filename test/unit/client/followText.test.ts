import assert from 'node:assert/strict';
import { isFailure, progressLine, tag } from '../../../src/client/invocations/followText';

describe('the words of a followed log', () => {
  const entry = {
    functionName: 'arn:aws:lambda:us-east-1:123456789012:function:orders:live',
    requestId: 'c91c',
  };

  it('name the function, and the attempt from the second on', () => {
    assert.equal(tag(entry), '[orders]');
    const failed = { kind: 'attempt', attempt: 2, state: 'failed' } as const;
    assert.equal(progressLine(failed, entry), '[orders, attempt 2] Attempt 2 failed.');
  });

  it('tell of attempts that failed, and of no others', () => {
    const failed = { kind: 'attempt', attempt: 1, state: 'failed' } as const;
    assert.equal(progressLine(failed, entry), '[orders] Attempt 1 failed.');
    assert.equal(progressLine({ ...failed, state: 'running' }, entry), undefined);
    const event = { kind: 'event', attempt: 1, time: 0, text: 'Succeeded.' } as const;
    assert.equal(progressLine(event, entry), undefined);
    assert.equal(progressLine({ kind: 'waiting', pauseMs: 1, state: 'running' }, entry), undefined);
  });

  it('tell how it ended, and why nobody looks any longer', () => {
    const end = { kind: 'end', state: 'succeeded', because: 'done' } as const;
    assert.equal(progressLine(end, entry), '[orders] Succeeded.');
    assert.equal(
      progressLine({ ...end, state: 'notStarted', because: 'outOfTime' }, entry),
      '[orders] The function has not started. Stopped following: timed out.',
    );
    assert.ok(isFailure({ ...end, state: 'failed' }) && !isFailure(end));
  });
});
