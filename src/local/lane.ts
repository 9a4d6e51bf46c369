import type { HeldEvents } from './heldEvents';
import type { QueuedEvent } from './queuedEvent';
import type { SpooledEvents } from './spooledEvents';

/** With fewer than this in memory, the next ones are read from disk, so that they are there in time. */
const fewEvents = 4;

/**
 * Events of one function that failed equally often, and so wait equally long: they become due in the order in which
 * they came. The oldest are in memory, what finds no room there is on disk.
 */
export class Lane {
  readonly #held: HeldEvents;
  readonly #spooled: SpooledEvents;
  readonly #onReady: () => void;
  readonly #memory: QueuedEvent[] = [];
  #isReading = false;

  /** @param onReady called when events have come back from disk */
  constructor(held: HeldEvents, spooled: SpooledEvents, onReady: () => void) {
    this.#held = held;
    this.#spooled = spooled;
    this.#onReady = onReady;
  }

  /** When its next event may run; `undefined` without one in memory. */
  get dueAt(): number | undefined {
    return this.#memory[0]?.dueAt;
  }

  /**
   * Resolves when the event is in memory, which is at once, or on disk.
   *
   * @throws SpoolError when it is neither
   */
  async push(event: QueuedEvent): Promise<void> {
    const isInOrder = this.#spooled.isEmpty && !this.#isReading;
    if (isInOrder && this.#held.hasRoomFor(event)) {
      this.#hold(event);
    } else {
      await this.#spooled.append(event);
      this.#refill();
    }
  }

  /** The next event; it counts as held until its taker says otherwise. */
  take(): QueuedEvent | undefined {
    const event = this.#memory.shift();
    this.#refill();
    return event;
  }

  /** Forgets all of them. */
  close(): Promise<void> {
    return this.#spooled.close();
  }

  #hold(event: QueuedEvent): void {
    this.#held.add(event);
    this.#memory.push(event);
  }

  #refill(): void {
    if (this.#isReading || this.#memory.length >= fewEvents || !this.#spooled.isReadable) return;
    void this.#read();
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    const events = await this.#spooled.read();
    this.#isReading = false;
    for (const event of events) this.#hold(event);
    this.#onReady();
    // What could not be read is followed by the next file.
    this.#refill();
  }
}
