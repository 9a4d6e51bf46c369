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
 * @param editor its process id: it may have started the server through another process
 */
export function watchParent(editor: number | null | undefined): void {
  const parents: WatchedParent[] = [{ processId: process.ppid, isParent: true }];
  // Some editors leave it out, against the protocol.
  if (typeof editor === 'number' && editor !== process.ppid)
    parents.push({ processId: editor, isParent: false });
  const worker = new Worker(join(__dirname, 'parentWatchWorker.js'), {
    workerData: parents,
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  // Without it, the server goes on: the end of the pipe still ends it when it is idle.
  worker.on('error', () => undefined);
  worker.unref();
}
