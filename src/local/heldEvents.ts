import type { QueuedEvent } from './queuedEvent';

export interface HeldLimits {
  readonly events: number;
  readonly bytes: number;
}

/** The events of the queue that are in memory: those that run, and of those that wait the next ones. */
export class HeldEvents {
  readonly #limits: HeldLimits;
  #events = 0;
  #bytes = 0;

  constructor(limits: HeldLimits) {
    this.#limits = limits;
  }

  get events(): number {
    return this.#events;
  }

  /** Of their payloads. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether one more may be kept in memory. What is read back from disk is few, and may always. */
  hasRoomFor({ invocation: { payload } }: QueuedEvent): boolean {
    return (
      this.#events < this.#limits.events && this.#bytes + payload.byteLength <= this.#limits.bytes
    );
  }

  add({ invocation: { payload } }: QueuedEvent): void {
    this.#events += 1;
    this.#bytes += payload.byteLength;
  }

  remove({ invocation: { payload } }: QueuedEvent): void {
    this.#events -= 1;
    this.#bytes -= payload.byteLength;
  }
}
