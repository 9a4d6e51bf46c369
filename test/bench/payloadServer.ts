import { execFileSync } from 'node:child_process';
import { pauseMs } from '../../src/server/features/diagnostics';
import { Session } from '../protocol/session';
import { sqsBatch } from '../support/sqsBatch';
import type { BenchRow } from './row';
import { medians } from './timing';

const path = 'events/batch.json';
/** The first digit of the first message's id: a keystroke that leaves the payload right. */
const digit = { line: 3, character: 24, length: 1 };

/** From a keystroke in the editor to the diagnostics, through the real server, without its pause for more keystrokes. */
export async function rows(): Promise<BenchRow[]> {
  const targets = { payloads: path, function: 'orders', schema: 'aws:sqs', api: 'Invoke' };
  const files = { '.lambda/targets.json': JSON.stringify({ targets: [targets] }) };
  const [session, large] = [await Session.start({ files }), await Session.start()];
  const before = memoryMb(session);
  const text = sqsBatch(1380);
  await session.open(path, 'json', text);
  const megabytes50 = sqsBatch(77_000);
  await large.open(path, 'json', megabytes50);
  const [parse = 1, ours = 0, huge = 0] = await medians(
    [
      () => JSON.parse(text),
      (round) => session.type(path, digit, String(Math.abs(round) % 10)),
      (round) => large.type(path, digit, String(Math.abs(round) % 10)),
    ],
    15,
  );
  const after = memoryMb(session);
  await session.stop();
  await large.stop();
  const row = (name: string, value: number, budget?: number): BenchRow => ({
    name,
    value,
    unit: 'ms',
    reference: `JSON.parse of ${(text.length / 1e6).toFixed(1)} MB`,
    ratio: value / parse,
    ...(budget !== undefined && { budget }),
  });
  return [
    row(
      `keystroke → diagnostics, ${(text.length / 1e6).toFixed(1)} MB, all checks`,
      ours - pauseMs,
      5,
    ),
    row(`the same, ${(megabytes50.length / 1e6).toFixed(0)} MB`, huge - pauseMs),
    {
      name: 'language server: memory after these keystrokes',
      value: after,
      unit: 'MB',
      reference: `before the first document (${before.toFixed(0)} MB)`,
      ratio: after / before,
    },
  ];
}

function memoryMb({ processId }: Session): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(processId)], {
    encoding: 'utf8',
  });
  return Number(kilobytes) / 1024;
}
