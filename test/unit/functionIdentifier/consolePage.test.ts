import assert from 'node:assert/strict';
import { consoleUrl, functionOfConsolePage } from '../../../src/core/functionIdentifier/consoleUrl';
import { parseFunctionIdentifier } from '../../../src/core/functionIdentifier/parse';

describe('the address of a function’s page in the console', () => {
  const cases: Record<string, readonly [functionIdentifier: string, region: string | undefined]> = {
    'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders': [
      'orders',
      'eu-west-1',
    ],
    'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders/aliases/live?tab=code':
      ['orders:live', 'eu-west-1'],
    'https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/orders/versions/12?tab=configure&subtab=envVars':
      ['orders:12', 'us-east-1'],
    'https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/orders/versions/%24LATEST':
      ['orders:$LATEST', 'us-east-1'],
    'https://console.aws.amazon.com/lambda/home#/functions/orders?tab=monitoring': [
      'orders',
      undefined,
    ],
    'https://us-west-2.console.aws.amazon.com/lambda/home#/functions/orders': [
      'orders',
      'us-west-2',
    ],
    'https://123456789012-ab12cd34.us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/orders/aliases/live':
      ['arn:aws:lambda:us-east-1:123456789012:function:orders:live', 'us-east-1'],
    'https://cn-north-1.console.amazonaws.cn/lambda/home?region=cn-north-1#/functions/orders': [
      'orders',
      'cn-north-1',
    ],
    'https://123456789012-ab12cd34.us-gov-west-1.console.amazonaws-us-gov.com/lambda/home?region=us-gov-west-1#/functions/orders':
      ['arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:orders', 'us-gov-west-1'],
  };
  for (const [address, [functionIdentifier, region]] of Object.entries(cases)) {
    it(`names ${functionIdentifier} in ${address}`, () => {
      assert.deepEqual(functionOfConsolePage(address), { functionIdentifier, region });
    });
  }

  for (const address of [
    '',
    'orders',
    'https://example.com/lambda/home?region=us-east-1#/functions/orders',
    'https://console.aws.amazon.com.example.com/lambda/home#/functions/orders',
    'https://evilconsole.aws.amazon.com/lambda/home#/functions/orders',
    'https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions',
    'https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/layers/orders',
    'https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/my%20function',
    'https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/%',
    'https://us-east-1.console.aws.amazon.com/s3/home?region=us-east-1#/functions/orders',
  ]) {
    it(`is none: ${address}`, () => assert.equal(functionOfConsolePage(address), undefined));
  }

  it('is understood as it is written', () => {
    for (const name of ['orders', 'orders:live', 'orders:12']) {
      for (const region of ['eu-west-1', 'cn-north-1', 'us-gov-east-1', 'eusc-de-east-1']) {
        const parsed = parseFunctionIdentifier(name);
        const address = parsed.ok ? consoleUrl(parsed.identifier, region) : undefined;
        assert.deepEqual(functionOfConsolePage(address ?? ''), {
          functionIdentifier: name,
          region,
        });
      }
    }
  });

  it('is read in no time, however long it is', () => {
    const start = 'https://console.aws.amazon.com/lambda/home';
    for (const part of ['?region=', '&region=us-east-1', '#', '/', 'a', '.'])
      functionOfConsolePage(start + part.repeat(100_000));
  });
});
