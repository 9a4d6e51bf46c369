/** The log groups of Local Lambda, kept in memory: what FilterLogEvents reads. */
export class LogStore {
  readonly #groups = new Map<string, LogEvent[]>();
  #sequence = 0;

  append(group: string, stream: string, message: string, timestamp = Date.now()): void {
    const events = this.#groups.get(group) ?? [];
    this.#groups.set(group, events);
    this.#sequence += 1;
    events.push({ sequence: this.#sequence, stream, timestamp, message });
    if (events.length > eventsPerGroup) events.splice(0, events.length - eventsPerGroup);
  }

  /** The events of a group, oldest first; `undefined` before anything was written to it. */
  events(group: string): readonly LogEvent[] | undefined {
    return this.#groups.get(group);
  }
}

export interface LogEvent {
  /** Grows with every event of the store, over all groups. */
  readonly sequence: number;
  readonly stream: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** Older events are forgotten. */
const eventsPerGroup = 20_000;
