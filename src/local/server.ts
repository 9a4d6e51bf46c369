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
  /** Size of the whole body. */
  readonly bodyBytes: number;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Answer = (request: ServiceRequest) => ServiceAnswer | Promise<ServiceAnswer>;

/**
 * Listens on loopback alone.
 *
 * @param port 0 for any free one
 * @throws the system's error (`EADDRINUSE`) when the port cannot be had
 */
export async function listen(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer();
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
  server.on('request', (request, response) => void respond(request, response, answer));
}

async function respond(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  const requestId = randomUUID();
  try {
    assertTrustedCaller(incoming);
    const request = await readRequest(incoming, requestId);
    send(response, requestId, await answer(request));
  } catch (error) {
    // Nobody is left to answer when the caller went away while it was sending.
    if (!response.writable) return;
    send(response, requestId, errorAnswer(error));
  }
}

async function readRequest(incoming: IncomingMessage, requestId: string): Promise<ServiceRequest> {
  const chunks: Buffer[] = [];
  let bodyBytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    if (bodyBytes <= payloadLimitBytes.RequestResponse) chunks.push(chunk);
    bodyBytes += chunk.length;
  }
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
    body: Buffer.concat(chunks),
    bodyBytes,
  };
}

function send(response: ServerResponse, requestId: string, answer: ServiceAnswer): void {
  const { status, headers = {}, body = '' } = answer;
  response.writeHead(status, {
    'x-amzn-RequestId': requestId,
    'Content-Type': 'application/json',
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
  const body = serviceErrors[code].modelled ? { Type: 'User', Message: message } : { message };
  return { status, headers: { 'x-amzn-errortype': code }, body: JSON.stringify(body) };
}
