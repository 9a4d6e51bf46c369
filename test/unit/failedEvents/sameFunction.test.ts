import assert from 'node:assert/strict';
import { functionOfEvent } from '../../../src/core/failedEvents/sameFunction';
import { functionArn } from './records';

const asked = { functionName: 'orders', region: 'us-east-1', accountId: '123456789012' };

describe('functionOfEvent', () => {
  it('sends a dead letter, which names no function, where the user says', () => {
    assert.deepEqual(functionOfEvent({ ...asked, qualifier: 'live' }, {}), {
      functionName: 'orders',
      qualifier: 'live',
    });
  });

  it('sends what failed in $LATEST to the function as it was named', () => {
    const failed = { functionArn: `${functionArn}:$LATEST` };
    assert.deepEqual(functionOfEvent(asked, failed), { functionName: 'orders' });
  });

  it('sends what failed in an alias to that alias', () => {
    const failed = { functionArn: `${functionArn}:live` };
    const live = { functionName: 'orders', qualifier: 'live' };
    assert.deepEqual(functionOfEvent(asked, failed), live);
    const named = { ...asked, functionName: `${functionArn}:old` };
    const target = { functionName: functionArn, qualifier: 'live' };
    assert.deepEqual(functionOfEvent(named, failed), target);
  });

  const others = [
    'arn:aws:lambda:us-east-1:123456789012:function:billing:$LATEST',
    'arn:aws:lambda:eu-west-1:123456789012:function:orders:$LATEST',
    'arn:aws:lambda:us-east-1:210987654321:function:orders:$LATEST',
    'no ARN at all',
  ];
  for (const other of others) {
    it(`sends nothing of ${other}`, () => {
      assert.equal(functionOfEvent(asked, { functionArn: other }), undefined);
    });
  }

  it('does not need to know the account', () => {
    const { accountId: _, ...unknown } = asked;
    assert.deepEqual(functionOfEvent(unknown, { functionArn }), { functionName: 'orders' });
  });
});
