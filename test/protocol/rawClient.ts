import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Message, StreamMessageReader } from 'vscode-languageserver/node';
import { repository } from '../support/repository';

/** A message that came from the server. */
export interface Received {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number };
}

/** Writes to the real server over stdio whatever it is told, right or wrong. */
export class RawClient {
  readonly #server: ChildProcess;
  readonly #waiting = new Set<(message: Received) => void>();
  #errors = '';

  /** @param answer what this client sends back for a request of the server, as a whole message */
  constructor(answer: (request: Received) => unknown) {
    this.#server = spawn(process.execPath, [join(repository, 'dist/server.js'), '--stdio']);
    this.#server.stderr?.on('data', (chunk) => {
      this.#errors += chunk;
    });
    this.#server.stdin?.on('error', () => undefined);
    const { stdout } = this.#server;
    if (!stdout) throw new Error('The server has no output.');
    new StreamMessageReader(stdout).listen((message: Message) => {
      const received = message as Received;
      if (received.method !== undefined && received.id !== undefined) this.send(answer(received));
      for (const listener of this.#waiting) listener(received);
    });
  }

  send(message: unknown): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): void {
    this.#server.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  /** The next message that meets a condition; rejects when the server ends, or with nothing of the kind in time. */
  async next(wanted: (message: Received) => boolean, limitMs: number): Promise<Received> {
    let listener: (message: Received) => void = () => undefined;
    let timer: NodeJS.Timeout | undefined;
    const ended = () => listener({ method: 'ended' });
    try {
      const message = await new Promise<Received | undefined>((resolve) => {
        listener = (received) => {
          if (received.method === 'ended' || wanted(received)) resolve(received);
        };
        this.#waiting.add(listener);
        this.#server.once('exit', ended);
        if (this.hasEnded) ended();
        timer = setTimeout(resolve, limitMs, undefined);
      });
      if (!message) throw new Error(`The server did not answer within ${limitMs} ms.`);
      if (message.method === 'ended')
        throw new Error(
          `The server ended (${this.#server.exitCode ?? this.#server.signalCode}). ${this.#errors}`,
        );
      return message;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(listener);
      this.#server.off('exit', ended);
    }
  }

  /** Sends a request and resolves to its answer. */
  async request(id: string, method: string, params: unknown, limitMs: number): Promise<Received> {
    const answer = this.next(
      (message) => message.id === id && message.method === undefined,
      limitMs,
    );
    this.send({ jsonrpc: '2.0', id, method, params });
    return answer;
  }

  get hasEnded(): boolean {
    return this.#server.exitCode !== null || this.#server.signalCode !== null;
  }

  async ended(): Promise<void> {
    if (!this.hasEnded) await once(this.#server, 'exit');
  }

  kill(): void {
    this.#server.kill('SIGKILL');
  }
}
