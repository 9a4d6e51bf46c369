import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildHandlerProcess, bundle, sendEvents } from '../support/localLambda';
import type { HostState } from '../support/queueHost';
import type { BenchRow } from './row';

const events = 100_000;
/** Fewer do for the bare server, which keeps nothing. */
const eventsOfBareServer = 20_000;
const payloadBytes = 1024;
const megabyte = 1024 * 1024;

/** Each event is handed out once: the handler appends its number to a file of its process. */
const handler = `
  const { appendFileSync } = require('node:fs');
  exports.count = async ({ n }) => appendFileSync('ran-' + process.pid, n + '\\n');`;

/** A backlog of events for Local Lambda, sent over kept connections, beside a server that accepts and forgets. */
export async function rows(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'queue-bench-'));
  try {
    const functions = { count: { handler: 'count.count' } };
    await mkdir(join(folder, '.lambda'));
    await writeFile(join(folder, '.lambda/local.json'), JSON.stringify({ functions }));
    await writeFile(join(folder, 'count.js'), handler);
    const bare = await measure([], eventsOfBareServer);
    const ours = await measure([folder, await buildHandlerProcess()], events);
    const ran = new Set(await numbers(folder));
    if (ran.size !== events) throw new Error(`${ran.size} of ${events} events ran`);
    const reference = 'bare HTTP server';
    return [
      {
        name: 'accept an event of 1 KB, 16 connections',
        value: ours.millisecondsEach,
        unit: 'ms',
        reference,
        ratio: ours.millisecondsEach / bare.millisecondsEach,
        budget: 4,
      },
      {
        name: `memory while ${ours.longest.toLocaleString('en-US')} of 100,000 events are queued`,
        value: ours.residentBytes / megabyte,
        unit: 'MB',
        reference: `${reference}, no event kept`,
        ratio: ours.residentBytes / bare.residentBytes,
        budget: 3,
      },
      {
        name: 'thread blocked meanwhile, in all but one of 1,000 cases',
        value: ours.blockedMs,
        unit: 'ms',
        reference,
        ratio: ours.blockedMs / bare.blockedMs,
      },
      {
        name: 'run an event of the queue, handler that returns at once',
        value: ours.runMillisecondsEach,
        unit: 'ms',
        reference: 'accepting one',
        ratio: ours.runMillisecondsEach / ours.millisecondsEach,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Sends events to a process of its own, and waits until it has none left. */
async function measure(args: string[], count: number) {
  const host = fork(await bundle('test/support/queueHost.ts'), args);
  const [endpoint] = await once(host, 'message');
  const state = async (): Promise<HostState> => {
    host.send('state');
    const [answer] = await once(host, 'message');
    return answer;
  };
  // The first ones start the handlers and warm up.
  await sendEvents(String(endpoint), 'count', bodies(0, 1000));
  await state();
  const started = performance.now();
  const statuses = await sendEvents(String(endpoint), 'count', bodies(1000, count));
  const sentMs = performance.now() - started;
  const refused = statuses.filter((status) => status !== 202).length;
  if (refused > 0) throw new Error(`${refused} events were not accepted`);
  const { queued, residentBytes, blockedMs } = await state();
  while ((await state()).queued > 0) await wait(100);
  const ranMs = performance.now() - started;
  host.disconnect();
  await once(host, 'exit');
  return {
    millisecondsEach: sentMs / statuses.length,
    runMillisecondsEach: ranMs / statuses.length,
    longest: queued,
    residentBytes,
    blockedMs,
  };
}

function* bodies(from: number, to: number): Generator<string> {
  for (let n = from; n < to; n += 1) {
    yield JSON.stringify({ n, text: '' }).padEnd(payloadBytes - 2, ' ');
  }
}

/** The numbers of the events that ran, as often as they did. */
async function numbers(folder: string): Promise<number[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('ran-'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const all = texts.flatMap((text) => text.trim().split('\n').map(Number));
  if (new Set(all).size < all.length) throw new Error('events ran twice');
  return all;
}
