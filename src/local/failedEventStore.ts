/** What Local Lambda keeps of events that failed for good, where a function is configured so: until it stops. */
import { createHash, randomUUID } from 'node:crypto';

/** A message of a queue. */
export interface LocalMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly receives: number;
  readonly firstReceivedAt: number | undefined;
  /** Names this message as it was received last. */
  readonly receipt: string;
}

interface QueuedMessage extends LocalMessage {
  readonly queue: string;
  /** Nobody gets it before; milliseconds since 1970. */
  readonly visibleAt: number;
}

export interface LocalObject {
  readonly key: string;
  readonly body: string;
  readonly storedAt: number;
}

/** What an operation on a received message came to. */
export type MessageResult = 'done' | 'notInFlight' | 'invalidReceipt';

/** Of all queues and the bucket together; what is older has to make room. */
const mostKept = 10_000;
const mostBytes = 64 * 1024 * 1024;

/** The only bucket. */
export const bucketName = 'failed-events';

export class FailedEventStore {
  /** Oldest first. */
  readonly #messages = new Map<string, QueuedMessage>();
  /** Oldest first. */
  readonly #objects = new Map<string, LocalObject>();
  #bytes = 0;

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number = Date.now) {}

  /** Returns how many had to make room. */
  send(queue: string, body: string, attributes: Readonly<Record<string, string>> = {}): number {
    const id = randomUUID();
    const sentAt = this.now();
    this.#messages.set(id, {
      id,
      queue,
      body,
      attributes,
      sentAt,
      receives: 0,
      firstReceivedAt: undefined,
      receipt: '',
      visibleAt: sentAt,
    });
    this.#bytes += body.length;
    return this.#makeRoom();
  }

  /** Messages that nobody else has, oldest first; for so long nobody else gets them. */
  receive(queue: string, most: number, visibilitySeconds: number): LocalMessage[] {
    const now = this.now();
    const received: LocalMessage[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === most) break;
      if (message.queue !== queue || message.visibleAt > now) continue;
      const receives = message.receives + 1;
      const next = {
        ...message,
        receives,
        firstReceivedAt: message.firstReceivedAt ?? now,
        receipt: Buffer.from(`${message.id}#${receives}`).toString('base64url'),
        visibleAt: now + visibilitySeconds * 1000,
      };
      this.#messages.set(message.id, next);
      received.push(next);
    }
    return received;
  }

  /** How many messages can be received now, and how many somebody has. */
  count(queue: string): { readonly visible: number; readonly inFlight: number } {
    const now = this.now();
    const all = [...this.#messages.values()].filter((message) => message.queue === queue);
    const inFlight = all.filter(({ visibleAt }) => visibleAt > now).length;
    return { visible: all.length - inFlight, inFlight };
  }

  changeVisibility(queue: string, receipt: string, seconds: number): MessageResult {
    const id = idOf(receipt);
    if (id === undefined) return 'invalidReceipt';
    const message = this.#messages.get(id);
    const now = this.now();
    if (!message || message.queue !== queue) return 'notInFlight';
    if (message.receipt !== receipt || message.visibleAt <= now) return 'notInFlight';
    this.#messages.set(id, { ...message, visibleAt: now + seconds * 1000 });
    return 'done';
  }

  /** What is gone already is no error. */
  deleteMessage(queue: string, receipt: string): MessageResult {
    const id = idOf(receipt);
    if (id === undefined) return 'invalidReceipt';
    const message = this.#messages.get(id);
    if (message?.queue !== queue) return 'done';
    this.#messages.delete(id);
    this.#bytes -= message.body.length;
    return 'done';
  }

  /** Returns how many had to make room. */
  put(key: string, body: string): number {
    this.deleteObject(key);
    this.#objects.set(key, { key, body, storedAt: this.now() });
    this.#bytes += body.length;
    return this.#makeRoom();
  }

  get(key: string): LocalObject | undefined {
    return this.#objects.get(key);
  }

  /** In the order of the keys, as S3 lists them. */
  objects(): LocalObject[] {
    return [...this.#objects.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  deleteObject(key: string): void {
    this.#bytes -= this.#objects.get(key)?.body.length ?? 0;
    this.#objects.delete(key);
  }

  #makeRoom(): number {
    let dropped = 0;
    while (this.#messages.size + this.#objects.size > mostKept || this.#bytes > mostBytes) {
      const [message] = this.#messages.values();
      const [object] = this.#objects.values();
      const isMessage = message && (!object || message.sentAt <= object.storedAt);
      if (isMessage) this.deleteMessage(message.queue, receiptOf(message.id));
      else if (object) this.deleteObject(object.key);
      else break;
      dropped++;
    }
    return dropped;
  }
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function receiptOf(id: string): string {
  return Buffer.from(`${id}#0`).toString('base64url');
}

function idOf(receipt: string): string | undefined {
  return /^([\da-f-]{36})#\d+$/.exec(Buffer.from(receipt, 'base64url').toString())?.[1];
}
