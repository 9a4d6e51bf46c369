import * as l10n from '@vscode/l10n';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { setImmediate as immediate } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { buildQueryString, type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { type Answer, requestIdOf, type Stage } from './answer';
import type { Agents, WayOut } from './proxy';

/** Error bodies of AWS are well under this; a broken server can send without end. */
const longestErrorBytes = 256 * 1024;

/** A page of CloudWatch Logs holds up to 1 MB of events, and JSON escapes at most six times as many. */
const longestAnswerBytes = 16 * 1024 * 1024;

/** How long the rest of a response that nobody waits for may take before its connection is closed, in milliseconds. */
const longestRestMs = 1000;

export interface WireOptions {
  readonly wayOut: WayOut;
  /** For the request from its first byte to the answer's last, in milliseconds. */
  readonly timeoutMs: number;
  /** Cancels. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the body of a success is wanted, and its loss an error; an event's answer says everything before it. */
  readonly reads?: boolean;
}

/**
 * Carries one request of the SDK, and remembers how far it got: the SDK's own handler reports a reset in the same way
 * whether or not the service has already read the event. The server may close a kept connection just as
 * a request is being sent, and nobody can tell afterwards whether it arrived: there, a request counts as sent from the
 * start. `KeptSockets` makes this rare.
 */
export class Wire {
  stage: Stage = 'preparing';
  answer: Answer | undefined;
  /** What the server presented, when it was not trusted. */
  certificate: string | undefined;
  /** Whether there is a connection, or an answer of the proxy that is to make one. */
  private hasWay = false;
  readonly metadata = { handlerProtocol: 'http/1.1' };

  constructor(private readonly options: WireOptions) {}

  /**
   * What the SDK calls. Rejects with the system's error, or one whose code is `TimedOut`, `Cancelled` or
   * `ProxyRefused`; once a status line has arrived it resolves, whatever becomes of the body, unless that is to be
   * read (`AnswerTooLong` above 16 MB).
   */
  handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    const { signal, timeoutMs, wayOut, reads = false } = this.options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new WireError('Cancelled', l10n.t('Cancelled.')));
      const agents = wayOut(urlOf(request));
      agents.kept?.retire();
      const outgoing = this.open(request, agents);
      let stopped = false;
      const stop = (code: string, message: string) => {
        stopped = true;
        if (reads || this.stage !== 'answered') reject(new WireError(code, message));
        if (!this.hasWay) agents.abandon(outgoing);
        outgoing.destroy();
      };
      const cancel = () => stop('Cancelled', l10n.t('Cancelled.'));
      const timer = setTimeout(
        () => stop('TimedOut', l10n.t('No response within {0} s.', timeoutMs / 1000)),
        timeoutMs,
      );
      signal?.addEventListener('abort', cancel, { once: true });

      outgoing.on('proxyConnect', ({ statusCode = 0 }: http.IncomingMessage) => {
        this.hasWay = true;
        if (statusCode !== 200) {
          stop('ProxyRefused', l10n.t('The proxy responded with {0}.', statusCode));
        }
      });
      // Some versions of Node report a body that breaks off here as well; the answer has come all the same.
      outgoing.on('error', (error) => {
        if (this.stage === 'answered') return;
        if (outgoing.reusedSocket && outgoing.socket && !stopped) {
          agents.kept?.lost(outgoing.socket);
        }
        reject(error);
      });
      outgoing.on('response', (incoming) => {
        this.stage = 'answered';
        agents.kept?.answered(incoming.socket, incoming.headers);
        void this.read(incoming, agents.kept !== undefined)
          .then((response) => resolve({ response }), reject)
          .finally(() => this.leave(outgoing, incoming));
      });
      outgoing.on('close', () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        // After an answer of 101 Node closes the connection and reports nothing else.
        if (this.stage !== 'answered') reject(new WireError('ECONNRESET', 'socket hang up'));
      });
      outgoing.end(request.body);
    });
  }

  /** Part of the SDK's interface for handlers; nothing here can be configured later. */
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  private open(request: HttpRequest, agents: Agents): http.ClientRequest {
    const secure = request.protocol === 'https:';
    const query = buildQueryString(request.query);
    this.stage = 'connecting';
    const outgoing = (secure ? https : http).request({
      method: request.method,
      protocol: request.protocol,
      host: request.hostname.replaceAll(/^\[|\]$/g, ''),
      port: request.port,
      path: request.path + (query && `?${query}`),
      // Explicit because the editor wraps our agent in one of its own, which would ask for the opposite.
      headers: { ...request.headers, ...(agents.kept && { connection: 'keep-alive' }) },
      agent: secure ? agents.httpsAgent : agents.httpAgent,
    });
    outgoing.once('socket', (socket: Socket) => {
      // For hosts other than this machine the editor may replace our agent by the one that all extensions share.
      if (!agents.kept?.owns(socket)) outgoing.shouldKeepAlive = false;
      this.watch(socket);
    });
    return outgoing;
  }

  /** Node writes a request as soon as its connection stands, and with TLS, is trusted. */
  private watch(socket: Socket): void {
    this.hasWay = true;
    const open = () => {
      this.stage = 'sent';
    };
    if (!(socket instanceof TLSSocket)) {
      if (socket.connecting) socket.once('connect', open);
      else open();
    } else if (isHandshaking(socket)) {
      socket.once('secureConnect', open);
      // Comes before Node judges the certificate; afterwards the socket is gone, and what it presented too.
      socket.prependOnceListener('secure', () => {
        this.certificate = describeCertificate(socket);
      });
    } else open();
  }

  private async read(incoming: http.IncomingMessage, keeps: boolean): Promise<HttpResponse> {
    const status = incoming.statusCode ?? 0;
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(incoming.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    const bytes = await this.bytesOf(incoming, { status, headers }, keeps);
    const body = decode(bytes, headers['content-encoding']);
    const succeeded = isSuccess(status);
    this.answer = {
      status,
      headers,
      body: succeeded && this.options.reads ? '' : body.toString('utf8'),
    };
    return new HttpResponse({
      statusCode: status,
      headers,
      // No member of what an event gets comes from the body, and what is none of Lambda's must not be read as one.
      body: succeeded && !this.options.reads ? new Uint8Array() : body,
    });
  }

  private async bytesOf(
    incoming: http.IncomingMessage,
    answer: Pick<Answer, 'status' | 'headers'>,
    keeps: boolean,
  ): Promise<Buffer> {
    if (!isSuccess(answer.status)) return beginningOf(incoming);
    if (this.options.reads) return wholeOf(incoming);
    if (!requestIdOf(answer)) return beginningOf(incoming);
    // With its id Lambda has said everything, even when the body breaks off or never ends. A body that has arrived with
    // the head is read all the same: only after the last byte of a response may its connection carry another request.
    // Before that, Node gets a turn to see whether the server closes the connection right behind the response.
    if (keeps) await immediate();
    if (keeps && incoming.complete) await beginningOf(incoming);
    return Buffer.alloc(0);
  }

  /** Closes the connection unless it is kept. A body that nobody waits for gets a second to end. */
  private leave(outgoing: http.ClientRequest, incoming: http.IncomingMessage): void {
    if (!outgoing.shouldKeepAlive || incoming.readableEnded || incoming.destroyed) {
      outgoing.destroy();
      return;
    }
    const timer = setTimeout(() => outgoing.destroy(), longestRestMs);
    void beginningOf(incoming).finally(() => {
      clearTimeout(timer);
      outgoing.destroy();
    });
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function urlOf({ protocol, hostname, port }: HttpRequest): string {
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}

/** A failure that the system has no code for. */
class WireError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Node sets `secureConnecting` until a handshake is over; its types do not know it. */
function isHandshaking(socket: TLSSocket): boolean {
  return !('secureConnecting' in socket && socket.secureConnecting === false);
}

function describeCertificate(socket: TLSSocket): string | undefined {
  const { subject, issuer, valid_from: from, valid_to: to } = socket.getPeerCertificate();
  if (!subject) return undefined;
  const issuerName = [issuer.O, issuer.CN].flat().filter(Boolean).join(', ');
  return l10n.t('certificate of {subject}, issued by {issuer}, valid from {from} to {to}', {
    subject: [subject.CN].flat().join(', '),
    issuer: issuerName,
    from,
    to,
  });
}

/** What arrives of a body before it ends, breaks off, or grows too long. */
async function beginningOf(incoming: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > longestErrorBytes) break;
    }
  } catch {
    // The status line has arrived, and it alone decides what became of the event.
  }
  return Buffer.concat(chunks);
}

async function wholeOf(incoming: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestAnswerBytes) {
      const message = l10n.t('The response is larger than {0} MB.', longestAnswerBytes / 1024 ** 2);
      throw new WireError('AnswerTooLong', message);
    }
  }
  return Buffer.concat(chunks);
}

const decoders = new Map([
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
]);

function decode(bytes: Buffer, encoding = ''): Buffer {
  const decoder = decoders.get(encoding);
  if (!decoder) return bytes;
  try {
    return decoder(bytes, { maxOutputLength: longestAnswerBytes });
  } catch {
    return Buffer.alloc(0);
  }
}
