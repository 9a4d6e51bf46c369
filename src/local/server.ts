import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { payloadLimitBytes } from '../core/limits';
import { assertTrustedCaller } from './callerCheck';
import { ServiceError, serviceErrors } from './serviceError';

/** A request that may be answered: the caller is trusted, the body is read. */
export interface ServiceRequest {
  readonly requestId: string;
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The first value of a header, by its lower-case name. */
  header(name: string): string | undefined;
  /** The body, or its first bytes when it is larger than any call takes. */
  readonly body: Uint8Array;
  /** Size of the whole body, as far as the caller tells it or it was read. */
  readonly bodyBytes: number;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How slowly a caller may send, in milliseconds, and how many may be connected at once. */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5000,
};
const mostConnections = 1000;

/** Of all requests that are not answered yet, in bytes. */
const heldBodiesLimit = 64 * 1024 * 1024;

/**
 * How much of a body over its limit is read and thrown away, in bytes: most callers send all of it before they read why
 * it was refused. Those that send more are cut off.
 */
const readBodyLimit = 64 * 1024 * 1024;

export type Answer = (request: ServiceRequest) => ServiceAnswer | Promise<ServiceAnswer>;

/**
 * Listens on loopback alone.
 *
 * @param port 0 for any free one
 * @throws the system's error (`EADDRINUSE`) when the port cannot be had
 */
export async function listen(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer(patience);
  server.maxConnections = mostConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : port };
}

/** Answers every request to the server; what `answer` throws becomes an error as AWS writes it. */
export function serve(server: Server, answer: Answer): void {
  const bodies = new HeldBodies();
  server.on('request', (request, response) => void respond(request, response, answer, bodies));
}

async function respond(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  bodies: HeldBodies,
): Promise<void> {
  const requestId = randomUUID();
  let heldBytes = 0;
  const hold = (chunk: Buffer): void => {
    heldBytes += chunk.byteLength;
    bodies.hold(chunk.byteLength);
  };
  try {
    assertTrustedCaller(incoming);
    const body = await readBody(incoming, hold);
    send(response, requestId, await answer(toRequest(incoming, requestId, body)));
  } catch (error) {
    // Nobody is left to answer when the caller went away while it was sending.
    if (!response.writable) return;
    send(response, requestId, errorAnswer(error));
  } finally {
    bodies.release(heldBytes);
  }
}

/** The bodies of the requests that are being answered. */
class HeldBodies {
  #bytes = 0;

  /** @throws ServiceError TooManyRequestsException, when all of them together are too large */
  hold(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= heldBodiesLimit) return;
    const message = `Rate exceeded: Local Lambda reads ${heldBodiesLimit} bytes at once.`;
    throw new ServiceError('TooManyRequestsException', message);
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}

type Body = Pick<ServiceRequest, 'body' | 'bodyBytes'>;

/** @param hold called with each chunk that is kept */
async function readBody(incoming: IncomingMessage, hold: (chunk: Buffer) => void): Promise<Body> {
  const chunks: Buffer[] = [];
  let read = 0;
  // Leaving the loop must not close the connection: there is an answer to send.
  for await (const chunk of incoming.iterator({
    destroyOnReturn: false,
  }) as AsyncIterable<Buffer>) {
    if (read <= payloadLimitBytes.RequestResponse) {
      hold(chunk);
      chunks.push(chunk);
    }
    read += chunk.byteLength;
    if (read > readBodyLimit) break;
  }
  const bodyBytes = Math.max(read, Number(incoming.headers['content-length'] ?? 0));
  return { body: Buffer.concat(chunks), bodyBytes };
}

function toRequest(incoming: IncomingMessage, requestId: string, body: Body): ServiceRequest {
  // Not through URL, which would take the dots of a path for folders, and two slashes for a host.
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2);
  return {
    requestId,
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    header(name) {
      const value = incoming.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    ...body,
  };
}

function send(response: ServerResponse, requestId: string, answer: ServiceAnswer): void {
  const { status, headers = {}, body = '' } = answer;
  response.writeHead(status, {
    'x-amzn-RequestId': requestId,
    'Content-Type': 'application/json',
    // What is still on its way of a body that was not read would be taken for the next request.
    ...(response.req.complete ? {} : { Connection: 'close' }),
    ...headers,
    // A 204 has no body, and says nothing of its length.
    ...(status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) }),
  });
  response.end(body);
}

function errorAnswer(error: unknown): ServiceAnswer {
  const refusal =
    error instanceof ServiceError ? error : new ServiceError('InternalFailure', String(error));
  const { code, status, message } = refusal;
  return {
    status,
    headers: { 'x-amzn-errortype': code, ...(status === 429 ? { 'Retry-After': '1' } : {}) },
    body: JSON.stringify(serviceErrors[code].body(message)),
  };
}
