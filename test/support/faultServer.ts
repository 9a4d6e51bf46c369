import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { repository } from './repository';

/** What a server does with a connection, one after the other: text is written as it stands. */
export type Step =
  | string
  | Buffer
  | { readonly pauseMs: number }
  | { readonly finish: 'reset' | 'end' };

export const reset: Step = { finish: 'reset' };
export const end: Step = { finish: 'end' };

/** How a server misbehaves, as data. */
export interface Fault {
  /** The steps of its first answer, of its second, …; the last one is given to every further request. */
  readonly answers?: readonly (readonly Step[])[];
  /** Counts the answers on each connection from its first. */
  readonly perConnection?: boolean;
  /** Accepts connections and never reads from them. */
  readonly deaf?: boolean;
  /** Answers without waiting for the request's body. */
  readonly early?: boolean;
  /** Speaks TLS with this certificate of test/fixtures/tls. */
  readonly certificate?: 'trusted' | 'expired' | 'otherHost' | 'selfSigned';
  /** Nobody listens. */
  readonly refuses?: boolean;
}

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Which of the server's connections it came over, from 0. */
  readonly connection: number;
}

export interface FaultServer {
  readonly url: string;
  readonly port: number;
  /** Every request whose head arrived, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** Connections that were opened so far. */
  readonly connections: () => number;
  /** Resolves when the next request's head arrives. */
  readonly nextRequest: () => Promise<void>;
  /** Resolves when the next connection has closed. */
  readonly nextClose: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a server on loopback that does exactly as the fault says, byte for byte, and counts what it receives. */
export async function startFaultServer(fault: Fault): Promise<FaultServer> {
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = listener(fault.deaf ? undefined : fault.certificate);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      server.emit('left');
    });
    socket.on('error', () => {});
  });
  server.on(fault.certificate ? 'secureConnection' : 'connection', (socket: Socket) => {
    if (fault.deaf) return;
    const connection = connections++;
    let received = 0;
    socket.on('error', () => {});
    receive(socket, fault.early ?? false, (request) => {
      requests.push({ ...request, connection });
      received++;
      server.emit('received');
      const answers = fault.answers ?? [];
      const count = fault.perConnection ? received : requests.length;
      void perform(answers[Math.min(count, answers.length) - 1] ?? [], socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  if (fault.refuses) await stop();
  return {
    url: `${fault.certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    nextRequest: async () => void (await once(server, 'received')),
    nextClose: async () => void (await once(server, 'left')),
    stop,
  };
}

/** The head and body of an answer with the right length, as Lambda writes it. */
export function answer(
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): string {
  const lines = Object.entries({
    'content-type': 'application/json',
    'x-amzn-requestid': '8c3f2e0a-1111-4222-8333-444455556666',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n${body}`;
}

/** How Lambda answers with an error. */
export function errorAnswer(status: number, code: string, message: string | null = code): string {
  const body = JSON.stringify({ Type: status < 500 ? 'User' : 'Service', message });
  return answer(status, body, { 'x-amzn-errortype': code });
}

/** A file of test/fixtures/tls, by its name without the ending. */
export function certificateFile(name: string): string {
  return join(repository, 'test/fixtures/tls', `${name}.pem`);
}

function listener(certificate: Fault['certificate']): Server {
  if (!certificate) return createServer();
  const pem = readFileSync(certificateFile(certificate));
  const server = createTlsServer({ key: pem, cert: pem });
  server.on('tlsClientError', () => {});
  return server;
}

/** Calls back for every request on the connection once it has arrived, or `early` once its head has. */
function receive(
  socket: Socket,
  early: boolean,
  onRequest: (request: Omit<ReceivedRequest, 'connection'>) => void,
): void {
  let received = Buffer.alloc(0);
  /** What is still to come of the body of a request that was answered early. */
  let rest = 0;
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const passed = Math.min(rest, received.length);
      rest -= passed;
      received = received.subarray(passed);
      const headLength = received.indexOf('\r\n\r\n');
      if (headLength < 0) return;
      const [first = '', ...lines] = received
        .subarray(0, headLength)
        .toString('latin1')
        .split('\r\n');
      const [method = '', path = ''] = first.split(' ');
      const headers = Object.fromEntries(
        lines.map((line) => {
          const colon = line.indexOf(':');
          return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
        }),
      );
      const length = Number(headers['content-length'] ?? 0);
      const body = received.subarray(headLength + 4, headLength + 4 + length);
      if (!early && body.length < length) return;
      rest = length - body.length;
      received = received.subarray(headLength + 4 + body.length);
      onRequest({ method, path, headers, body });
    }
  });
}

async function perform(steps: readonly Step[], socket: Socket): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) return;
    if (typeof step === 'string' || Buffer.isBuffer(step)) {
      await new Promise<void>((written) => socket.write(step, () => written()));
    } else if ('pauseMs' in step) await sleep(step.pauseMs);
    else if (step.finish === 'reset') socket.resetAndDestroy();
    else socket.end();
  }
}
