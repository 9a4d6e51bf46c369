import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConnection } from '../../../src/aws/connection';
import type { RunProgress, RunReason, RunSummary } from '../../../src/core/fileRun/run';
import type { FileRun } from '../../../src/sendFile/fileRun';
import { RunError } from '../../../src/sendFile/runError';
import { FileToSend, type RunHooks, type RunRequest } from '../../../src/sendFile/sendFile';
import { type Answer, type EventServer, startEventServer } from '../../support/eventServer';

describe('sending a file of events', () => {
  let folder: string;
  let server: EventServer | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-send-'));
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    await rm(folder, { recursive: true });
  });

  const path = () => join(folder, 'events.jsonl');
  const events = (count: number) => Array.from({ length: count }, (_, n) => `{"n": ${n}}`);
  const write = async (lines: readonly string[]) => writeFile(path(), `${lines.join('\n')}\n`);
  const serve = async (answerTo?: (body: string, index: number) => Answer | undefined) => {
    server = await startEventServer(answerTo);
    return server;
  };

  async function requestOf(url: string, more: Partial<RunRequest> = {}): Promise<RunRequest> {
    const environment = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
    return {
      api: 'Invoke',
      functionName: 'orders',
      connection: await resolveConnection({
        region: 'us-east-1',
        endpoint: url,
        timeoutMs: 20_000,
        environment,
      }),
      rate: undefined,
      concurrency: 8,
      root: join(folder, 'runs'),
      ...more,
    };
  }

  async function send(
    request: RunRequest,
    hooks: RunHooks & { readonly onBegin?: (run: FileRun) => void } = {},
  ): Promise<RunSummary> {
    const file = await FileToSend.open(path());
    try {
      const begun = await file.begin(request, hooks);
      hooks.onBegin?.(begun.run);
      return await begun.toTheEnd();
    } finally {
      await file.close();
    }
  }

  const eachOnce = (lines: readonly string[]) => {
    const bodies = server?.bodies ?? new Map<string, number>();
    assert.deepEqual([...bodies.keys()].toSorted(), lines.toSorted());
    assert.ok([...bodies.values()].every((count) => count === 1));
  };

  it('sends each line byte for byte, once', async () => {
    const { url } = await serve();
    const lines = ['{"a":1}', ' [1, 2.50,  12345678901234567890] ', '"é\\u00e9 😀"', 'null', '0'];
    await writeFile(path(), `\uFEFF${lines[0]}\r\n\n${lines.slice(1).join('\r\n')}`);
    const { progress } = await send(await requestOf(url));
    assert.equal(progress.state, 'finished');
    assert.deepEqual(progress.counts, { accepted: 5, rejected: 0, unknown: 0, invalid: 0 });
    eachOnce(lines);
  });

  it('sends with InvokeAsync as well', async () => {
    const { url } = await serve();
    await write(events(20));
    const { progress } = await send(await requestOf(url, { api: 'InvokeAsync' }));
    assert.equal(progress.counts.accepted, 20);
    eachOnce(events(20));
  });

  it('keeps the lines that were not accepted, byte for byte', async () => {
    const { url } = await serve((body) => {
      if (body.includes('"bad"')) return { status: 400, code: 'InvalidParameterValueException' };
      return body.includes('"lost"') ? { status: 202, hangUp: true } : undefined;
    });
    const bad = ['{"bad" :1}', '{"bad":  2}'];
    await write(['{"n": 1}', bad[0] ?? '', 'oops', '{"lost": 1 }', bad[1] ?? '', '{"n": 2}']);
    const summary = await send(await requestOf(url, { concurrency: 1 }));
    assert.deepEqual(summary.progress.counts, { accepted: 2, rejected: 2, unknown: 1, invalid: 1 });
    assert.deepEqual(summary.progress.errors, [
      { kind: 'rejected', name: 'InvalidParameterValueException', count: 2 },
      { kind: 'unknown', name: 'ECONNRESET', count: 1 },
    ]);
    const { rejectedLines = '', unknownLines = '' } = summary;
    assert.equal(await readFile(rejectedLines, 'utf8'), `${bad[0]}\noops\n${bad[1]}\n`);
    assert.equal(await readFile(unknownLines, 'utf8'), '{"lost": 1 }\n');
  });

  const stops: readonly [title: string, answer: Answer, reason: RunReason][] = [
    ['access is denied', { status: 403, code: 'AccessDeniedException' }, 'denied'],
    ['the function is gone', { status: 404, code: 'ResourceNotFoundException' }, 'notFound'],
  ];
  for (const [title, answer, reason] of stops) {
    it(`stops in the middle when ${title}, and resumes with every line that is left`, async () => {
      let isBroken = true;
      const { url } = await serve((_, index) => (isBroken && index >= 30 ? answer : undefined));
      await write(events(100));
      const request = await requestOf(url);
      const { progress } = await send(request);
      assert.equal(progress.state, 'stopped');
      assert.equal(progress.reason, reason);
      assert.equal(progress.error?.name, answer.code);
      assert.deepEqual(progress.counts, { accepted: 30, rejected: 0, unknown: 0, invalid: 0 });
      isBroken = false;
      const resumed = await send({ ...request, unfinished: 'resume' });
      assert.equal(resumed.progress.state, 'finished');
      assert.deepEqual(resumed.progress.counts, {
        accepted: 100,
        rejected: 0,
        unknown: 0,
        invalid: 0,
      });
    });
  }

  it('pauses when the credentials have expired, and goes on with the same lines', async () => {
    let isExpired = true;
    // The later ones answer when the run has been resumed already.
    const { url } = await serve((_, index) =>
      isExpired && index >= 10
        ? { status: 403, code: 'ExpiredTokenException', delayMs: index > 12 ? 100 : 0 }
        : undefined,
    );
    await write(events(50));
    const states: RunProgress[] = [];
    const { progress } = await send(await requestOf(url), {
      onBegin(run) {
        void (async () => {
          await until(() => run.progress.state === 'paused');
          isExpired = false;
          run.resume();
        })();
      },
      onState: (state) => states.push(state),
    });
    assert.deepEqual(
      states.map(({ state, reason }) => [state, reason]),
      [
        ['paused', 'credentials'],
        ['running', undefined],
        ['finished', undefined],
      ],
    );
    assert.equal(progress.counts.accepted, 50);
  });

  it('stops after five unknown outcomes in a row, and never sends these again', async () => {
    let isBroken = true;
    const { url } = await serve((_, index) =>
      isBroken && index >= 20 ? { status: 202, hangUp: true } : undefined,
    );
    await write(events(100));
    const request = await requestOf(url, { concurrency: 1 });
    const { progress, unknownLines = '' } = await send(request);
    assert.equal(progress.reason, 'unknownInARow');
    assert.deepEqual(progress.counts, { accepted: 20, rejected: 0, unknown: 5, invalid: 0 });
    assert.equal(
      await readFile(unknownLines, 'utf8'),
      events(25)
        .slice(20)
        .map((e) => `${e}\n`)
        .join(''),
    );
    isBroken = false;
    const resumed = await send({ ...request, unfinished: 'resume' });
    assert.deepEqual(resumed.progress.counts, {
      accepted: 95,
      rejected: 0,
      unknown: 5,
      invalid: 0,
    });
    eachOnce(events(100));
  });

  describe('to a durable function', () => {
    const durable = { qualifier: 'live', isDurable: true };
    /** Body by name. */
    const names = ({ executions }: EventServer) =>
      new Map([...executions].map(([name, bodies]) => [name, [...bodies].join()]));

    it('sends what may be queued again, under the name that it had', async () => {
      const attempts = new Map<string, number>();
      const { url } = await serve((body) => {
        const attempt = (attempts.get(body) ?? 0) + 1;
        attempts.set(body, attempt);
        return attempt === 1 && body.endsWith('7}') ? { status: 202, hangUp: true } : undefined;
      });
      await write(events(50));
      const { progress, target, unknownLines } = await send(await requestOf(url, durable));
      assert.deepEqual(progress.counts, { accepted: 50, rejected: 0, unknown: 0, invalid: 0 });
      assert.equal(progress.state, 'finished');
      assert.equal(target.api, 'Invoke');
      assert.equal(unknownLines, undefined);
      assert.equal(server?.received, 55);
      const named = server && names(server);
      assert.deepEqual([...(named?.values() ?? [])].toSorted(), events(50).toSorted());
    });

    it('stops after five unknown outcomes in a row, and sends these again when it is resumed', async () => {
      let isBroken = true;
      const { url } = await serve(() => (isBroken ? { status: 202, hangUp: true } : undefined));
      await write(events(20));
      const request = await requestOf(url, { ...durable, api: 'InvokeAsync', concurrency: 1 });
      const { progress } = await send(request);
      assert.equal(progress.reason, 'unknownInARow');
      assert.deepEqual(progress.counts, { accepted: 0, rejected: 0, unknown: 0, invalid: 0 });
      isBroken = false;
      // What it began as is in its journal.
      const resumed = await send({ ...request, isDurable: false, unfinished: 'resume' });
      assert.equal(resumed.progress.counts.accepted, 20);
      assert.equal(server && names(server).size, 20);
    });

    it('gives a line the same name wherever it is sent from, and another when it is sent anew', async () => {
      await write(['{}', '{}']);
      const named = async (request: Partial<RunRequest>, of = 'orders') => {
        const { url, stop, executions } = await startEventServer();
        try {
          await send(await requestOf(url, { ...durable, functionName: of, ...request }));
          return [...executions.keys()].toSorted();
        } finally {
          await stop();
        }
      };
      const first = await named({ root: join(folder, 'here') });
      assert.equal(new Set(first).size, 2);
      assert.ok(first.every((name) => /^[0-9a-f]{64}$/.test(name)));
      assert.deepEqual(await named({ root: join(folder, 'there') }), first);
      const others = [
        await named({ root: join(folder, 'here') }),
        await named({ root: join(folder, 'new'), unfinished: 'startOver' }),
        await named({ root: join(folder, 'new') }, 'returns'),
        await named({ root: join(folder, 'new'), qualifier: 'beta' }),
        await named({ root: join(folder, 'new'), tenantId: 'blue' }),
      ].flat();
      assert.equal(new Set([...first, ...others]).size, 12);
    });
  });

  it('sends for a tenant, whose run is its own', async () => {
    const { url } = await serve((_, index) =>
      index === 0 ? { status: 403, code: 'AccessDeniedException' } : undefined,
    );
    await write(events(3));
    const request = await requestOf(url, { concurrency: 1 });
    const blue = { ...request, tenantId: 'blue', api: 'InvokeAsync' } as const;
    assert.equal((await send(blue)).progress.state, 'stopped');
    const green = await send({ ...request, tenantId: 'green' });
    assert.equal(green.progress.counts.accepted, 3);
    const { target } = await send({ ...blue, unfinished: 'resume' });
    assert.deepEqual([target.api, target.tenantId], ['Invoke', 'blue']);
    assert.deepEqual([...(server?.tenants ?? [])].toSorted(), ['blue', 'green']);
  });

  it('slows down while events wait long in the queue of the function, then pauses', async () => {
    await write(events(5000));
    const ages = [60_000];
    server = await startEventServer(undefined, 0, {
      '/event-invoke-config': { MaximumEventAgeInSeconds: 100 },
      '/configuration': {},
      // CloudWatch.
      '/': { MetricDataResults: [{ Id: 'age', Values: ages }] },
    });
    const states: string[] = [];
    let run: FileRun | undefined;
    const { progress } = await send(await requestOf(server.url, { rate: 100 }), {
      limits: { queueLookMs: 50 },
      onBegin: (begun) => {
        run = begun;
      },
      onState: ({ state, reason, rate = Infinity }) => {
        states.push(`${state} ${reason ?? ''} ${rate < 100 ? 'slower' : 'as before'}`);
        ages[0] = 90_000;
        if (state === 'paused') run?.stop();
      },
    });
    assert.deepEqual(states, [
      'running queueAge slower',
      'paused queueAge slower',
      'stopped user slower',
    ]);
    assert.equal(server.received, progress.counts.accepted);
  });

  it('slows down while it is throttled, and sends each line until it is accepted', async () => {
    const seen = new Map<string, number>();
    const { url } = await serve((body) => {
      const count = (seen.get(body) ?? 0) + 1;
      seen.set(body, count);
      return count === 1 && seen.size % 10 === 0
        ? { status: 429, code: 'TooManyRequestsException' }
        : undefined;
    });
    await write(events(60));
    const { progress } = await send(await requestOf(url, { rate: 400 }));
    assert.deepEqual(progress.counts, { accepted: 60, rejected: 0, unknown: 0, invalid: 0 });
    assert.deepEqual(progress.errors, []);
    assert.equal(server?.received, 66);
  });

  it('pauses when everything is throttled, and gives every line back', async () => {
    const { url } = await serve(() => ({ status: 429, code: 'TooManyRequestsException' }));
    await write(events(10));
    const { progress } = await send(await requestOf(url), {
      limits: { throttledMs: 300 },
      onBegin: (run) => void until(() => run.progress.state === 'paused').then(() => run.stop()),
    });
    assert.deepEqual(progress.counts, { accepted: 0, rejected: 0, unknown: 0, invalid: 0 });
  });

  it('waits for the network, and goes on where it was', async () => {
    const first = await serve();
    const { port } = new URL(first.url);
    await write(events(200));
    const states: string[] = [];
    const { progress } = await send(await requestOf(first.url, { rate: 200 }), {
      limits: { networkPauseMs: [50, 100] },
      onState: ({ state }) => states.push(state),
      onBegin: (run) =>
        void (async () => {
          await until(() => run.progress.counts.accepted >= 50);
          await first.stop();
          await until(() => run.progress.state === 'waiting');
          server = await startEventServer(undefined, Number(port));
        })(),
    });
    assert.equal(progress.state, 'finished');
    assert.deepEqual(states.slice(0, 2), ['waiting', 'running']);
    const { accepted, unknown } = progress.counts;
    assert.equal(accepted + unknown, 200);
    const received = [...first.bodies, ...(server?.bodies ?? [])];
    assert.ok(received.every(([, count]) => count === 1));
    assert.equal(new Set(received.map(([body]) => body)).size, received.length);
  });

  it('stops soon when nothing was ever reached', async () => {
    const { url, stop } = await startEventServer();
    await stop();
    await write(events(3));
    const { progress } = await send(await requestOf(url), {
      limits: { networkPauseMs: [20, 20], unreachedMs: 60 },
    });
    assert.equal(progress.reason, 'network');
    assert.equal(progress.error?.name, 'ECONNREFUSED');
    assert.deepEqual(progress.counts, { accepted: 0, rejected: 0, unknown: 0, invalid: 0 });
  });

  it('pauses, changes its rate, resumes and stops when it is told', async () => {
    const { url } = await serve();
    await write(events(100));
    const request = await requestOf(url, { rate: 20 });
    let whilePaused = 0;
    const { progress } = await send(request, {
      onBegin: (run) =>
        void (async () => {
          await until(() => run.progress.counts.accepted >= 3);
          run.pause();
          await until(() => run.progress.counts.accepted === server?.received);
          whilePaused = server?.received ?? 0;
          assert.equal(run.progress.state, 'paused');
          run.rate = 1000;
          run.resume();
          await until(() => run.progress.counts.accepted >= 50);
          run.stop();
        })(),
    });
    assert.ok(whilePaused < 30, `${whilePaused}`);
    assert.equal(progress.state, 'stopped');
    assert.equal(progress.reason, 'user');
    const resumed = await send({ ...request, rate: undefined, unfinished: 'resume' });
    assert.equal(resumed.progress.counts.accepted, 100);
    eachOnce(events(100));
  });

  it('stops when somebody writes to the file, and refuses to resume with another one', async () => {
    const { url } = await serve();
    const long = Array.from(
      { length: 3000 },
      (_, n) => `{"n": ${n}, "pad": "${'x'.repeat(1000)}"}`,
    );
    await write(long);
    const request = await requestOf(url);
    const { progress } = await send(request, {
      onBegin: (run) =>
        void until(() => run.progress.counts.accepted >= 10).then(() => appendFile(path(), '{}\n')),
    });
    assert.equal(progress.reason, 'fileChanged');
    await assert.rejects(send({ ...request, unfinished: 'resume' }), { kind: 'otherFile' });
  });

  it('never starts beside an unfinished run by itself', async () => {
    const { url } = await serve((_, index) =>
      index === 5 ? { status: 404, code: 'ResourceNotFoundException' } : undefined,
    );
    await write(events(10));
    const request = await requestOf(url, { concurrency: 1 });
    await send(request);
    await assert.rejects(send(request), { kind: 'unfinished' });
    const { progress } = await send({ ...request, unfinished: 'startOver' });
    assert.equal(progress.counts.accepted, 10);
    await assert.rejects(send({ ...request, unfinished: 'resume' }), { kind: 'nothingToResume' });
  });

  it('is sent to one function by one process at a time', async () => {
    const { url } = await serve();
    await write(events(20));
    const request = await requestOf(url, { rate: 50 });
    await send(request, {
      onBegin: () =>
        void assert.rejects(send({ ...request, unfinished: 'startOver' }), { kind: 'locked' }),
    });
    const other = await send({ ...request, functionName: 'payments', rate: undefined });
    assert.equal(other.progress.counts.accepted, 20);
  });

  it('says why a file cannot be sent', async () => {
    const request = await requestOf('http://127.0.0.1:1');
    await assert.rejects(FileToSend.open(join(folder, 'none.jsonl')), RunError);
    await assert.rejects(FileToSend.open(folder), { kind: 'unread' });
    await writeFile(path(), '\n \r\n');
    await assert.rejects(send(request), { kind: 'noLines' });
  });

  it('sends nothing when the journal cannot be written', async () => {
    const { url } = await serve();
    await write(events(3));
    await mkdir(join(folder, 'runs'));
    await writeFile(join(folder, 'file'), '');
    const request = await requestOf(url, { root: join(folder, 'file', 'runs') });
    await assert.rejects(send(request), { kind: 'journal' });
    assert.equal(server?.received, 0);
  });
});

/** Looks again and again, without keeping others from their turn. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
