import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Sender, type SentEvent } from '../../src/aws/sender';
import { EventFile } from '../../src/files/eventLines';
import { FileRun, type LineToSend } from '../../src/sendFile/fileRun';
import { Journal } from '../../src/sendFile/journal';
import { workersFor } from '../../src/sendFile/sendFile';
import type { BenchRow } from './row';
import { atOnce, connect, many, startServer } from './sending';
import { median, medians } from './timing';

const megabyte = 1024 * 1024;

/** What a journal costs, and a run of a large file as that of a small one. */
export async function rows(): Promise<BenchRow[]> {
  return [await journalRow(), ...(await sizeRows())];
}

/** The lines of a file, each with its intent on disk before it leaves, against the same events from memory. */
async function journalRow(): Promise<BenchRow> {
  const count = 8000;
  const folder = await mkdtemp(join(tmpdir(), 'invoke-async-bench-'));
  const path = join(folder, 'events.jsonl');
  await writeEvents(path, count);
  const server = await startServer(0);
  const sender = new Sender(await connect(server.url), { connections: atOnce });
  const send = async (payload: Uint8Array) => {
    const sent = await sender.send({ api: 'Invoke', functionName: 'orders', payload });
    if (sent.kind !== 'accepted') throw new Error(sent.error?.message);
    return sent;
  };
  const payload = Buffer.from(eventOf(0));
  try {
    const [withJournal = 0, without = 0] = await medians(
      [
        async () => run(path, count, (_, { payload: bytes }) => send(bytes), workersFor(atOnce)),
        many(async () => void (await send(payload)), count),
      ],
      3,
    );
    return {
      name: `events of a file at ${atOnce} at once, TLS, with a journal`,
      value: withJournal / count,
      unit: 'ms per event',
      reference: 'the same events without one',
      ratio: withJournal / without,
      budget: 1.15,
    };
  } finally {
    sender.close();
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

async function sizeRows(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'invoke-async-bench-'));
  try {
    const small = join(folder, 'small.jsonl');
    const large = join(folder, 'large.jsonl');
    await writeEvents(small, 10_000);
    await writeEvents(large, 1_000_000);
    // With fewer, the heap has not grown yet to what V8 lets it have: 70 to 80 MB for 10,000.
    const grown = join(folder, 'grown.jsonl');
    await writeEvents(grown, 100_000);
    const peakOfGrown = await peakBytes(grown, 100_000);
    const peakOfLarge = await peakBytes(large, 1_000_000);
    const firstOfSmall = await median(async () => untilFirstEvent(small, 10_000), 5);
    const firstOfLarge = await median(async () => untilFirstEvent(large, 1_000_000), 5);
    return [
      {
        name: 'memory, 1,000,000 events, 1 GB',
        value: peakOfLarge / megabyte,
        unit: 'MB',
        reference: '100,000 events',
        ratio: peakOfLarge / peakOfGrown,
        budget: 1.25,
      },
      {
        name: 'start to first event, 1 GB',
        value: firstOfLarge,
        unit: 'ms',
        reference: '10,000 events',
        ratio: firstOfLarge / firstOfSmall,
        budget: 2,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Events of about 1,000 bytes, one on each line. */
async function writeEvents(path: string, count: number): Promise<void> {
  const file = await open(path, 'w');
  for (let from = 0; from < count; from += 10_000) {
    const lines = Array.from(
      { length: Math.min(10_000, count - from) },
      (_, index) => `${eventOf(from + index)}\n`,
    );
    await file.write(lines.join(''));
  }
  await file.close();
}

function eventOf(order: number): string {
  return JSON.stringify({ order, padding });
}

const padding = 'x'.repeat(970);

/** The largest memory of a process that sends a file and does nothing else. */
async function peakBytes(path: string, lines: number): Promise<number> {
  const script = `require(${JSON.stringify(__filename)}).printPeak(${JSON.stringify(path)}, ${lines})`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
  return Number(stdout);
}

export async function printPeak(path: string, lines: number): Promise<void> {
  await run(path, lines, async () => accepted);
  process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
}

async function untilFirstEvent(path: string, lines: number): Promise<void> {
  await run(path, lines, async (fileRun) => {
    fileRun.stop();
    return accepted;
  });
}

const accepted: SentEvent = {
  kind: 'accepted',
  status: 202,
  requestId: '8c3f2e0a-1111-4222-8333-444455556666',
  sent: true,
  resend: false,
};

async function run(
  path: string,
  lines: number,
  send: (fileRun: FileRun, line: LineToSend) => Promise<SentEvent>,
  concurrency = 256,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'invoke-async-bench-'));
  const file = await EventFile.open(path);
  if (!(file instanceof EventFile)) throw new Error(file.kind);
  const journal = await Journal.create(join(folder, 'journal'), {
    format: 1,
    startedAt: new Date().toISOString(),
    target: { api: 'Invoke', functionName: 'orders', region: 'us-east-1' },
    file: { path, size: file.size, sha256: '', lines },
  });
  const fileRun: FileRun = new FileRun({
    file,
    lines,
    journal,
    send: async (line) => send(fileRun, line),
    isValid: () => true,
    rate: undefined,
    concurrency,
  });
  const { state, error } = await fileRun.run();
  if (state !== 'finished' && error) throw new Error(error.message);
  await journal.close();
  await file.close();
  await rm(folder, { recursive: true });
}
