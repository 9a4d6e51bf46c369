import { Socket } from 'node:net';
import { Worker, workerData } from 'node:worker_threads';
import { markVariable } from './handlerEnvironment';
import { channels } from './messages';
import { endProcessTree } from './processTree';

/**
 * Starts a thread that ends this process with all that it has started once the program is gone that started it,
 * whatever the handler is doing then. The thread needs nothing of the main one, which may never return from the handler.
 *
 * @param program the module to run in the thread: it calls `endWithParent`
 */
export function watchParent(program: string): void {
  const mark = `${markVariable}=${process.env[markVariable] ?? ''}`;
  // What the handler's environment says to Node is not for this thread.
  new Worker(program, { workerData: mark, env: {}, execArgv: [] }).unref();
}

/** Runs in the thread: waits for the end of the lifeline, which the system closes however the other side ends. */
export function endWithParent(): void {
  const mark = String(workerData);
  new Socket({ fd: channels.lifeline, readable: true, writable: false })
    // A reset is an end, too.
    .on('error', () => {})
    .once('close', () => void endProcessTree({ leader: process.pid, mark }))
    .resume();
}
