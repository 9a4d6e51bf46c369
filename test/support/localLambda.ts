import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import {
  Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  request as httpRequest,
} from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Lambda } from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import {
  type LocalLambda,
  type LocalLambdaOptions,
  type LocalLogLine,
  startLocalLambda,
} from '../../src/local/main';
import { repository } from './repository';

export interface LocalSetting
  extends Pick<LocalLambdaOptions, 'queueLimits' | 'temporaryFolder' | 'onQueueChange'> {
  /** What `.lambda/local.json` says under `functions`. */
  readonly functions: Record<string, object>;
  /** The handlers: path in the workspace folder, and text. */
  readonly files: Record<string, string>;
  /** By default three attempts, right after one another. */
  readonly retryDelaysMs?: readonly number[];
}

/** A running Local Lambda on a workspace folder of its own. */
export interface LocalWorkspace {
  readonly folder: string;
  readonly local: LocalLambda;
  readonly log: WatchedLog;
  /** How every SDK client reaches it. */
  readonly connection: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  readonly sdk: Lambda;
  write(path: string, content: string): Promise<void>;
  /** Writes `.lambda/local.json`. */
  configure(functions: Record<string, object>): Promise<void>;
  stop(): Promise<void>;
}

export async function startLocalWorkspace({
  functions,
  files,
  retryDelaysMs = [0, 0],
  ...options
}: LocalSetting): Promise<LocalWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'local-lambda-'));
  const write = async (path: string, content: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  const configure = (all: Record<string, object>): Promise<void> =>
    write('.lambda/local.json', JSON.stringify({ functions: all }));
  await configure(functions);
  for (const [path, content] of Object.entries(files)) await write(path, content);

  const log = new WatchedLog();
  const local = await startLocalLambda({
    folders: [folder],
    handlerProcess: await buildHandlerProcess(),
    log: (line) => log.add(line),
    retryDelaysMs,
    ...options,
  });
  const { endpoint, region } = local;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const connection = { endpoint, region, credentials, maxAttempts: 1 };
  const sdk = new Lambda(connection);
  return {
    folder,
    local,
    log,
    connection,
    sdk,
    write,
    configure,
    async stop() {
      sdk.destroy();
      await local.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The log of a Local Lambda, and a way to wait for a line of it. */
export class WatchedLog {
  readonly lines: LocalLogLine[] = [];
  #waiting: (() => void)[] = [];

  add(line: LocalLogLine): void {
    this.lines.push(line);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }

  /** The first line whose text matches, of one request if it is given; waits until it is there. */
  async until(pattern: RegExp, requestId?: string): Promise<LocalLogLine> {
    for (;;) {
      const found = this.lines.find(
        (line) => (requestId ?? line.requestId) === line.requestId && pattern.test(line.text),
      );
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The texts of one request's lines so far, in order. */
  textsOf(requestId: string | undefined): string[] {
    return this.lines.filter((line) => line.requestId === requestId).map((line) => line.text);
  }
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string | undefined>;
  readonly body?: string | Uint8Array;
}

export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=local' };

/** Sends what no SDK would; a header that is `undefined` is left out. */
export async function sendRaw(endpoint: string, raw: RawRequest): Promise<RawAnswer> {
  const request = requestTo(endpoint, raw);
  request.end(raw.body);
  return readAnswer(request);
}

/**
 * Sends an event for each body over a few connections that are kept, as a program does that has many.
 *
 * @returns the status of each answer
 */
export async function sendEvents(
  endpoint: string,
  functionName: string,
  bodies: Iterable<string | Uint8Array>,
  connections = 16,
): Promise<(number | undefined)[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const path = `/2014-11-13/functions/${functionName}/invoke-async`;
  const statuses: (number | undefined)[] = [];
  const waiting = [...bodies].entries();
  const sender = async (): Promise<void> => {
    for (const [index, body] of waiting) {
      const request = requestTo(endpoint, { path }, agent);
      request.end(body);
      statuses[index] = (await readAnswer(request)).status;
    }
  };
  await Promise.all(Array.from({ length: connections }, sender));
  agent.destroy();
  return statuses;
}

/** Sends a body without an end, until the other side closes the connection. */
export async function sendEndless(endpoint: string, path: string): Promise<void> {
  const request = requestTo(endpoint, { path });
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  const body = Readable.from(
    (function* () {
      for (;;) yield chunk;
    })(),
  );
  // Which of its writes fails, and whether the answer comes before that, is for the system to say.
  request.on('error', () => {});
  body.pipe(request);
  await new Promise((resolve) => request.once('close', resolve));
  body.destroy();
}

async function readAnswer(request: ClientRequest): Promise<RawAnswer> {
  const [response] = await once(request, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

function requestTo(endpoint: string, raw: RawRequest, agent: Agent | false = false): ClientRequest {
  const headers = Object.entries({ ...signed, ...raw.headers }).filter(
    (header): header is [string, string] => header[1] !== undefined,
  );
  const { hostname, port } = new URL(endpoint);
  return httpRequest({
    hostname,
    port,
    path: raw.path,
    method: raw.method ?? 'POST',
    headers: Object.fromEntries(headers),
    agent,
  });
}

const bundles = new Map<string, Promise<string>>();

/** Path of the bundle that runs handlers. */
export async function buildHandlerProcess(): Promise<string> {
  const program = await bundle('src/local/handlerProcess.ts');
  await copyFile(join(repository, 'src/local/handlerProcess.py'), program.replace(/\.js$/, '.py'));
  return program;
}

/** Path of a bundle of a source file, made once for all tests. */
export function bundle(source: string): Promise<string> {
  const outfile = join(repository, 'out/local', `${basename(source, '.ts')}.js`);
  const built = bundles.get(source) ?? buildTo(source, outfile).then(() => outfile);
  bundles.set(source, built);
  return built;
}

async function buildTo(source: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(repository, source)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
}
