import assert from 'node:assert/strict';
import { type FilteredLogEvent, CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { paginateListFunctions } from '@aws-sdk/client-lambda';
import { STS } from '@aws-sdk/client-sts';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';

const fails = 'exports.handler = () => { console.log("trying"); throw new RangeError("broken"); };';

describe('the logs of Local Lambda', () => {
  let workspace: LocalWorkspace;
  let logs: CloudWatchLogs;
  before(async () => {
    workspace = await startLocalWorkspace({
      functions: {
        good: { handler: 'good.handler' },
        bad: { handler: 'bad.handler', logGroup: '/shop/bad' },
        slow: { handler: 'slow.handler', timeout: 1 },
        json: { handler: 'good.handler', logFormat: 'JSON' },
        badJson: { handler: 'bad.handler', logFormat: 'JSON' },
        silent: { handler: 'good.handler' },
      },
      files: {
        'good.js': 'exports.handler = () => { console.warn("one\\ntwo"); };',
        'bad.js': fails,
        'slow.js': 'exports.handler = () => { for (;;); };',
      },
    });
    logs = new CloudWatchLogs(workspace.connection);
  });
  after(async () => {
    logs.destroy();
    await workspace.stop();
  });

  const run = async (name: string): Promise<string> => {
    const { $metadata } = await workspace.sdk.invoke({ FunctionName: name });
    assert.ok($metadata.requestId);
    return $metadata.requestId;
  };
  const find = async (logGroupName: string, id: string): Promise<FilteredLogEvent[]> => {
    const { events } = await logs.filterLogEvents({ logGroupName, filterPattern: `"${id}"` });
    return events ?? [];
  };
  const messages = async (group: string, id: string): Promise<string[]> =>
    (await find(group, id)).map(({ message }) => message ?? '');

  it('hold START, the lines, END and REPORT of a request, by its id', async () => {
    await run('good');
    const id = await run('good');
    const [start, line, end, report, more] = await messages('/aws/lambda/good', id);
    assert.equal(start, `START RequestId: ${id} Version: $LATEST\n`);
    assert.match(line ?? '', new RegExp(`^\\d{4}-\\S+Z\\t${id}\\tWARN\\tone\\ntwo\\n$`));
    assert.equal(end, `END RequestId: ${id}\n`);
    assert.match(
      report ?? '',
      new RegExp(
        `^REPORT RequestId: ${id}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB\\n$`,
      ),
    );
    assert.equal(more, undefined);
  });

  it('name the time to load in the first REPORT of a process', async () => {
    const [report] = (await messages('/aws/lambda/silent', await run('silent'))).slice(-1);
    assert.match(report ?? '', /\tInit Duration: [\d.]+ ms\n$/);
  });

  it('tell of a time-out', async () => {
    const id = await run('slow');
    const [, timeout, , report] = await messages('/aws/lambda/slow', id);
    assert.match(timeout ?? '', new RegExp(`Z ${id} Task timed out after 1\\.00 seconds\\n\\n$`));
    assert.match(report ?? '', /\tStatus: timeout\n$/);
  });

  it("hold each attempt of an event under the same id, in the function's own log group", async () => {
    const event = { FunctionName: 'bad', InvocationType: 'Event' } as const;
    const { $metadata } = await workspace.sdk.invoke(event);
    const id = $metadata.requestId ?? '';
    await workspace.log.until(/^Dead letter/, id);
    const kinds = (await messages('/shop/bad', id)).map(
      (message) => /^(START|END|REPORT)|\t(INFO|ERROR)\t/.exec(message)?.[0].trim() ?? message,
    );
    const attempt = ['START', 'INFO', 'ERROR', 'END', 'REPORT'];
    assert.deepEqual(kinds, [...attempt, ...attempt, ...attempt]);
    assert.equal(workspace.local.deadLetters().at(-1)?.invocation.requestId, id);
  });

  it('are JSON for a function that asks for it', async () => {
    const id = await run('json');
    const [start, line, report] = (await messages('/aws/lambda/json', id)).map((message) =>
      JSON.parse(message),
    );
    assert.equal(start.type, 'platform.start');
    assert.deepEqual(start.record, { requestId: id, version: '$LATEST' });
    assert.deepEqual([line.level, line.message, line.requestId], ['WARN', 'one\ntwo', id]);
    assert.equal(report.type, 'platform.report');
    assert.equal(report.record.status, 'success');
    assert.equal(report.record.metrics.memorySizeMB, 128);
  });

  it('hold the error as an object in JSON', async () => {
    const id = await run('badJson');
    const [, , error, report] = (await messages('/aws/lambda/badJson', id)).map((message) =>
      JSON.parse(message),
    );
    assert.deepEqual([error.level, error.message.errorType], ['ERROR', 'RangeError']);
    assert.deepEqual([report.record.status, report.record.errorType], ['error', 'RangeError']);
  });

  it('come in pages, each event once and in order', async () => {
    await run('good');
    const request = { logGroupName: '/aws/lambda/good' };
    const all = (await logs.filterLogEvents(request)).events?.map(({ eventId }) => eventId);
    const paged: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await logs.filterLogEvents({ ...request, limit: 3, nextToken });
      assert.ok((page.events?.length ?? 0) <= 3);
      paged.push(...(page.events ?? []).map(({ eventId }) => eventId));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    assert.ok(paged.length > 3);
    assert.deepEqual(paged, all);
  });

  it('are filtered by time and stream', async () => {
    const id = await run('good');
    const [first] = await find('/aws/lambda/good', id);
    assert.ok(first?.timestamp !== undefined && first.logStreamName !== undefined);
    const count = async (filter: object): Promise<number | undefined> =>
      (
        await logs.filterLogEvents({
          logGroupName: '/aws/lambda/good',
          filterPattern: `"${id}"`,
          ...filter,
        })
      ).events?.length;
    assert.equal(await count({ startTime: first.timestamp }), 4);
    assert.equal(await count({ startTime: first.timestamp + 60_000 }), 0);
    assert.equal(await count({ endTime: first.timestamp - 1 }), 0);
    assert.equal(await count({ logStreamNames: [first.logStreamName] }), 4);
    assert.equal(await count({ logStreamNames: ['another'] }), 0);
    assert.equal(await count({ logStreamNamePrefix: first.logStreamName.slice(0, 4) }), 4);
    assert.equal(await count({ logStreamNamePrefix: 'x' }), 0);
  });

  it('are filtered by terms', async () => {
    const id = await run('good');
    const count = async (terms: string): Promise<number | undefined> =>
      (
        await logs.filterLogEvents({
          logGroupName: '/aws/lambda/good',
          filterPattern: `"${id}" ${terms}`,
        })
      ).events?.length;
    assert.equal(await count('START'), 1);
    assert.equal(await count('-START'), 3);
    assert.equal(await count('?START ?END'), 2);
    assert.equal(await count('"Billed Duration"'), 1);
  });

  it('refuse a pattern that is not understood', async () => {
    await run('good');
    const request = { logGroupName: '/aws/lambda/good', filterPattern: '{ $.level = "INFO" }' };
    await assert.rejects(logs.filterLogEvents(request), {
      name: 'InvalidParameterException',
      message: /patterns of terms only/,
    });
  });

  it('do not exist before the function has run', async () => {
    await assert.rejects(logs.filterLogEvents({ logGroupName: '/aws/lambda/never' }), {
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
  });
});

describe('the functions of Local Lambda', () => {
  const names = Array.from({ length: 120 }, (_, index) => `fn-${String(index).padStart(3, '0')}`);
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace({
      functions: Object.fromEntries(names.map((name) => [name, { handler: 'a.handler' }])),
      files: { 'a.js': 'exports.handler = () => 1;' },
    });
  });
  after(() => workspace.stop());

  for (const pageSize of [undefined, 7, 50, 10_000]) {
    it(`are listed in pages of ${pageSize ?? 'the default'}, 50 at most`, async () => {
      const listed: (string | undefined)[] = [];
      const config = { client: workspace.sdk, ...(pageSize === undefined ? {} : { pageSize }) };
      for await (const page of paginateListFunctions(config, {})) {
        assert.ok((page.Functions?.length ?? 0) <= Math.min(pageSize ?? 50, 50));
        listed.push(...(page.Functions ?? []).map(({ FunctionName }) => FunctionName));
      }
      assert.deepEqual(listed, names);
    });
  }

  it('describe themselves', async () => {
    await workspace.configure({
      orders: { handler: 'a.handler', timeout: 7, logGroup: '/shop/a', logFormat: 'JSON' },
    });
    const answer = await workspace.sdk.getFunctionConfiguration({ FunctionName: 'orders' });
    assert.equal(answer.FunctionArn, 'arn:aws:lambda:us-east-1:123456789012:function:orders');
    assert.equal(answer.Timeout, 7);
    assert.equal(answer.State, 'Active');
    assert.deepEqual(answer.LoggingConfig, { LogFormat: 'JSON', LogGroup: '/shop/a' });
    await assert.rejects(workspace.sdk.getFunctionConfiguration({ FunctionName: 'fn-000' }), {
      name: 'ResourceNotFoundException',
    });
    assert.deepEqual(workspace.local.functions(), ['orders']);
  });

  it('stay, and the log says why, while the configuration is broken', async () => {
    await workspace.write('.lambda/local.json', '{ "functions": ');
    assert.deepEqual(workspace.local.functions(), ['orders']);
    await workspace.log.until(/local\.json: not JSON: .*What it said before stays in force\.$/);
  });
});

describe('the identity that Local Lambda tells', () => {
  it('is in the account of its functions', async () => {
    const workspace = await startLocalWorkspace({ functions: {}, files: {} });
    const sts = new STS(workspace.connection);
    try {
      const { Account, Arn } = await sts.getCallerIdentity({});
      assert.equal(Account, workspace.local.accountId);
      assert.equal(Arn, `arn:aws:iam::${workspace.local.accountId}:user/local`);
    } finally {
      sts.destroy();
      await workspace.stop();
    }
  });
});

describe('Local Lambda, stopped', () => {
  it('ends every handler, and forgets the events that wait', async () => {
    const workspace = await startLocalWorkspace({
      functions: { endless: { handler: 'endless.handler', timeout: 900 } },
      files: {
        'endless.js': 'exports.handler = () => { console.log(process.pid); for (;;); };',
      },
    });
    const event = { FunctionName: 'endless', InvocationType: 'Event' } as const;
    // More than run at the same time.
    await Promise.all(Array.from({ length: 6 }, () => workspace.sdk.invoke(event)));
    const { text } = await workspace.log.until(/^\d+$/);
    await workspace.stop();
    assert.throws(() => process.kill(Number(text), 0), { code: 'ESRCH' });
    await assert.rejects(workspace.sdk.invoke(event), { code: 'ECONNREFUSED' });
    const starts = workspace.log.lines.filter((line) => line.text.startsWith('START'));
    assert.ok(starts.length <= 4, 'two events never started');
  });
});
