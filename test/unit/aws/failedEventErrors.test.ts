import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { resolveConnection } from '../../../src/aws/main';
import { openFailedEvents } from '../../../src/aws/failedEvents/main';
import { placeOfArn } from '../../../src/core/failedEvents/place';
import type { FailedEventStore } from '../../../src/core/failedEvents/store';
import type { Connection } from '../../../src/core/invocation/connection';
import { close, listen } from '../../support/loopback';

/** Calls of SQS by their name, of S3 by method and kind. */
type Call =
  | 'GetQueueUrl'
  | 'ReceiveMessage'
  | 'ChangeMessageVisibility'
  | 'ChangeMessageVisibilityBatch'
  | 'DeleteMessage'
  | 'ListObjectsV2'
  | 'GetObject'
  | 'HeadObject'
  | 'DeleteObject';

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = (body: object, status = 200): Answer => ({ status, body: JSON.stringify(body) });
const xml = (body: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

const key =
  'aws/lambda/async/orders/2026/11/28/2026-11-28T10.15.00-0b1f8ae5-4f2a-5d0c-9b1c-d4a9f1f4e2a7';

/** As SQS and S3 answer, recorded. */
const good: Readonly<Record<Call, Answer>> = {
  GetQueueUrl: json({ QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/dead' }),
  ReceiveMessage: json({
    Messages: [
      {
        MessageId: 'a1b2',
        ReceiptHandle: 'AQEB1',
        MD5OfBody: '99914b932bd37a50b983c5e7c90ae93b',
        Body: '{}',
        Attributes: { SentTimestamp: '1764324900000', ApproximateReceiveCount: '1' },
        MessageAttributes: {
          RequestID: { DataType: 'String', StringValue: 'e4b46cbf' },
          ErrorCode: { DataType: 'Number', StringValue: '200' },
          ErrorMessage: { DataType: 'String', StringValue: 'No stock' },
        },
      },
    ],
  }),
  ChangeMessageVisibility: json({}),
  ChangeMessageVisibilityBatch: json({ Successful: [{ Id: '0' }], Failed: [] }),
  DeleteMessage: json({}),
  ListObjectsV2: xml(
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>failed</Name><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Contents><Key>${key}</Key><LastModified>2026-11-28T10:15:01.000Z</LastModified><ETag>&quot;x&quot;</ETag><Size>2</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>`,
  ),
  GetObject: { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
  HeadObject: { status: 200, body: '' },
  DeleteObject: { status: 204, body: '' },
};

/** A server of these calls. */
class Stub {
  readonly calls: { readonly call: Call; readonly url: string; readonly input: unknown }[] = [];
  answers: Partial<Record<Call, Answer>> = {};
  readonly #server: Server = createServer(
    (request, response) => void this.#receive(request, response),
  );

  async start(): Promise<string> {
    return listen(this.#server);
  }

  async stop(): Promise<void> {
    await close(this.#server);
  }

  /** Resolves when so many requests of a call have come. */
  async until(call: Call, count = 1): Promise<void> {
    while (this.of(call).length < count) await once(this.#server, 'asked');
  }

  of(call: Call) {
    return this.calls.filter((one) => one.call === call);
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '', headers } = request;
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
    const call = callOf(request, headers['x-amz-target']);
    this.calls.push({ call, url, input: body === '' ? undefined : JSON.parse(body) });
    this.#server.emit('asked');
    const answer = this.answers[call] ?? good[call];
    response.writeHead(answer.status, {
      'content-type': 'application/x-amz-json-1.0',
      ...answer.headers,
    });
    response.end(answer.body);
  }
}

function callOf({ method, url = '' }: IncomingMessage, target: unknown): Call {
  if (typeof target === 'string') return target.replace('AmazonSQS.', '') as Call;
  if (url.includes('list-type=2')) return 'ListObjectsV2';
  return ({ GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' } as const)[
    method as 'GET' | 'HEAD' | 'DELETE'
  ];
}

const queue = placeOfArn('deadLetters', 'arn:aws:sqs:eu-west-1:123456789012:dead');
const bucket = placeOfArn('failureDestination', 'arn:aws:s3:::failed');

describe('a queue or bucket of failed events, on the wire', () => {
  let stub: Stub;
  let connection: Connection;
  let store: FailedEventStore | undefined;

  beforeEach(async () => {
    stub = new Stub();
    connection = await resolveConnection({
      endpoint: await stub.start(),
      region: 'us-east-1',
      profile: '',
      timeoutMs: 10_000,
      environment: { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    });
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    await stub.stop();
  });

  const open = async (place = queue, holdSeconds = 60): Promise<FailedEventStore> => {
    store = await openFailedEvents(connection, place, 'orders:live', { holdSeconds });
    return store;
  };
  const first = async (place = queue): Promise<string> => {
    const [found] = await (await open(place)).next();
    assert.ok(found);
    return found.id;
  };

  it('is asked for by name and account, in its own region', async () => {
    await open();
    const [{ input } = { input: undefined }] = stub.of('GetQueueUrl');
    assert.deepEqual(input, { QueueName: 'dead', QueueOwnerAWSAccountId: '123456789012' });
  });

  it('is read ten messages at a time with all attributes, up to a hundred', async () => {
    const { next } = await open().then((one) => ({ next: () => one.next() }));
    let count = 0;
    Object.defineProperty(stub.answers, 'ReceiveMessage', {
      get: () => {
        const Messages = Array.from({ length: 10 }, () => ({
          MessageId: `id-${count++}`,
          ReceiptHandle: `receipt-${count}`,
          MD5OfBody: '99914b932bd37a50b983c5e7c90ae93b',
          Body: '{}',
        }));
        return json({ Messages });
      },
    });
    assert.equal((await next()).length, 100);
    const [{ input } = { input: undefined }] = stub.of('ReceiveMessage');
    assert.deepEqual(input, {
      QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/dead',
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 60,
      MessageAttributeNames: ['All'],
      AttributeNames: ['All'],
      WaitTimeSeconds: 1,
    });
    assert.equal(stub.of('ReceiveMessage').length, 10);
  });

  it('holds what it has read for longer before the time is over', async () => {
    const held = await open(queue, 1);
    stub.answers = {};
    await held.next();
    await stub.until('ChangeMessageVisibilityBatch', 2);
    const entries = { Id: '0', ReceiptHandle: 'AQEB1', VisibilityTimeout: 1 };
    for (const { input } of stub.of('ChangeMessageVisibilityBatch')) {
      assert.deepEqual((input as { readonly Entries: unknown }).Entries, [entries]);
    }
    assert.equal(await held.claim('a1b2'), true);
  });

  it('gives back what it has read when it closes, and not what was removed', async () => {
    const id = await first();
    await store?.close();
    const [{ input } = { input: undefined }] = stub.of('ChangeMessageVisibilityBatch');
    const [entry] = (input as { readonly Entries: readonly object[] }).Entries;
    assert.deepEqual(entry, { Id: '0', ReceiptHandle: 'AQEB1', VisibilityTimeout: 0 });
    stub.calls.splice(0);
    await (await open()).next();
    await store?.remove(id);
    await store?.close();
    assert.deepEqual(stub.of('ChangeMessageVisibilityBatch'), []);
  });

  it('lists the records of the function by day, and reads each', async () => {
    assert.equal(await first(bucket), key);
    const urls = stub.calls.map(({ url }) => url.replaceAll('%2F', '/'));
    assert.match(urls[0] ?? '', /^\/failed\/?\?.*prefix=aws\/lambda\/async\/orders\//);
    assert.match(urls[0] ?? '', /delimiter=\//);
    assert.ok(urls[1]?.startsWith(`/failed/${key}`));
  });

  it('skips an object that was deleted meanwhile', async () => {
    stub.answers = { GetObject: xml('<Error><Code>NoSuchKey</Code></Error>', 404) };
    assert.deepEqual(await (await open(bucket)).next(), []);
    stub.answers = {};
    const id = await first(bucket);
    stub.answers = { HeadObject: { status: 404, body: '' } };
    assert.equal(await store?.claim(id), false);
  });

  it('does not read an object that is larger than any record', async () => {
    const large = {
      ...good.ListObjectsV2,
      body: good.ListObjectsV2.body.replace('<Size>2', '<Size>99999999'),
    };
    stub.answers = { ListObjectsV2: large };
    const [found] = await (await open(bucket)).next();
    assert.deepEqual([found?.id, found?.message], [key, undefined]);
    assert.deepEqual(stub.of('GetObject'), []);
  });

  for (const code of ['MessageNotInflight', 'ReceiptHandleIsInvalid', 'InvalidParameterValue']) {
    it(`does not send what somebody else has (${code})`, async () => {
      const id = await first();
      const error = { __type: `com.amazonaws.sqs#${code}`, message: 'It is gone.' };
      stub.answers = { ChangeMessageVisibility: json(error, 400) };
      assert.equal(await store?.claim(id), false);
    });
  }

  const deniedBySqs = (action: string) =>
    json(
      {
        __type: 'com.amazonaws.sqs#AccessDeniedException',
        message: `User: arn:aws:iam::123456789012:user/me is not authorized to perform: ${action} on resource: arn:aws:sqs:eu-west-1:123456789012:dead because no identity-based policy allows the ${action} action`,
      },
      403,
    );
  const deniedByS3 = (action: string) =>
    xml(
      `<Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/me is not authorized to perform: ${action} on resource: "arn:aws:s3:::failed" because no identity-based policy allows the ${action} action</Message></Error>`,
      403,
    );
  const denied: [Call, string, (id: string) => Promise<unknown>][] = [
    ['ReceiveMessage', 'sqs:ReceiveMessage', async () => store?.next()],
    ['ChangeMessageVisibility', 'sqs:ChangeMessageVisibility', async (id) => store?.claim(id)],
    ['DeleteMessage', 'sqs:DeleteMessage', async (id) => store?.remove(id)],
    ['DeleteObject', 's3:DeleteObject', async (id) => store?.remove(id)],
  ];
  for (const [call, action, ask] of denied) {
    it(`says that ${action} is missing`, async () => {
      const isQueue = action.startsWith('sqs');
      const id = await first(isQueue ? queue : bucket);
      stub.answers = { [call]: isQueue ? deniedBySqs(action) : deniedByS3(action) };
      const resource = isQueue ? 'arn:aws:sqs:eu-west-1:123456789012:dead' : 'arn:aws:s3:::failed';
      const words = new RegExp(`lacks the permission ${action} on ${resource}\\.`);
      await assert.rejects(ask(id), words);
    });
  }

  it('says that it may not be asked for, listed or read', async () => {
    stub.answers = {
      GetQueueUrl: deniedBySqs('sqs:GetQueueUrl'),
      ListObjectsV2: deniedByS3('s3:ListBucket'),
    };
    await assert.rejects(open(), /lacks the permission sqs:GetQueueUrl on arn:aws:sqs/);
    const listed = await open(bucket);
    await assert.rejects(
      listed.next(),
      /lacks the permission s3:ListBucket on arn:aws:s3:::failed/,
    );
    // Older answers do not name the action.
    const words = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    stub.answers = { GetObject: xml(words, 403), HeadObject: { status: 403, body: '' } };
    const read = await open(bucket);
    await assert.rejects(read.next(), /lacks the permission s3:GetObject/);
  });

  const faults: [string, RegExp][] = [
    ['com.amazonaws.sqs#KmsAccessDenied', /lacks the permission kms:Decrypt on its key: As AWS/],
    ['com.amazonaws.sqs#KmsDisabled', /The queue’s key cannot be used: As AWS says/],
    ['com.amazonaws.sqs#QueueDoesNotExist', /The queue does not exist: As AWS says/],
    ['com.amazonaws.sqs#OverLimit', /Too many messages of the queue are being read at once/],
    ['com.amazonaws.sqs#SomethingNew', /SQS in eu-west-1: As AWS says/],
  ];
  for (const [__type, words] of faults) {
    it(`has words for ${__type.split('#')[1]}`, async () => {
      await open();
      stub.answers = { ReceiveMessage: json({ __type, message: 'As AWS says.' }, 400) };
      await assert.rejects(store?.next() ?? Promise.resolve(), words);
    });
  }

  it('has words for a bucket that is gone', async () => {
    const error = '<Error><Code>NoSuchBucket</Code><Message>As AWS says.</Message></Error>';
    stub.answers = { ListObjectsV2: xml(error, 404) };
    await assert.rejects((await open(bucket)).next(), /The bucket does not exist: As AWS says/);
  });

  it('closes also when nothing can be given back', async () => {
    await first();
    stub.answers = { ChangeMessageVisibilityBatch: deniedBySqs('sqs:ChangeMessageVisibility') };
    await store?.close();
  });
});
