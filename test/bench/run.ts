import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventServer } from '../support/eventServer';
import type { RunFigures } from './editor/run/run.test';
import type { BenchRow } from './row';
import { figuresOf } from './window';

const events = 10_000;
/** For how long a run may keep the extension host from anything else. */
const limitMs = 50;

/**
 * What a window feels of the runs that it sends as fast as they go, by what its extension host computes at a time. The
 * time that a busy machine keeps it from computing is not the run's.
 */
export async function rows(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'invoke-async-run-'));
  const server = await startEventServer();
  try {
    await writeWorkspace(folder);
    const env = { BENCH_ENDPOINT: server.url };
    const { mostComputed } = await figuresOf<RunFigures>(folder, 'test/bench/editor/run', env);
    return [
      {
        name: `extension host busy at a time, run of ${events.toLocaleString('en-US')} events`,
        value: mostComputed,
        unit: 'ms at most',
        reference: `limit of ${limitMs} ms`,
        ratio: mostComputed / limitMs,
        budget: 1,
      },
    ];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

async function writeWorkspace(folder: string): Promise<void> {
  const write = async (path: string, text: string) => writeFile(join(folder, path), text);
  await mkdir(join(folder, '.vscode'));
  await write('.vscode/settings.json', JSON.stringify({ 'invokeAsync.sendFile.rate': 10_000 }));
  const lines = Array.from({ length: events }, (_, order) => `${JSON.stringify({ order })}\n`);
  await write('events.jsonl', lines.join(''));
}
