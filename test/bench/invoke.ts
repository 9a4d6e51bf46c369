import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InvokeAsyncCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { invoke, resolveConnection } from '../../src/aws/main';
import type { BenchRow } from './row';
import { medianOf, medians } from './timing';

const payload = JSON.stringify({ orderId: 'ord-1', lines: [{ sku: 'LAMP', quantity: 2 }] });
const environment = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

/** From the command to the outcome, against a server on loopback that accepts at once. */
export async function rows(): Promise<BenchRow[]> {
  const server = createServer((received, response) => {
    received.resume().on('end', () => response.writeHead(202).end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ours = invoker(url);
  const { client, send: bareSdk } = sdkInvoker(url);
  const agent = new Agent({ keepAlive: true });
  const bareHttp = async () =>
    new Promise<void>((resolve, reject) => {
      const path = '/2014-11-13/functions/orders/invoke-async';
      const sent = request(`${url}${path}`, { method: 'POST', agent }, (response) => {
        response.resume().on('end', resolve);
      });
      sent.on('error', reject).end(payload);
    });

  try {
    const first = await firstCall('ours', url);
    const firstOfSdk = await firstCall('sdk', url);
    const warm = await medians([ours, bareSdk, bareHttp], 60);
    const cli = await awsCli(url).catch(() => undefined);
    const row = (
      name: string,
      value: number,
      [reference, of]: readonly [string, number],
      budget?: number,
    ): BenchRow => ({
      name,
      value,
      unit: 'ms',
      reference,
      ratio: value / of,
      ...(budget !== undefined && { budget }),
    });
    const [warmOurs = 0, warmSdk = 0, warmHttp = 0] = warm;
    return [
      row('first invocation', first, ['first call of the bare SDK', firstOfSdk], 1.2),
      row('warm invocation', warmOurs, ['bare SDK', warmSdk], 1.2),
      row('warm invocation', warmOurs, ['bare HTTP request', warmHttp]),
      ...(cli === undefined
        ? []
        : [row('warm invocation', warmOurs, ['aws lambda invoke-async', cli])]),
    ];
  } finally {
    client.destroy();
    agent.destroy();
    server.close();
    server.closeAllConnections();
  }
}

function invoker(endpoint: string): () => Promise<void> {
  return async () => {
    const region = 'us-east-1';
    const choice = { region, endpoint, timeoutMs: 10_000, environment };
    const connection = await resolveConnection(choice);
    await invoke(connection, { api: 'InvokeAsync', functionName: 'orders', payload });
  };
}

function sdkInvoker(endpoint: string) {
  const client = new LambdaClient({
    region: 'us-east-1',
    endpoint,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  const send = async (): Promise<void> => {
    const InvokeArgs = Buffer.from(payload);
    await client.send(new InvokeAsyncCommand({ FunctionName: 'orders', InvokeArgs }));
  };
  return { client, send };
}

/** Median of the first call in processes of their own, that have loaded the SDK and nothing else. */
async function firstCall(caller: 'ours' | 'sdk', url: string): Promise<number> {
  const script = `require(${JSON.stringify(__filename)}).printFirstCall('${caller}', '${url}')`;
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
    times.push(Number(stdout));
  }
  return medianOf(times);
}

export async function printFirstCall(caller: 'ours' | 'sdk', url: string): Promise<void> {
  // Each makes its client for it.
  const send = async () => (caller === 'ours' ? invoker(url) : sdkInvoker(url).send)();
  process.stdout.write(String(await milliseconds(send)));
}

/** The AWS CLI's time for the same invocation; rejects where it is not installed. */
async function awsCli(endpoint: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'invoke-async-bench-'));
  try {
    const file = join(folder, 'payload.json');
    await writeFile(file, payload);
    const args = ['--endpoint-url', endpoint, '--region', 'us-east-1', 'lambda', 'invoke-async'];
    const call = async () =>
      promisify(execFile)('aws', [...args, '--function-name', 'orders', '--invoke-args', file], {
        env: { ...process.env, ...environment },
      });
    await call();
    return await milliseconds(call);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function milliseconds(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}
