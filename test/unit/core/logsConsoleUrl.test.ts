import assert from 'node:assert/strict';
import { parseFunctionIdentifier } from '../../../src/core/functionIdentifier/parse';
import { type LogPlace, logsConsoleUrl } from '../../../src/core/logsConsoleUrl';

describe('the log of a function in the console', () => {
  it('is the group that Lambda gives to it, filtered by the request', () => {
    assert.equal(
      url('orders:live', { region: 'eu-central-1', requestId: 'c91c-515a' }),
      'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2:log-groups/log-group/$252Faws$252Flambda$252Forders/log-events$3FfilterPattern$3D$2522c91c-515a$2522',
    );
  });

  it('is the group of its own where it has one', () => {
    assert.equal(
      url('orders', { region: 'us-east-1', group: '/shop/orders' }),
      'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/$252Fshop$252Forders/log-events',
    );
  });

  it('lies in the partition of the ARN', () => {
    assert.match(
      url('arn:aws-cn:lambda:cn-north-1:123456789012:function:orders', { region: 'us-east-1' }) ??
        '',
      /^https:\/\/cn-north-1\.console\.amazonaws\.cn\/cloudwatch\/home\?region=cn-north-1#/,
    );
  });

  it('has no address where the console has none', () => {
    assert.equal(url('orders', { region: 'us-iso-east-1' }), undefined);
  });
});

function url(functionName: string, place: Omit<LogPlace, 'function'>): string | undefined {
  const parsed = parseFunctionIdentifier(functionName);
  assert.ok(parsed.ok);
  return logsConsoleUrl({ function: parsed.identifier, ...place });
}
