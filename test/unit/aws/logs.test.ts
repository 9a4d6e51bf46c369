import assert from 'node:assert/strict';
import { attemptsOf, type LogEvent } from '../../../src/aws/logAttempts';
import { followLogs, type FollowRequest, invoke, resolveConnection } from '../../../src/aws/main';
import type { Connection } from '../../../src/core/invocation/connection';
import type { LogProgress } from '../../../src/core/invocation/logProgress';
import {
  answer,
  end as endOfAnswer,
  errorAnswer,
  startFaultServer,
  type Step,
} from '../../support/faultServer';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';

const files = {
  'good.js':
    'exports.handler = async () => { console.log("one"); process.stdout.write("two\\n"); };',
  'bad.js': 'exports.handler = async () => { throw new TypeError("no such order"); };',
  'flaky.js':
    'const fs = require("fs"); const f = __dirname + "/ran"; exports.handler = async () => { if (fs.existsSync(f)) return; fs.writeFileSync(f, ""); throw new Error("once"); };',
  'slow.js': 'exports.handler = () => new Promise(() => {});',
};

describe('following the log of an event', () => {
  let local: LocalWorkspace;
  let connection: Connection;

  before(async () => {
    local = await startLocalWorkspace({
      files,
      functions: {
        good: { handler: 'good.handler' },
        goodJson: { handler: 'good.handler', logFormat: 'JSON', logGroup: '/custom/group' },
        bad: { handler: 'bad.handler' },
        badJson: { handler: 'bad.handler', logFormat: 'JSON' },
        flaky: { handler: 'flaky.handler' },
        slow: { handler: 'slow.handler', timeout: 1 },
      },
    });
    connection = await resolveConnection({
      endpoint: local.connection.endpoint,
      timeoutMs: 5000,
      environment: { HOME: '/nowhere' },
    });
  });

  after(() => local.stop());

  async function follow(functionName: string, more: Partial<FollowRequest> = {}) {
    const sentAt = Date.now();
    const outcome = await invoke(connection, { api: 'Invoke', functionName, payload: '{}' });
    const progress: LogProgress[] = [];
    const request = {
      functionName,
      requestId: outcome.requestId ?? '',
      sentAt,
      timeoutMs: 15_000,
      pauseMs: () => 20,
      ...more,
    };
    for await (const step of followLogs(connection, request)) progress.push(step);
    return progress;
  }

  it('shows the lines of a run that succeeds, with a request id in them or not', async () => {
    const progress = await follow('good');
    const texts = progress.flatMap((step) => (step.kind === 'event' ? [step.text] : []));
    assert.match(texts[0] ?? '', /^START RequestId/);
    assert.ok(texts.some((text) => text.endsWith('\tone')));
    assert.ok(texts.includes('two'));
    assert.match(texts.at(-1) ?? '', /^REPORT RequestId/);
    assert.equal(new Set(texts).size, texts.length, 'a line is told twice');
    assert.deepEqual(progress.at(-1), { kind: 'end', state: 'succeeded', because: 'done' });
  });

  it('finds a group of the function’s own, and reads the JSON format', async () => {
    const progress = await follow('goodJson');
    assert.deepEqual(progress[0], { kind: 'group', group: '/custom/group' });
    assert.deepEqual(progress.at(-1), { kind: 'end', state: 'succeeded', because: 'done' });
  });

  for (const name of ['bad', 'badJson', 'slow']) {
    it(`tells both retries of ${name} as attempts of their own, then that it failed`, async () => {
      const progress = await follow(name);
      const ended = progress.flatMap((step) =>
        step.kind === 'attempt' && step.state !== 'running' ? [[step.attempt, step.state]] : [],
      );
      assert.deepEqual(ended, [
        [1, 'failed'],
        [2, 'failed'],
        [3, 'failed'],
      ]);
      assert.deepEqual(progress.at(-1), { kind: 'end', state: 'failed', because: 'done' });
    });
  }

  it('goes on to the retry that succeeds', async () => {
    const progress = await follow('flaky');
    assert.ok(progress.some((step) => step.kind === 'attempt' && step.attempt === 2));
    assert.deepEqual(progress.at(-1), { kind: 'end', state: 'succeeded', because: 'done' });
  });

  it('ends in time when nothing ever starts', async () => {
    const progress = await follow('good', { requestId: 'never-sent', timeoutMs: 100 });
    assert.deepEqual(progress.at(-1), { kind: 'end', state: 'notStarted', because: 'outOfTime' });
  });

  it('stops when it is cancelled', async () => {
    const cancelling = new AbortController();
    const pauseMs = () => {
      cancelling.abort();
      return 60_000;
    };
    const { signal } = cancelling;
    const progress = await follow('good', { requestId: 'never-sent', pauseMs, signal });
    assert.deepEqual(progress.at(-1), { kind: 'end', state: 'notStarted', because: 'cancelled' });
  });
});

