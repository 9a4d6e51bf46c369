import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { FunctionHealthCache, readFunctionHealth, resolveConnection } from '../../../src/aws/main';
import type { Connection } from '../../../src/core/invocation/connection';
import type { FunctionHealth } from '../../../src/core/invocation/functionHealth';
import { planCapacity } from '../../../src/core/capacity';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';
import { close, listen } from '../../support/loopback';

type Part = keyof FunctionHealth;

/** What a stub of Lambda and CloudWatch answers to one of the calls; undefined for never. */
interface Answer {
  readonly status: number;
  readonly error?: string;
  readonly body: object;
}

const now = Date.UTC(2026, 0, 1, 12, 2);
const inSeconds = (time: number) => time / 1000;

const good: Readonly<Record<Part, Answer>> = {
  configuration: {
    status: 200,
    body: {
      FunctionName: 'orders',
      State: 'Active',
      Timeout: 30,
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:123456789012:dead' },
    },
  },
  eventHandling: {
    status: 200,
    body: {
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failed' } },
    },
  },
  concurrency: { status: 200, body: { ReservedConcurrentExecutions: 5 } },
  metrics: {
    status: 200,
    body: {
      MetricDataResults: [
        { Id: 'average', Timestamps: [inSeconds(now)], Values: [2000.5] },
        { Id: 'p95', Timestamps: [inSeconds(now), inSeconds(now) - 3600], Values: [2500, 4000] },
        { Id: 'concurrent', Timestamps: [inSeconds(now)], Values: [4] },
        { Id: 'throttles', Timestamps: [inSeconds(now), inSeconds(now) - 3600], Values: [7, 5] },
        { Id: 'dropped', Timestamps: [inSeconds(now)], Values: [1] },
        { Id: 'age', Timestamps: [inSeconds(now) - 300, 0], Values: [45_000, 99_000] },
      ],
    },
  },
};

const actions: Readonly<Record<Part, string>> = {
  configuration: 'lambda:GetFunctionConfiguration',
  eventHandling: 'lambda:GetFunctionEventInvokeConfig',
  concurrency: 'lambda:GetFunctionConcurrency',
  metrics: 'cloudwatch:GetMetricData',
};
const parts = Object.keys(actions) as Part[];

/** A server of the four calls. */
class Stub {
  readonly requests: { readonly part: Part; readonly url: string; readonly body: string }[] = [];
  answers: Partial<Record<Part, Answer | undefined>> = good;
  readonly #server: Server = createServer(
    (request, response) => void this.#receive(request, response),
  );

  async start(): Promise<string> {
    return listen(this.#server);
  }

  async stop(): Promise<void> {
    await close(this.#server);
  }

  /** Resolves when all four are asked. */
  async asked(): Promise<void> {
    while (this.requests.length < parts.length) await once(this.#server, 'asked');
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '', headers } = request;
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
    const part = partOf(url, String(headers['x-amz-target']));
    this.requests.push({ part, url, body });
    this.#server.emit('asked');
    const answer = this.answers[part];
    if (!answer) return;
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      ...(answer.error && { 'x-amzn-errortype': answer.error }),
    });
    response.end(JSON.stringify(answer.body));
  }
}

function partOf(url: string, target: string): Part {
  if (/^\/2015-03-31\/functions\/[^/]+\/configuration/.test(url)) return 'configuration';
  if (/^\/2019-09-25\/functions\/[^/]+\/event-invoke-config/.test(url)) return 'eventHandling';
  if (/^\/2019-09-30\/functions\/[^/]+\/concurrency/.test(url)) return 'concurrency';
  assert.equal(`${url} ${target}`, '/ GraniteServiceVersion20100801.GetMetricData');
  return 'metrics';
}

const denied = (action: string): Answer => ({
  status: 403,
  error: 'AccessDeniedException',
  body: {
    __type: 'AccessDeniedException',
    Message: `User: arn:aws:iam::123456789012:user/me is not authorized to perform: ${action}`,
  },
});

const notFound: Answer = {
  status: 404,
  error: 'ResourceNotFoundException',
  body: { Type: 'User', Message: 'There is none.' },
};

