import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The process that must live as long as this one is wanted. */
export interface WatchedParent {
  readonly processId: number;
  /** It is the one that started this process, so that this one gets another parent when it dies. */
  readonly isParent: boolean;
}

/**
 * Ends this process when its editor does, whatever it is doing then: the end of a pipe is not seen by a thread that is
 * busy, and would leave a server behind that nobody can reach.
 */
export class ParentWatch {
  readonly #worker: Worker;

  constructor() {
    this.#worker = new Worker(join(__dirname, 'parentWatchWorker.js'), {
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    });
    // Without it, the server goes on: the end of the pipe still ends it when it is idle.
    this.#worker.on('error', () => undefined);
    this.#worker.unref();
    this.#watch({ processId: process.ppid, isParent: true });
  }

  /** @param processId of the editor, which may have started the server through another process */
  watchEditor(processId: number): void {
    if (processId !== process.ppid) this.#watch({ processId, isParent: false });
  }

  #watch(parent: WatchedParent): void {
    this.#worker.postMessage(parent);
  }
}
