import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way to Local Lambda. */
export interface Recorded {
  readonly path: string;
  readonly invocationType: string | undefined;
  readonly body: Buffer;
}

/** Stands before Local Lambda: writes down what a program sends, and what its function says that it got. */
export class Recorder {
  readonly requests: Recorded[] = [];
  readonly events: string[] = [];
  #arrived: (() => void) | undefined;
  readonly #server = createServer((incoming, response) => void this.#answer(incoming, response));

  constructor(private readonly target: () => string) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  reset(): void {
    this.requests.length = 0;
    this.events.length = 0;
  }

  /** Resolves when as many events as were accepted have reached the function. */
  async delivered(): Promise<void> {
    while (this.events.length < this.requests.length) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (incoming.url === '/event') {
      this.events.push(body.toString());
      response.end();
      this.#arrived?.();
      return;
    }
    const type = incoming.headers['x-amz-invocation-type'];
    this.requests.push({
      path: incoming.url ?? '',
      invocationType: typeof type === 'string' ? type : undefined,
      body,
    });
    const forwarded = request(
      new URL(incoming.url ?? '/', this.target()),
      {
        method: incoming.method ?? 'POST',
        headers: { ...incoming.headers, host: new URL(this.target()).host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    forwarded.end(body);
  }
}
