import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileFindings } from './findings';
import { isScanned } from './scanFile';
import { walk } from './walk';

/** What a thread of scanWorker.ts is started with. */
export interface ScanThreadOptions {
  /** Writes the certain fixes into the files. */
  readonly fix: boolean;
}

export interface ScanOptions extends Partial<ScanThreadOptions> {
  /** How many threads search; each takes some 40 MB. */
  readonly threads: number;
  /** Ends the search early, with what was found until then. */
  readonly signal?: AbortSignal;
  /** Called after each batch of files with what was found in it, and the count of all files searched so far. */
  readonly onBatch?: (found: readonly FileFindings[], filesDone: number) => void;
}

/**
 * Searches files and folders for uses of InvokeAsync. A file that is named is searched even where git ignores it.
 * Resolves to the count of searched files; rejects when a thread cannot go on.
 * @param roots absolute paths
 */
export async function scan(
  roots: { readonly files?: readonly string[]; readonly folders?: readonly string[] },
  { threads, fix = false, signal, onBatch }: ScanOptions,
): Promise<number> {
  const batches = batchesOf(roots);
  let filesDone = 0;
  const next = async () => (signal?.aborted ? undefined : (await batches.next()).value);
  const searchInThread = async () => {
    const worker = new Worker(join(__dirname, 'scanWorker.js'), {
      workerData: { fix } satisfies ScanThreadOptions,
    });
    try {
      for (let batch = await next(); batch; batch = await next()) {
        worker.postMessage(batch);
        const [found] = (await once(worker, 'message')) as [FileFindings[]];
        filesDone += batch.length;
        onBatch?.(found, filesDone);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, searchInThread));
  return filesDone;
}

async function* batchesOf({
  files = [],
  folders = [],
}: Parameters<typeof scan>[0]): AsyncGenerator<readonly string[], undefined> {
  if (files.length > 0) yield files;
  for (const folder of folders) yield* walk(folder, isScanned);
  return undefined;
}
