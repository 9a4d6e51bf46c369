import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEventServer } from './eventServer';
import { randomOf } from './random';
import { type Ended, startSendFile } from './sendFileProcess';

export interface CrashFigures {
  /** Processes that were killed before they were done. */
  readonly kills: number;
  readonly accepted: number;
  readonly unknown: number;
  /** Of the unknown lines, those that had been received. */
  readonly unknownReceived: number;
  /** Requests for lines that had been received before. */
  readonly receivedAgain: number;
}

/**
 * One run of a file whose process is killed again and again, at random moments, and resumed each time. Each line is
 * received once, or received at most once and listed as unknown; the counts add up. For a durable function, each line is
 * received at least once, always under one name, which no other line has; none is unknown.
 */
export async function crashRun(
  lines: number,
  kills: number,
  seed: number,
  { durable = false } = {},
): Promise<CrashFigures> {
  const random = randomOf(seed);
  const folder = await mkdtemp(join(tmpdir(), 'invoke-async-crash-'));
  const server = await startEventServer(
    () => ({ status: 202, delayMs: Math.floor(random() * 4) }),
    0,
    durable ? { '/configuration?Qualifier=live': { DurableConfig: {} } } : {},
  );
  try {
    const file = join(folder, 'events.jsonl');
    const events = Array.from({ length: lines }, (_, index) => JSON.stringify({ order: index }));
    await writeFile(file, events.map((event) => `${event}\n`).join(''));
    const to = durable ? ['orders', '--qualifier', 'live'] : ['orders'];
    const words = [file, '--function', ...to, '--endpoint', server.url, '--rate', 'max'];
    const start = (more: readonly string[]) =>
      startSendFile([...words, '--journal', join(folder, 'runs'), ...more]);

    let killed = 0;
    let hasJournal = false;
    let last: Ended | undefined;
    while (!last) {
      const sender = start(hasJournal ? ['--resume'] : []);
      if (killed < kills) {
        await momentOf(random, server, Math.ceil((1.5 * lines) / kills), sender.ended);
        if (sender.child.exitCode === null) {
          killed += 1;
          sender.child.kill('SIGKILL');
        }
      }
      const ended = await sender.ended;
      hasJournal ||= server.received > 0;
      if (ended.code === 0 || ended.code === 1) last = ended;
      // Killed, or it was so early that there was nothing to resume.
      else if (ended.code !== null) {
        assert.match(ended.stderr, /no unfinished run|not finished/, ended.stderr);
        hasJournal = /not finished/.test(ended.stderr);
      }
    }

    const { progress, unknownLines, file: sent } = last.summary ?? assert.fail(last.stderr);
    const unknown = new Set(
      unknownLines === undefined
        ? []
        : (await readFile(unknownLines, 'utf8')).split('\n').slice(0, -1),
    );
    for (const event of events) {
      const received = server.bodies.get(event) ?? 0;
      assert.ok(durable || received <= 1, `${event} was received ${received} times`);
      assert.ok(received >= 1 || unknown.has(event), `${event} is lost`);
    }
    assert.equal(server.bodies.size, durable ? lines : server.received);
    if (durable) {
      assert.equal(unknown.size, 0);
      // As many names as lines, and one line for each name: each is started once.
      assert.equal(server.executions.size, lines);
      for (const [name, started] of server.executions) {
        assert.match(name, /^[0-9a-f]{64}$/);
        assert.equal(started.size, 1, name);
      }
      const named = [...server.executions.values()].flatMap((bodies) => [...bodies]);
      assert.equal(new Set(named).size, lines);
    }
    const { accepted } = progress.counts;
    assert.deepEqual(progress.counts, {
      accepted: lines - unknown.size,
      rejected: 0,
      unknown: unknown.size,
      invalid: 0,
    });
    assert.equal(sent.lines, lines);
    const unknownReceived = [...unknown].filter((event) => server.bodies.has(event)).length;
    return {
      kills: killed,
      accepted,
      unknown: unknown.size,
      unknownReceived,
      receivedAgain: server.received - server.bodies.size,
    };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

/** Waits for some events, or for none, and then perhaps a little longer: also while nothing has left yet. */
async function momentOf(
  random: () => number,
  server: { readonly received: number; until(count: number): Promise<void> },
  mostEvents: number,
  ended: Promise<unknown>,
): Promise<void> {
  const moment = async () => {
    if (random() < 0.1) return sleep(random() * 600);
    await server.until(server.received + Math.floor(random() * mostEvents));
    if (random() < 0.5) await sleep(random() * 20);
  };
  await Promise.race([moment(), ended]);
}
