import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventLinesProblems } from '../../src/core/payload/eventLinesProblems';
import { checkEventFile } from '../../src/files/eventFileCheck';
import { EventFile } from '../../src/files/eventLines';
import type { BenchRow } from './row';
import { medians } from './timing';

const megabytes = 200;
const memoryBudgetMb = 30;
/** How many lines of the file are in the editor. */
const typedLines = 30_000;

/**
 * What an event file costs before it is sent, against what cannot be done without: the hash of its bytes and
 * JSON.parse of its lines, which are in memory there. Lines are as long as events of queues are, about 300 bytes, and some are of 100 KB.
 */
export async function rows(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'invoke-async-event-file-'));
  try {
    const path = join(folder, 'events.jsonl');
    const lines = await writeEvents(path);
    const bytes = await readFile(path);
    const ranges = rangesOf(bytes);
    const memoryBefore = process.memoryUsage();
    let mostMemory = 0;
    const [check, bare, split, readline] = await medians(
      [
        async () => {
          const file = await opened(path);
          const found = await checkEventFile(file, {
            api: 'Invoke',
            onProgress: () => {
              const { arrayBuffers } = process.memoryUsage();
              mostMemory = Math.max(mostMemory, arrayBuffers - memoryBefore.arrayBuffers);
            },
          });
          await file.close();
          if (found.lines !== lines || found.invalid > 0) throw new Error(JSON.stringify(found));
        },
        () => {
          createHash('sha256').update(bytes).digest('hex');
          for (const [from, to] of ranges) JSON.parse(bytes.toString('utf8', from, to));
        },
        async () => {
          const file = await opened(path);
          for await (const _ of file.lines());
          await file.close();
        },
        async () => {
          for await (const _ of createInterface({ input: createReadStream(path) }));
        },
      ],
      5,
    );
    const text = bytes.subarray(0, ranges[typedLines]?.[0]).toString();
    const lineTexts = text.trimEnd().split('\n');
    const [typed, parse] = await medians([
      () => eventLinesProblems(text, 'Invoke', () => false),
      () => lineTexts.map((line) => JSON.parse(line) as unknown),
    ]);
    const megabytesTyped = (text.length / 1e6).toFixed(1);
    return [
      {
        name: `check an event file as it is typed, ${megabytesTyped} MB`,
        value: typed ?? Number.NaN,
        unit: 'ms',
        reference: 'JSON.parse of its lines',
        ratio: (typed ?? Number.NaN) / (parse ?? Number.NaN),
        budget: 1.5,
      },
      row('check an event file', check, 'JSON.parse and SHA-256 in memory', bare, 1),
      row('lines of an event file', split, 'readline', readline, 1),
      {
        name: `check an event file, ${megabytes} MB: buffers`,
        value: mostMemory / 1e6,
        unit: 'MB',
        reference: `budget of ${memoryBudgetMb} MB`,
        ratio: mostMemory / 1e6 / memoryBudgetMb,
        budget: 1,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @returns how many lines there are */
async function writeEvents(path: string): Promise<number> {
  const file = await open(path, 'w');
  let lines = 0;
  for (let written = 0; written < megabytes * 1e6; ) {
    const text = Array.from({ length: 3000 }, (_, at) => eventText(lines + at)).join('');
    lines += 3000;
    await file.write(text);
    written += text.length;
  }
  await file.close();
  return lines;
}

function eventText(id: number): string {
  const note = id % 3000 === 7 ? 'long '.repeat(20_000) : 'Deliver to the back door, please.';
  return `${JSON.stringify({
    id: `order-${id}`,
    customer: { name: 'Zoë Müller', address: ['Hauptstraße 1', '10115 Berlin'], vip: id % 7 === 0 },
    items: [
      { sku: 'A-1001', count: 2, price: 19.99 },
      { sku: 'B-2002', count: 1, price: 5 },
    ],
    note,
    createdAt: 1_700_000_000_000 + id,
  })}\n`;
}

async function opened(path: string): Promise<EventFile> {
  const file = await EventFile.open(path);
  if (file instanceof EventFile) return file;
  throw new Error(file.kind);
}

/** Where each line begins and ends in the bytes of a file. */
function rangesOf(bytes: Buffer): [from: number, to: number][] {
  const ranges: [from: number, to: number][] = [];
  for (let from = 0, to = bytes.indexOf('\n'); to !== -1; to = bytes.indexOf('\n', from)) {
    ranges.push([from, to]);
    from = to + 1;
  }
  return ranges;
}

function row(
  name: string,
  value = Number.NaN,
  reference = '',
  other = Number.NaN,
  budget?: number,
): BenchRow {
  return {
    name: `${name}, ${megabytes} MB`,
    value,
    unit: 'ms',
    reference,
    ratio: value / other,
    ...(budget !== undefined && { budget }),
  };
}
