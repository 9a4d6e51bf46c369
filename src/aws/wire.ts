import * as l10n from '@vscode/l10n';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { buildQueryString, type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { type Answer, requestIdOf, type Stage } from './answer';
import type { Agents } from './proxy';

/** Error bodies of Lambda are well under this; a broken server can send without end. */
const longestAnswerBytes = 256 * 1024;

/**
 * Carries one request of the SDK over one fresh connection, and remembers how far it got: the SDK's own
 * handler reports a reset in the same way whether or not the service has already read the event.
 * (A kept-alive connection would add a doubt: it may be closed by the other side in the moment of sending.)
 */
export class Wire {
  stage: Stage = 'preparing';
  answer: Answer | undefined;
  /** What the server presented, when it was not trusted. */
  certificate: string | undefined;
  /** Whether there is a connection, or an answer of the proxy that is to make one. */
  private hasWay = false;
  readonly metadata = { handlerProtocol: 'http/1.1' };

  constructor(
    private readonly agents: Agents,
    private readonly timeoutMs: number,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * What the SDK calls. Rejects with the system's error, or one whose code is `TimedOut`, `Cancelled` or
   * `ProxyRefused`; once a status line has arrived it resolves, whatever becomes of the body.
   */
  handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    const { signal, timeoutMs } = this;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new WireError('Cancelled', l10n.t('Cancelled.')));
      const outgoing = this.open(request);
      const stop = (code: string, message: string) => {
        if (this.stage !== 'answered') reject(new WireError(code, message));
        if (!this.hasWay) this.agents.abandon();
        outgoing.destroy();
      };
      const cancel = () => stop('Cancelled', l10n.t('Cancelled.'));
      const timer = setTimeout(
        () => stop('TimedOut', l10n.t('No answer in {0} s.', timeoutMs / 1000)),
        timeoutMs,
      );
      signal?.addEventListener('abort', cancel, { once: true });

      outgoing.on('proxyConnect', ({ statusCode = 0 }: http.IncomingMessage) => {
        this.hasWay = true;
        if (statusCode !== 200) {
          stop('ProxyRefused', l10n.t('The proxy answered {0}.', statusCode));
        }
      });
      // Some versions of Node report a body that breaks off here as well; the answer has come all the same.
      outgoing.on('error', (error) => {
        if (this.stage !== 'answered') reject(error);
      });
      outgoing.on('response', (incoming) => {
        this.stage = 'answered';
        void this.read(incoming)
          .then((response) => resolve({ response }), reject)
          .finally(() => outgoing.destroy());
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

  private open(request: HttpRequest): http.ClientRequest {
    const secure = request.protocol === 'https:';
    const query = buildQueryString(request.query);
    this.stage = 'connecting';
    const outgoing = (secure ? https : http).request({
      method: request.method,
      host: request.hostname.replaceAll(/^\[|\]$/g, ''),
      port: request.port,
      path: request.path + (query && `?${query}`),
      headers: request.headers,
      agent: secure ? this.agents.httpsAgent : this.agents.httpAgent,
    });
    outgoing.once('socket', (socket: Socket) => this.watch(socket));
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

  private async read(incoming: http.IncomingMessage): Promise<HttpResponse> {
    const status = incoming.statusCode ?? 0;
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(incoming.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    const succeeded = status >= 200 && status < 300;
    // With its id Lambda has said everything, even when the body breaks off or never ends.
    const bytes =
      succeeded && requestIdOf({ headers }) ? Buffer.alloc(0) : await beginningOf(incoming);
    const body = decode(bytes, headers['content-encoding']);
    this.answer = { status, headers, body: body.toString('utf8') };
    return new HttpResponse({
      statusCode: status,
      headers,
      // No member of a success comes from the body, and what is none of Lambda's must not be read as one.
      body: succeeded ? new Uint8Array() : body,
    });
  }
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
      if (length > longestAnswerBytes) break;
    }
  } catch {
    // The status line has arrived, and it alone decides what became of the event.
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
