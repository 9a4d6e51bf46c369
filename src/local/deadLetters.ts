import type { Invocation } from './invocation';

/** An event whose every attempt failed. */
export interface DeadLetter {
  readonly invocation: Invocation;
  readonly attempts: number;
  readonly reason: string;
}

const mostLetters = 1000;
const mostBytes = 16 * 1024 * 1024;

/** The newest dead letters. */
export class DeadLetters {
  readonly #letters: DeadLetter[] = [];
  #bytes = 0;

  /** Oldest first. */
  get all(): readonly DeadLetter[] {
    return this.#letters;
  }

  /** Returns those that had to make room, oldest first. */
  add(letter: DeadLetter): DeadLetter[] {
    this.#letters.push(letter);
    this.#bytes += sizeOf(letter);
    const dropped: DeadLetter[] = [];
    while (this.#letters.length > mostLetters || this.#bytes > mostBytes) {
      const oldest = this.#letters.shift();
      if (!oldest) break;
      this.#bytes -= sizeOf(oldest);
      dropped.push(oldest);
    }
    return dropped;
  }
}

/** In bytes; text takes two for each character at most. */
function sizeOf({ invocation, reason }: DeadLetter): number {
  return invocation.payload.byteLength + reason.length * 2;
}
