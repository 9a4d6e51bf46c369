/**
 * Runs the state machine that the template deploys: moto executes the Distributed Map, Local Lambda gets the events, and
 * what comes in between is recorded.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { resolveConnection } from '../../src/aws/connection';
import {
  readExecution,
  startExecution,
  StepFunctionsConnection,
  uploadInParts,
} from '../../src/aws/stepFunctions/main';
import { stateMachineDefinition } from '../../src/core/stepFunctions/definition';
import { isOver } from '../../src/core/stepFunctions/execution';
import { EventFile } from '../../src/files/eventLines';
import { checkMapItems, itemParts } from '../../src/files/mapItems';
import { startLocalWorkspace } from '../support/localLambda';

const account = '123456789012';

/**
 * Leaves out what moto's grammar has no place for, and changes nothing else: a tolerance that is a whole number, and a
 * result writer in JSONata. Everything that reads lines and sends events is executed as it is deployed.
 */
function adaptedForMoto(definition: ReturnType<typeof stateMachineDefinition>): object {
  const {
    ToleratedFailurePercentage: _,
    ResultWriter: _writer,
    ...map
  } = definition.States['Send events'];
  return { ...definition, States: { 'Send events': map } };
}

/**
 * Sends so many lines, and compares what arrives with them.
 * @param server path of motoServer.py
 * @throws {AssertionError} for what is lost, changed, doubled, or not asynchronous
 */
export async function runDistributed(server: string, lines: number): Promise<object> {
  const local = await startLocalWorkspace({
    files: { 'a.js': 'exports.handler = async () => {};' },
    functions: { orders: { handler: 'a.handler' } },
  });
  const recorder = await startRecorder(local.connection.endpoint);
  const moto = await startMoto(server, recorder.url);
  const folder = await mkdtemp(join(tmpdir(), 'distributed-'));
  try {
    const { region } = local.connection;
    const path = join(folder, 'orders.jsonl');
    const events = Array.from({ length: lines }, (_, n) => ({
      order: `order-${n}`,
      amount: n / 4,
      text: 'ü – "quoted" \\ \u2028',
      items: [n, null, { deep: [true] }],
    }));
    await writeFile(path, events.map((event) => `${JSON.stringify(event)}\r\n`).join(''));
    await send(moto.url, region, path);
    const types = new Set(recorder.requests.map(({ type }) => type));
    assert.deepEqual([...types], ['Event']);
    const received = recorder.requests.map(({ body }) => JSON.parse(body) as unknown);
    const sorted = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).toSorted();
    assert.deepEqual(sorted(received), sorted(events));
    assert.ok(recorder.requests.every(({ status }) => status === 202));
    return { lines, received: received.length, types: [...types] };
  } finally {
    moto.stop();
    await recorder.stop();
    await local.stop();
    await rm(folder, { recursive: true });
  }
}

async function send(endpoint: string, region: string, path: string): Promise<void> {
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const own = { endpoint, region, credentials };
  await new S3Client({ ...own, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: 'events' }),
  );
  const functionArn = `arn:aws:lambda:${region}:${account}:function:orders`;
  const definition = stateMachineDefinition(
    { arn: functionArn, isDurable: false },
    { concurrency: 20, toleratedFailurePercentage: 100 },
  );
  const input = { bucket: 'events', key: 'events/one/orders.jsonl', prefix: 'results/one' };
  const { stateMachineArn } = await new SFNClient(own).send(
    new CreateStateMachineCommand({
      name: 'lambda-events-orders',
      definition: JSON.stringify(adaptedForMoto(definition)),
      roleArn: `arn:aws:iam::${account}:role/events`,
    }),
  );
  assert.ok(stateMachineArn);

  const connection = await resolveConnection({
    endpoint,
    region,
    timeoutMs: 60_000,
    environment: { HOME: '/nowhere' },
  });
  const aws = new StepFunctionsConnection(connection);
  const file = await EventFile.open(path);
  assert.ok(file instanceof EventFile);
  const check = await checkMapItems(file);
  const { bucket, key } = input;
  await uploadInParts(aws, {
    bucket,
    key,
    size: check.itemBytes,
    parts: (size) => itemParts(file, size),
  });
  await file.close();
  const start = { stateMachineArn, name: 'one', input };
  const started = await startExecution(aws, start);
  assert.deepEqual(await startExecution(aws, start), started, 'starting twice starts once');
  let status = await readExecution(aws, started.executionArn);
  while (!isOver(status)) {
    // Somebody else's server: nothing tells us when it is done.
    await sleep(500);
    status = await readExecution(aws, started.executionArn);
  }
  assert.deepEqual([status.state, status.error, status.cause], ['succeeded', undefined, undefined]);
  assert.equal(status.counts?.succeeded, check.items);
  aws.close();
}

interface Invocation {
  readonly type: string | undefined;
  readonly body: string;
  readonly status: number | undefined;
}

/** Stands before Lambda, and remembers every invocation. */
async function startRecorder(lambda: string) {
  const requests: Invocation[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      // Local Lambda answers to its own name alone.
      const { host: _, ...headers } = request.headers;
      const forwarded = httpRequest(new URL(request.url ?? '', lambda), {
        method: request.method ?? 'POST',
        headers,
      });
      forwarded.end(body);
      const [answer] = await once(forwarded, 'response');
      const { 'x-amz-invocation-type': type } = request.headers;
      requests.push({ type: type?.toString(), body: body.toString(), status: answer.statusCode });
      response.writeHead(answer.statusCode, answer.headers);
      response.end(await buffer(answer));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function startMoto(server: string, lambda: string) {
  const port = await freePort();
  const moto: ChildProcess = spawn('python3', [server, String(port)], {
    env: { ...process.env, LAMBDA_ENDPOINT: lambda, MOTO_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    moto.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/Running on http/.test(said)) resolve();
    });
    moto.on('error', reject);
    moto.on('exit', (code) => reject(new Error(`moto has ended (${code}).\n${said}`)));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => moto.kill() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
