import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { invoke, resolveConnection } from '../../src/aws/main';
import { Sender } from '../../src/aws/sender';
import type { BenchRow } from './row';
import { medianOf, medians } from './timing';

const payload = Buffer.from(
  JSON.stringify({ orderId: 'ord-1', lines: [{ sku: 'LAMP', quantity: 2 }] }),
);
const environment = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
const tls = 'test/fixtures/tls';
export const atOnce = 32;
/** What the network to AWS costs each response of the slow server. */
const delayMs = 50;

/** Events per second over loopback TLS, and a second single event at a distance. */
export async function rows(): Promise<BenchRow[]> {
  const fast = await startServer(0);
  const slow = await startServer(delayMs);
  const kept = new https.Agent({ keepAlive: true, maxSockets: atOnce, ca: certificate('ca') });
  const fresh = new https.Agent({ keepAlive: false, maxSockets: atOnce, ca: certificate('ca') });
  const bare = await sdk(fast.url, kept);
  const bareFresh = await sdk(fast.url, fresh);
  const bareSlow = await sdk(slow.url, kept);
  const sender = new Sender(await connect(fast.url), { connections: atOnce });
  const ours = async () => {
    const { kind } = await sender.send({ api: 'Invoke', functionName: 'orders', payload });
    if (kind !== 'accepted') throw new Error(kind);
  };
  try {
    const [oursMs = 0, bareMs = 0, freshMs = 0] = await medians(
      [many(ours, 500), many(bare, 500), many(bareFresh, 100)],
      7,
    );
    const perSecond = { ours: 5e5 / oursMs, bare: 5e5 / bareMs, fresh: 1e5 / freshMs };
    const row = (reference: string, of: number, budget: number): BenchRow => ({
      name: `events at ${atOnce} at once, TLS`,
      value: 1e3 / perSecond.ours,
      unit: 'ms per event',
      reference,
      ratio: of / perSecond.ours,
      budget,
    });
    const [second, secondOfSdk] = await secondSends(slow.url, bareSlow);
    return [
      row('bare SDK, keep-alive', perSecond.bare, 1),
      row('bare SDK, a connection for each event', perSecond.fresh, 0.25),
      {
        name: `second single event, ${delayMs} ms away`,
        value: second,
        unit: 'ms',
        reference: 'bare SDK, keep-alive',
        ratio: second / secondOfSdk,
        budget: 1.2,
      },
    ];
  } finally {
    sender.close();
    kept.destroy();
    fresh.destroy();
    await Promise.all([fast.stop(), slow.stop()]);
  }
}

/** So many events, `atOnce` of them under way at any time. */
export function many(send: () => Promise<void>, count: number): () => Promise<void> {
  return async () => {
    let left = count;
    const worker = async () => {
      while (left-- > 0) await send();
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  };
}

/** Medians of the second of two events, a moment apart; each first one opens its connection. */
async function secondSends(url: string, bare: () => Promise<void>): Promise<[number, number]> {
  const connection = await connect(url);
  const request = { api: 'Invoke', functionName: 'orders', payload: payload.toString() } as const;
  const ours = async () => void (await invoke(connection, request));
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < 15; round++) {
    for (const [index, send] of [ours, bare].entries()) {
      await send();
      await sleep(100);
      const started = performance.now();
      await send();
      times[index as 0 | 1].push(performance.now() - started);
    }
  }
  return [medianOf(times[0]), medianOf(times[1])];
}

export async function connect(endpoint: string) {
  return resolveConnection({
    region: 'us-east-1',
    endpoint,
    timeoutMs: 30_000,
    environment,
    proxy: { caFile: `${tls}/ca.pem` },
  });
}

async function sdk(endpoint: string, httpsAgent: https.Agent): Promise<() => Promise<void>> {
  const client = new LambdaClient({
    region: 'us-east-1',
    endpoint,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: { httpsAgent },
  });
  return async () => {
    const command = { FunctionName: 'orders', InvocationType: 'Event', Payload: payload } as const;
    await client.send(new InvokeCommand(command));
  };
}

function certificate(name: string): Buffer {
  return readFileSync(`${tls}/${name}.pem`);
}

/** In a thread of its own, so that its work does not count as the sender's. */
export async function startServer(
  delay: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const worker = new Worker(__filename, { workerData: delay });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    url: `https://127.0.0.1:${port}`,
    stop: async () => void (await worker.terminate()),
  };
}

async function serve(delay: number): Promise<void> {
  const pem = certificate('trusted');
  const accepted = { 'content-length': 0, 'x-amzn-requestid': 'bench' };
  const server = https.createServer({ key: pem, cert: pem }, (received, response) => {
    received.resume().on('end', () => {
      const accept = () => response.writeHead(202, accepted).end();
      if (delay > 0) setTimeout(accept, delay);
      else accept();
    });
  });
  // Longer than a busy machine takes from one turn to the next: the bare SDK stumbles over what was closed meanwhile.
  server.keepAliveTimeout = 60_000;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  parentPort?.postMessage((server.address() as AddressInfo).port);
}

if (!isMainThread && typeof workerData === 'number') void serve(workerData);
