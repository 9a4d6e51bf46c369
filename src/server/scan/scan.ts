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

/** What is searched, by absolute paths. A file that is named is searched even where git ignores it. */
export interface ScanRoots {
  readonly files?: readonly string[];
  readonly folders?: readonly string[];
}

export interface ScanOptions {
  /** Ends the search early, with what was found until then. */
  readonly signal?: AbortSignal;
  /** Called after each batch of files with what was found in it, and the count of all files searched so far. */
  readonly onBatch?: (found: readonly FileFindings[], filesDone: number) => void;
}

/**
 * Threads that search files for uses of InvokeAsync, one search after the other. Each takes some 60 MB once it has
 * parsed something; they stay, with their grammars, for the next search.
 */
export class ScanThreads {
  #workers: readonly Worker[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly count: number,
    private readonly options: ScanThreadOptions = { fix: false },
  ) {}

  /** Resolves to the count of searched files; rejects when a thread cannot go on. */
  async scan(roots: ScanRoots, options: ScanOptions = {}): Promise<number> {
    const search = this.#last.then(() => this.#scan(roots, options));
    this.#last = search.catch(() => this.dispose());
    return search;
  }

  async dispose(): Promise<void> {
    const workers = this.#workers;
    this.#workers = [];
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  async #scan(roots: ScanRoots, { signal, onBatch }: ScanOptions): Promise<number> {
    if (this.#workers.length === 0) {
      this.#workers = Array.from(
        { length: this.count },
        () => new Worker(join(__dirname, 'scanWorker.js'), { workerData: this.options }),
      );
    }
    const batches = batchesOf(roots);
    const next = async () => (signal?.aborted ? undefined : (await batches.next()).value);
    let filesDone = 0;
    const searchIn = async (worker: Worker) => {
      let following = next();
      for (let batch = await following; batch; batch = await following) {
        worker.postMessage(batch);
        // The next one is made ready while the thread works.
        following = next();
        const [found] = (await once(worker, 'message')) as [FileFindings[]];
        filesDone += batch.length;
        onBatch?.(found, filesDone);
      }
    };
    await Promise.all(this.#workers.map(searchIn));
    return filesDone;
  }
}

async function* batchesOf({
  files = [],
  folders = [],
}: ScanRoots): AsyncGenerator<readonly string[], undefined> {
  // Two threads that fix the same file at the same time could spoil it.
  const seen = new Set<string>();
  const unseen = (paths: readonly string[]) =>
    paths.filter((path) => !seen.has(path) && seen.add(path));
  if (files.length > 0) yield unseen(files);
  for (const folder of folders) {
    for await (const batch of walk(folder, isScanned)) yield unseen(batch);
  }
  return undefined;
}
