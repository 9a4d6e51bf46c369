import assert from 'node:assert/strict';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { findFailedEventPlaces, openFailedEvents } from '../../src/aws/failedEvents/main';
import { resolveConnection } from '../../src/aws/main';
import { placeOfArn } from '../../src/core/failedEvents/place';
import { readFailedEvent } from '../../src/core/failedEvents/readFailedEvent';
import { failureRecord, letterAttributes, requestId } from '../unit/failedEvents/records';
import type { Check } from './check';

const event = '{ "id": 9007199254740993, "name": "Zoë ✓" }';
const environment = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };

/** What is tried, one after the other. */
export function motoChecks(endpoint: string): Check[] {
  const region = 'us-east-1';
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
  const own = { endpoint, region, credentials };
  const connect = async () =>
    resolveConnection({ endpoint, region, timeoutMs: 20_000, environment });
  const sqs = new SQS(own);
  const s3 = new S3({ ...own, forcePathStyle: true });
  // moto keeps the queue of a function to itself.
  const deadLetters = placeOfArn('deadLetters', 'arn:aws:sqs:us-east-1:123456789012:dead');
  const bucket = async () => {
    const found = await findFailedEventPlaces(await connect(), { functionName: 'orders' });
    const { failureDestination } = found;
    assert.ok(failureDestination.kind === 'known' && failureDestination.value);
    return failureDestination.value;
  };

  return [
    {
      name: 'a function names its failure destination',
      async check() {
        await createRole(endpoint);
        await sqs.createQueue({ QueueName: 'dead' });
        await s3.createBucket({ Bucket: 'failed' });
        const lambda = new Lambda(own);
        await lambda.createFunction({
          FunctionName: 'orders',
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::123456789012:role/orders',
          Code: { ZipFile: Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64') },
        });
        await lambda.putFunctionEventInvokeConfig({
          FunctionName: 'orders',
          DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failed' } },
        });
        assert.deepEqual([(await bucket()).service, (await bucket()).name], ['bucket', 'failed']);
      },
    },
    {
      name: 'a dead letter on SQS is read, held, given back, claimed and removed',
      async check() {
        const { QueueUrl } = await sqs.getQueueUrl({ QueueName: 'dead' });
        const MessageAttributes = Object.fromEntries(
          Object.entries(letterAttributes).map(([name, StringValue]) => [
            name,
            { DataType: name === 'ErrorCode' ? 'Number' : 'String', StringValue },
          ]),
        );
        await sqs.sendMessage({ QueueUrl, MessageBody: event, MessageAttributes });
        const first = await openFailedEvents(await connect(), deadLetters, 'orders');
        const [held] = await first.next();
        assert.ok(held?.message);
        const read = readFailedEvent(held.message);
        assert.equal(read.kind === 'event' && read.payload, event);
        assert.equal(read.details.requestId, requestId);
        const second = await openFailedEvents(await connect(), deadLetters, 'orders');
        assert.deepEqual(await second.next(), []);
        await first.close();
        const [again] = await second.next();
        assert.equal(again?.id, held.id);
        assert.equal(await second.claim(held.id), true);
        await second.remove(held.id);
        await second.close();
        const third = await openFailedEvents(await connect(), deadLetters, 'orders');
        assert.deepEqual(await third.next(), []);
        await third.close();
      },
    },
    {
      name: 'records on S3 are listed newest first among other objects, read, claimed and removed',
      async check() {
        const at = (day: string) => `aws/lambda/async/orders/${day}/record`;
        const days = ['2025/12/31', '2026/01/01', '2026/01/02'];
        const Body = failureRecord(event);
        for (const day of days) await s3.putObject({ Bucket: 'failed', Key: at(day), Body });
        await s3.putObject({ Bucket: 'failed', Key: 'else/where.json', Body: '{}' });
        const store = await openFailedEvents(await connect(), await bucket(), 'orders');
        const found = await store.next();
        assert.deepEqual(
          found.map(({ id }) => id),
          days.toReversed().map(at),
        );
        const [newest] = found;
        assert.ok(newest?.message);
        const read = readFailedEvent(newest.message);
        assert.equal(read.kind === 'event' && read.payload, event);
        assert.equal(await store.claim(newest.id), true);
        await store.remove(newest.id);
        assert.equal(await store.claim(newest.id), false);
        await store.close();
      },
    },
    {
      name: 'a queue that is gone says so',
      async check() {
        const gone = { ...deadLetters, name: 'gone' };
        await assert.rejects(openFailedEvents(await connect(), gone, 'orders'), /does not exist/);
      },
    },
  ];
}

/** Lambda wants a role that exists. */
async function createRole(endpoint: string): Promise<void> {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/iam/aws4_request',
    },
    body: new URLSearchParams({
      Action: 'CreateRole',
      Version: '2010-05-08',
      RoleName: 'orders',
      AssumeRolePolicyDocument: JSON.stringify(policy),
    }),
  });
  assert.equal(response.status, 200, await response.text());
}