describe('following a log that has no end', () => {
  /** Takes a number of pages; each names the next one. */
  async function follow(
    pages: readonly (readonly Step[])[],
    more: Partial<FollowRequest> = {},
    onPage: (count: number) => void = () => {},
    configuration: readonly Step[] = [answer(200, '{"FunctionName":"f"}')],
  ) {
    const server = await startFaultServer({ answers: [configuration, ...pages] });
    const connection = await resolveConnection({
      endpoint: server.url,
      timeoutMs: 60_000,
      environment: { HOME: '/nowhere' },
    });
    const request = { functionName: 'f', requestId: 'r', sentAt: Date.now(), ...more };
    const progress: LogProgress[] = [];
    const counting = (async () => {
      for (;;) {
        await server.nextRequest();
        onPage(server.requests.length - 1);
      }
    })();
    counting.catch(() => {});
    for await (const step of followLogs(connection, request)) progress.push(step);
    await server.stop();
    return { first: progress[0], end: progress.at(-1), pages: server.requests.length - 1 };
  }
  const page = (...found: readonly object[]) =>
    answer(200, JSON.stringify({ events: found, nextToken: 'more' }), {
      'content-type': 'application/x-amz-json-1.1',
      connection: 'close',
    });

  it('looks where functions usually write when their configuration may not be read, and says so', async () => {
    const forbidden = errorAnswer(403, 'AccessDeniedException', 'may not read it');
    const { first } = await follow([[page()]], { timeoutMs: 300 }, undefined, [forbidden]);
    assert.deepEqual(first, {
      kind: 'group',
      group: '/aws/lambda/f',
      guessedBecause: 'may not read it',
    });
  });

  it('ends at its limit between pages', async () => {
    const slow = [[{ pauseMs: 50 }, page()]];
    const { end, pages } = await follow(slow, { timeoutMs: 500 });
    assert.deepEqual(end, { kind: 'end', state: 'notStarted', because: 'outOfTime' });
    assert.ok(pages >= 1 && pages < 20, `${pages} pages`);
  });

  it('ends at its limit within a page', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{"events":[';
    const { end, pages } = await follow([[head]], { timeoutMs: 300 });
    assert.deepEqual(end, { kind: 'end', state: 'notStarted', because: 'outOfTime' });
    assert.equal(pages, 1);
  });

  it('ends when it is cancelled within a page', async () => {
    const cancelling = new AbortController();
    const { end, pages } = await follow(
      [[page()], [page()], []],
      { signal: cancelling.signal },
      (count) => {
        if (count === 3) cancelling.abort();
      },
    );
    assert.deepEqual(end, { kind: 'end', state: 'notStarted', because: 'cancelled' });
    assert.equal(pages, 3);
  });

  it('ends after 200 pages', async () => {
    const { end, pages } = await follow([[page()]]);
    assert.deepEqual(end, { kind: 'end', state: 'notStarted', because: 'tooMuch' });
    assert.equal(pages, 200);
  });

  it('ends after 32 MB', async () => {
    const event = {
      eventId: 'e',
      logStreamName: 's',
      timestamp: 1,
      message: 'x'.repeat(4_000_000),
    };
    const { end, pages } = await follow([[page(event)]]);
    assert.deepEqual(end, { kind: 'end', state: 'notStarted', because: 'tooMuch' });
    assert.equal(pages, 9);
  });

  it('does not take in a page of any length', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\n\r\n';
    const endless = Array.from({ length: 40 }, () => ' '.repeat(1024 ** 2));
    await assert.rejects(follow([[head, ...endless, endOfAnswer]]), /larger than 16 MB/);
  });
});

describe('attempts in a log', () => {
  it('are told apart from other requests of the same stream', () => {
    const found = attemptsOf(
      'mine',
      events(
        ['a', 'START RequestId: other Version: 1'],
        ['a', 'theirs'],
        ['a', 'REPORT RequestId: other\tDuration: 1 ms'],
        ['a', 'START RequestId: mine Version: 1'],
        ['b', 'START RequestId: elsewhere Version: 1'],
        ['a', 'print of Python'],
        ['b', 'theirs too'],
        ['a', '[ERROR] ValueError: no'],
        ['a', 'REPORT RequestId: mine\tDuration: 1 ms'],
        ['b', 'START RequestId: mine Version: 1'],
        ['b', 'REPORT RequestId: mine\tDuration: 1 ms'],
      ),
    );
    assert.deepEqual(
      found.map(({ state, events: own }) => [state, own.map(({ id }) => id)]),
      [
        ['failed', ['3', '5', '7', '8']],
        ['succeeded', ['9', '10']],
      ],
    );
  });

  for (const report of ['\tStatus: timeout', '\tStatus: error\tError Type: Runtime.ExitError']) {
    it(`fail by their report: ${report.trim()}`, () => {
      const lines = events(['a', 'START RequestId: r'], ['a', `REPORT RequestId: r${report}`]);
      assert.equal(attemptsOf('r', lines)[0]?.state, 'failed');
    });
  }
});

function events(...lines: readonly (readonly [string, string])[]): LogEvent[] {
  return lines.map(([stream, text], index) => ({ id: String(index), stream, time: index, text }));
}
