/**
 * A process to measure: `queueHost.js <folder> <handlerProcess>` embeds Local Lambda as the editor does, and without
 * arguments a bare HTTP server accepts every event. It sends its endpoint, and for each message that it gets how it is.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startLocalLambda } from '../../src/local/main';

/** How the process is. */
export interface HostState {
  /** Events that run or wait. */
  readonly queued: number;
  readonly residentBytes: number;
  /** For how long nothing else could run in its thread since the last message, in all but one of 1000 cases. */
  readonly blockedMs: number;
  readonly processorMs: number;
}

const resolutionMs = 1;

async function startBareServer(): Promise<{ endpoint: string; queued: () => number }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(202).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, queued: () => 0 };
}

async function main(folder?: string, handlerProcess?: string): Promise<void> {
  const server =
    folder === undefined || handlerProcess === undefined
      ? await startBareServer()
      : await startLocalLambda({ folders: [folder], handlerProcess, log: () => {} });
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const state: HostState = {
      queued: server.queued(),
      residentBytes: process.memoryUsage.rss(),
      blockedMs: Math.max(0, delay.percentile(99.9) / 1e6 - resolutionMs),
      processorMs: (user + system) / 1000,
    };
    process.send?.(state);
    delay.reset();
  });
  process.on('disconnect', () => process.exit());
  process.send?.(server.endpoint);
}

void main(...process.argv.slice(2));
