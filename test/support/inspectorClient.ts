import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** A debugger of Node: speaks the protocol of its inspector over a WebSocket, as far as that sends whole text frames. */
export class InspectorClient {
  readonly #events = new EventEmitter();
  #id = 0;
  #rest = Buffer.alloc(0);

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', () => {});
  }

  /** @param url as the inspector names it */
  static async connect(url: string): Promise<InspectorClient> {
    const upgrade = request(url.replace(/^ws:/, 'http:'), {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
      },
    });
    upgrade.end();
    const [, socket, head] = (await once(upgrade, 'upgrade')) as [unknown, Socket, Buffer];
    const client = new InspectorClient(socket);
    client.#read(head);
    return client;
  }

  /** Rejects with what the inspector says. */
  async send(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#id;
    const answered = once(this.#events, `answer ${id}`) as Promise<[Message]>;
    this.socket.write(textFrame(JSON.stringify({ id, method, params })));
    const [{ result = {}, error }] = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  on(method: string, listener: (params: unknown) => void): void {
    this.#events.on(method, ({ params }: Message) => listener(params));
  }

  close(): void {
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (let text = this.#take(); text !== undefined; text = this.#take()) {
      const message = JSON.parse(text) as Message;
      this.#events.emit(message.method ?? `answer ${message.id}`, message);
    }
  }

  #take(): string | undefined {
    const length = this.#rest.length < 2 ? undefined : lengthOf(this.#rest);
    if (!length || this.#rest.length < length.start + length.bytes) return undefined;
    const end = length.start + length.bytes;
    const text = this.#rest.subarray(length.start, end).toString();
    this.#rest = this.#rest.subarray(end);
    return text;
  }
}

function lengthOf(frame: Buffer): { start: number; bytes: number } | undefined {
  const short = (frame[1] ?? 0) & 0x7f;
  if (short < 126) return { start: 2, bytes: short };
  const start = short === 126 ? 4 : 10;
  if (frame.length < start) return undefined;
  return { start, bytes: short === 126 ? frame.readUInt16BE(2) : Number(frame.readBigUInt64BE(2)) };
}

/** A client has to mask what it sends; a mask of zeros is one. */
function textFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt8(0x81, 0);
  if (body.length < 126) {
    head.writeUInt8(0x80 | body.length, 1);
    return Buffer.concat([head.subarray(0, 6), body]);
  }
  head.writeUInt8(0x80 | 126, 1);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}
