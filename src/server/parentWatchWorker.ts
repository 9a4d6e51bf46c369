// Entry of the thread that ends the process when the editor is gone, even while all other threads are busy.
import { workerData } from 'node:worker_threads';
import type { WatchedParent } from './parentWatch';

const everyMs = 1000;
const watched = workerData as readonly WatchedParent[];

setInterval(() => {
  // No handler of the main thread may run for this: it may never have its turn again.
  if (!watched.every(isAlive)) process.kill(process.pid, 'SIGKILL');
}, everyMs);

function isAlive({ processId, isParent }: WatchedParent): boolean {
  // Where the system gives orphans another parent, this is certain even when the number is in use again.
  if (isParent && process.platform !== 'win32') return process.ppid === processId;
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // What may not be asked lives.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