describe('the health of a function', () => {
  let stub: Stub;
  let connection: Connection;

  beforeEach(async () => {
    stub = new Stub();
    connection = await resolveConnection({
      endpoint: await stub.start(),
      timeoutMs: 20_000,
      environment: { HOME: '/nowhere' },
    });
  });
  afterEach(() => stub.stop());

  const read = (options: Parameters<typeof readFunctionHealth>[2] = {}) =>
    readFunctionHealth(connection, { functionName: 'orders:live' }, { now: () => now, ...options });

  it('reads all of it by four calls', async () => {
    assert.deepEqual(await read(), {
      configuration: {
        kind: 'known',
        value: {
          state: 'Active',
          timeoutSeconds: 30,
          deadLetterTarget: 'arn:aws:sqs:eu-west-1:123456789012:dead',
        },
      },
      eventHandling: {
        kind: 'known',
        value: { maxRetries: 0, maxAgeSeconds: 60, failureDestination: 'arn:aws:s3:::failed' },
      },
      concurrency: { kind: 'known', value: { reserved: 5 } },
      metrics: {
        kind: 'known',
        value: {
          averageDurationMs: 2000.5,
          p95DurationMs: 4000,
          mostConcurrent: 4,
          throttles: 12,
          droppedEvents: 1,
          queueAgeSeconds: 45,
        },
      },
    } satisfies FunctionHealth);
    assert.deepEqual(stub.requests.map(({ part }) => part).toSorted(), parts.toSorted());
  });

  it('asks about the qualifier where it counts, and CloudWatch about the function', async () => {
    await read();
    const urls = Object.fromEntries(stub.requests.map(({ part, url }) => [part, url]));
    assert.match(urls['configuration'] ?? '', /\/orders\/configuration\?Qualifier=live$/);
    assert.match(urls['eventHandling'] ?? '', /\/orders\/event-invoke-config\?Qualifier=live$/);
    assert.match(urls['concurrency'] ?? '', /\/orders\/concurrency$/);
    const body = stub.requests.find(({ part }) => part === 'metrics')?.body ?? '';
    const { StartTime, EndTime, MetricDataQueries } = JSON.parse(body) as {
      readonly StartTime: number;
      readonly EndTime: number;
      readonly MetricDataQueries: readonly {
        readonly MetricStat: { readonly Metric: { readonly Dimensions: readonly object[] } };
      }[];
    };
    assert.equal(EndTime - StartTime, 3600);
    assert.ok(EndTime >= now / 1000 && EndTime % 300 === 0);
    for (const { MetricStat } of MetricDataQueries)
      assert.deepEqual(MetricStat.Metric.Dimensions, [{ Name: 'FunctionName', Value: 'orders' }]);
  });

  it('takes the defaults where no handling of events is configured', async () => {
    stub.answers = { ...good, eventHandling: notFound, concurrency: { status: 200, body: {} } };
    const { eventHandling, concurrency } = await read();
    assert.deepEqual(eventHandling, {
      kind: 'known',
      value: { maxRetries: 2, maxAgeSeconds: 21_600, failureDestination: undefined },
    });
    assert.deepEqual(concurrency, { kind: 'known', value: { reserved: undefined } });
  });

  it('measures nothing where nothing ran, and leaves out what is no longer so', async () => {
    const old = { Id: 'age', Timestamps: [inSeconds(now) - 1800], Values: [45_000] };
    stub.answers = { ...good, metrics: { status: 200, body: { MetricDataResults: [old] } } };
    assert.deepEqual((await read()).metrics, {
      kind: 'known',
      value: {
        averageDurationMs: undefined,
        p95DurationMs: undefined,
        mostConcurrent: undefined,
        throttles: 0,
        droppedEvents: 0,
        queueAgeSeconds: undefined,
      },
    });
  });

  it('says that there is no such function', async () => {
    stub.answers = { ...good, configuration: notFound, concurrency: notFound };
    const { configuration, concurrency, metrics } = await read();
    assert.match(configuration.kind === 'failed' ? configuration.reason : '', /no function/);
    assert.equal(concurrency.kind, 'failed');
    assert.equal(metrics.kind, 'known');
  });

  for (const part of parts) {
    it(`names ${actions[part]} when it is denied, and reads the rest`, async () => {
      stub.answers = { ...good, [part]: denied(actions[part]) };
      const health = await read();
      assert.deepEqual(health[part], { kind: 'denied', missingAction: actions[part] });
      for (const other of parts) if (other !== part) assert.equal(health[other].kind, 'known');
    });

    it(`does not wait for ${actions[part]} longer than for any request`, async () => {
      stub.answers = { ...good, [part]: undefined };
      const health = await read({ timeoutMs: 250 });
      const reading = health[part];
      assert.equal(reading.kind, 'failed');
      assert.ok(reading.kind === 'failed' && reading.reason && reading.remedy);
    });
  }

  it('ends at once when it is cancelled, without an exception', async () => {
    stub.answers = {};
    const cancel = new AbortController();
    const reading = read({ signal: cancel.signal });
    await stub.asked();
    cancel.abort();
    const health = await reading;
    assert.deepEqual(
      parts.map((part) => health[part].kind),
      parts.map(() => 'failed'),
    );
    assert.deepEqual((await read({ signal: cancel.signal })).metrics.kind, 'failed');
    assert.equal(stub.requests.length, parts.length, 'asks nothing when it was cancelled before');
  });

  it('says once for every part that there are no credentials', async () => {
    const elsewhere = await resolveConnection({
      region: 'eu-west-1',
      timeoutMs: 500,
      environment: { HOME: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true' },
    });
    const health = await readFunctionHealth(elsewhere, { functionName: 'orders' });
    const reasons = parts.map((part) => {
      const reading = health[part];
      return reading.kind === 'failed' ? reading.reason : '';
    });
    assert.equal(new Set(reasons).size, 1);
    assert.match(reasons[0] ?? '', /credentials/);
  });

  it('is kept for some minutes, unless a part failed', async () => {
    let time = now;
    const cache = new FunctionHealthCache(() => time);
    const get = (functionName = 'orders') => cache.get(connection, { functionName });
    stub.answers = { ...good, metrics: denied(actions.metrics) };
    const health = await get();
    time += 60_000;
    assert.equal(await get(), health);
    assert.equal(stub.requests.length, 4);
    await get('bills');
    assert.equal(stub.requests.length, 8, 'another function');
    time += 10 * 60_000;
    stub.answers = { ...good, concurrency: notFound };
    assert.equal((await get()).concurrency.kind, 'failed');
    assert.equal(stub.requests.length, 12, 'too old');
    stub.answers = good;
    assert.equal((await get()).concurrency.kind, 'known');
    assert.equal(stub.requests.length, 16, 'failed before');
  });
});

describe('the health of a function of Local Lambda', () => {
  let local: LocalWorkspace;
  before(async () => {
    local = await startLocalWorkspace({
      files: { 'a.js': 'exports.handler = async () => {};' },
      functions: { orders: { handler: 'a.handler', timeout: 7 } },
    });
  });
  after(() => local.stop());

  it('is what there is to know', async () => {
    const connection = await resolveConnection({
      endpoint: local.connection.endpoint,
      timeoutMs: 20_000,
      environment: { HOME: '/nowhere' },
    });
    const health = await readFunctionHealth(connection, { functionName: 'orders' });
    const { configuration, eventHandling, concurrency, metrics } = health;
    assert.ok(configuration.kind === 'known' && configuration.value.timeoutSeconds === 7);
    assert.ok(eventHandling.kind === 'known' && eventHandling.value.maxRetries === 2);
    assert.deepEqual(concurrency, { kind: 'known', value: { reserved: 4 } });
    assert.ok(metrics.kind === 'known');
    assert.equal(metrics.value.averageDurationMs, undefined, 'it has not run');
    // Ten runs of at most 7 s, four at once.
    const capacity = planCapacity({ events: 10, rate: Infinity }, health);
    assert.deepEqual([capacity.kind, capacity.processingSeconds], ['keepsUp', 17.5]);
  });
});
