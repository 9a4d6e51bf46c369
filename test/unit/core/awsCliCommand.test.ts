import assert from 'node:assert/strict';
import { awsCliCommand, shellQuoted } from '../../../src/core/awsCliCommand';

const sent = { functionName: 'orders', payloadFile: '/home/zoe/events/new order.json' } as const;

describe('the AWS CLI command of an invocation', () => {
  it('is invoke with the payload as bytes, which both versions of the CLI take as they are', () => {
    assert.equal(
      awsCliCommand({ ...sent, api: 'Invoke', region: 'us-east-1', profile: 'dev' }, 'posix'),
      "aws lambda invoke --function-name orders --invocation-type Event --payload 'fileb:///home/zoe/events/new order.json' --profile dev --region us-east-1 /dev/null",
    );
  });

  it('is invoke-async with the path of the payload, the qualifier a part of the name', () => {
    assert.equal(
      awsCliCommand({ ...sent, api: 'InvokeAsync', qualifier: '$LATEST' }, 'posix'),
      "aws lambda invoke-async --function-name 'orders:$LATEST' --invoke-args '/home/zoe/events/new order.json'",
    );
  });

  it('names qualifier and endpoint', () => {
    assert.equal(
      awsCliCommand(
        {
          api: 'Invoke',
          functionName: 'orders',
          qualifier: 'live',
          payloadFile: 'payload.json',
          endpoint: 'http://127.0.0.1:4566',
        },
        'posix',
      ),
      'aws lambda invoke --function-name orders --qualifier live --invocation-type Event --payload fileb://payload.json --endpoint-url http://127.0.0.1:4566 /dev/null',
    );
  });

  it('names tenant and durable execution', () => {
    const invocation = { ...sent, api: 'Invoke', tenantId: 'a b', durableName: 'o-7' } as const;
    assert.match(
      awsCliCommand(invocation, 'posix'),
      / --invocation-type Event --tenant-id 'a b' --durable-execution-name o-7 --payload /,
    );
  });

  it('is quoted for PowerShell on Windows', () => {
    const invocation = { api: 'Invoke', functionName: 'orders', qualifier: '$LATEST' } as const;
    assert.equal(
      awsCliCommand({ ...invocation, payloadFile: String.raw`C:\it's\a.json` }, 'powershell'),
      String.raw`aws lambda invoke --function-name orders --qualifier '$LATEST' --invocation-type Event --payload 'fileb://C:\it''s\a.json' NUL`,
    );
  });
});

describe('a word for the shell', () => {
  for (const [word, posix] of [
    ['plain-1.json', 'plain-1.json'],
    ['', "''"],
    ["it's", String.raw`'it'\''s'`],
    ['a b', "'a b'"],
    ['$HOME', "'$HOME'"],
    ['`id`', "'`id`'"],
    ['a;rm', "'a;rm'"],
    ['a\nb', "'a\nb'"],
    ['~root', "'~root'"],
    ['*', "'*'"],
  ] as const) {
    it(`${JSON.stringify(word)} is ${JSON.stringify(posix)}`, () => {
      assert.equal(shellQuoted(word, 'posix'), posix);
    });
  }
});
