import { cutText, lineLimitBytes } from './byteLimits';

export interface LogEvent {
  /** Grows with every event of the store, over all groups. */
  readonly sequence: number;
  readonly stream: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** Older events are forgotten. */
const mostEventsInGroup = 20_000;

/** Of all groups together, in characters: text takes one byte or two for each. */
const mostCharacters = 16 * 1024 * 1024;

/** The log groups of Local Lambda, kept in memory: what FilterLogEvents reads. */
export class LogStore {
  readonly #groups = new Map<string, LogGroup>();
  #sequence = 0;
  #characters = 0;

  append(group: string, stream: string, message: string, timestamp = Date.now()): void {
    const events = this.#groups.get(group) ?? new LogGroup();
    this.#groups.set(group, events);
    this.#sequence += 1;
    const { text } = cutText(message, lineLimitBytes);
    events.add({ sequence: this.#sequence, stream, timestamp, message: text });
    this.#characters += text.length;
    if (events.length > mostEventsInGroup) this.#characters -= events.dropOldest();
    while (this.#characters > mostCharacters) this.#characters -= this.#largest().dropOldest();
  }

  /** The events of a group, oldest first; `undefined` before anything was written to it. */
  events(group: string): readonly LogEvent[] | undefined {
    return this.#groups.get(group)?.events;
  }

  /** A function that says much takes no room from the others. */
  #largest(): LogGroup {
    return [...this.#groups.values()].reduce((a, b) => (b.characters > a.characters ? b : a));
  }
}

class LogGroup {
  #events: LogEvent[] = [];
  #characters = 0;

  get events(): readonly LogEvent[] {
    return this.#events;
  }

  get length(): number {
    return this.#events.length;
  }

  get characters(): number {
    return this.#characters;
  }

  add(event: LogEvent): void {
    this.#events.push(event);
    this.#characters += event.message.length;
  }

  /** Forgets a tenth at once, since each time moves the others. Returns how many characters were in it. */
  dropOldest(): number {
    const dropped = this.#events.splice(0, Math.ceil(this.#events.length / 10));
    const characters = dropped.reduce((sum, { message }) => sum + message.length, 0);
    this.#characters -= characters;
    return characters;
  }
}
