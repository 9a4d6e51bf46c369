import assert from 'node:assert/strict';
import { patternsOf } from '../../../src/core/confirmPatterns';
import { askingPattern, type Destination } from '../../../src/core/guard';

const known = { accountId: '111111111111', profile: 'dev' };

describe('patterns that ask before sending', () => {
  const asks: readonly (readonly [string, Destination])[] = [
    ['*prod*', { ...known, functionName: 'orders-prod' }],
    ['*prod*', { ...known, functionName: 'Orders-PRODUCTION' }],
    ['*PROD*', { ...known, functionName: 'orders-prod' }],
    ['*prod*', { ...known, functionName: 'orders:prod' }],
    ['prod', { ...known, functionName: 'orders:prod' }],
    ['prod', { ...known, functionName: 'orders', qualifier: 'prod' }],
    ['orders:prod', { ...known, functionName: 'orders', qualifier: 'prod' }],
    ['*prod*', { functionName: 'orders', accountId: '1', profile: 'prod-admin' }],
    ['222222222222', { functionName: 'orders', accountId: '222222222222' }],
    ['2222*', { functionName: 'orders', accountId: '222222222222' }],
    [
      'orders',
      { ...known, functionName: 'arn:aws:lambda:us-east-1:123456789012:function:orders:live' },
    ],
    [
      'arn:aws-cn:*',
      { ...known, functionName: 'arn:aws-cn:lambda:cn-north-1:123456789012:function:orders' },
    ],
    ['order?', { ...known, functionName: 'orders' }],
    ['team/*', { functionName: 'orders', accountId: '1', profile: 'team/live' }],
    ['*', { ...known, functionName: 'orders' }],
    [' *prod* ', { ...known, functionName: 'prod' }],
  ];
  for (const [pattern, destination] of asks) {
    it(`${pattern} asks for ${JSON.stringify(destination)}`, () => {
      assert.equal(askingPattern(['nothing', pattern], destination), pattern);
    });
  }

  const doesNotAsk: readonly (readonly [string, Destination])[] = [
    ['*prod*', { ...known, functionName: 'orders' }],
    ['prod', { ...known, functionName: 'orders-prod' }],
    ['order?', { ...known, functionName: 'order' }],
    ['', { ...known, functionName: 'orders' }],
    ['order.', { ...known, functionName: 'orders' }],
    ['(o|x)rders', { ...known, functionName: 'orders' }],
    ['222222222222', { ...known, functionName: 'orders' }],
    ['*prod*', { functionName: 'orders' }],
  ];
  for (const [pattern, destination] of doesNotAsk) {
    it(`${pattern || 'an empty pattern'} does not ask for ${JSON.stringify(destination)}`, () => {
      assert.equal(askingPattern([pattern], destination), undefined);
    });
  }

  it('of an account ask while the account is not known', () => {
    assert.equal(askingPattern(['2222*'], { functionName: 'orders' }), '2222*');
    assert.equal(askingPattern(['222222222222'], { functionName: 'orders' }), '222222222222');
    assert.equal(askingPattern(['*v2*'], { functionName: 'orders' }), undefined);
  });

  it('are matched in time, whatever they are made of', () => {
    const functionName = 'a'.repeat(64);
    for (const pattern of ['*a'.repeat(1000), '*'.repeat(100_000), `${'1'.repeat(100_000)}x`])
      assert.equal(askingPattern([`${pattern}b`], { functionName }), undefined);
    assert.equal(askingPattern(['*a'.repeat(64)], { functionName }), '*a'.repeat(64));
  });

  it('name the first that asks, and none of no patterns', () => {
    assert.equal(askingPattern(['*b*', '*a*'], { ...known, functionName: 'ab' }), '*b*');
    assert.equal(askingPattern([], { ...known, functionName: 'prod' }), undefined);
  });
});

describe('the patterns that ask', () => {
  const usual = { default: ['*prod*'] };

  it('are those of the user, or the default, and what others add', () => {
    assert.deepEqual(patternsOf({ ...usual, others: [] }), ['*prod*']);
    assert.deepEqual(patternsOf({ ...usual, user: ['live'], others: [] }), ['live']);
    assert.deepEqual(patternsOf({ ...usual, others: [['a'], undefined, ['b', '*prod*']] }), [
      '*prod*',
      'a',
      'b',
    ]);
  });

  it('are switched off by the user alone, and not those that others add', () => {
    assert.deepEqual(patternsOf({ ...usual, user: ['live'], others: [[], [], []] }), ['live']);
    assert.deepEqual(patternsOf({ ...usual, others: [[]] }), ['*prod*']);
    assert.deepEqual(patternsOf({ ...usual, user: [], others: [] }), []);
    assert.deepEqual(patternsOf({ ...usual, user: [], others: [['a']] }), ['a']);
  });
});
