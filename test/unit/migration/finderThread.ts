import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

export interface Question {
  readonly languageId: string;
  readonly text: string;
  /** In milliseconds; what the finder itself keeps to. */
  readonly deadline: number;
}

export interface Reading {
  /** How many were found. */
  readonly problems: number;
  readonly milliseconds: number;
  readonly skipped?: string | undefined;
  /** What was thrown, or what is wrong with what was found. */
  readonly fault?: string | undefined;
}

/** A finder in a thread of its own, so that a document on which it hangs is a failed test and not a hung run. */
export class FinderThread {
  readonly #folder = path.join(process.cwd(), `out/finder-worker-${process.pid}`);
  #worker: Worker | undefined;

  async start(): Promise<void> {
    await build({
      entryPoints: ['test/unit/migration/finderWorker.ts'],
      outdir: this.#folder,
      bundle: true,
      packages: 'external',
      platform: 'node',
      sourcemap: 'inline',
      loader: { '.scm': 'text' },
    });
  }

  /** Says `hung` of a document that has no answer after so many milliseconds, and goes on with a new thread. */
  async read(question: Question, mostMilliseconds: number): Promise<Reading | 'hung'> {
    this.#worker ??= new Worker(path.join(this.#folder, 'finderWorker.js'));
    const worker = this.#worker;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), mostMilliseconds);
    worker.postMessage(question);
    try {
      const [reading] = (await once(worker, 'message', { signal: late.signal })) as [Reading];
      return reading;
    } catch (error) {
      this.#worker = undefined;
      await worker.terminate();
      if (late.signal.aborted) return 'hung';
      return { problems: 0, milliseconds: 0, fault: String(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  async dispose(): Promise<void> {
    await this.#worker?.terminate();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
