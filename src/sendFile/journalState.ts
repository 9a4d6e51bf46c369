import { type ErrorCount, type LineCounts, type LineKind, noCounts } from '../core/fileRun/run';
import type { JournalEntry, LinePlace } from './journalEntries';

/**
 * What the entries of a journal add up to. Its size is that of the lines under way, never of the file: lines are
 * intended in the order of the file.
 */
export class JournalState {
  /** Intended, without an outcome. */
  readonly open = new Map<number, LinePlace>();
  /** To be sent again. */
  readonly returned = new Map<number, LinePlace>();
  /** The line farthest down the file that was ever intended. */
  last: LinePlace | undefined;
  isFinished = false;
  #counts: LineCounts = noCounts;
  readonly #errors = new Map<string, ErrorCount>();

  get counts(): LineCounts {
    return this.#counts;
  }

  /** Most frequent first. */
  get errors(): readonly ErrorCount[] {
    return [...this.#errors.values()].toSorted((a, b) => b.count - a.count);
  }

  /** Returns the place of a line that is done by this entry. */
  add(entry: JournalEntry): LinePlace | undefined {
    if (entry[0] === 'outcome') return this.#settle(entry[1], entry[2], entry[5] ?? undefined);
    if (entry[0] === 'intent') {
      this.#intend({ number: entry[1], offset: entry[2], length: entry[3] });
    } else if (entry[0] === 'returned') this.#giveBack(entry[1]);
    else this.isFinished = true;
    return undefined;
  }

  #intend(place: LinePlace): void {
    this.returned.delete(place.number);
    this.open.set(place.number, place);
    if (this.last === undefined || place.number > this.last.number) this.last = place;
  }

  #giveBack(number: number): void {
    const place = this.open.get(number);
    if (!place) return;
    this.open.delete(number);
    this.returned.set(number, place);
  }

  #settle(number: number, kind: LineKind, name: string | undefined): LinePlace | undefined {
    const place = this.open.get(number);
    if (!place) return undefined;
    this.open.delete(number);
    this.#counts = { ...this.#counts, [kind]: this.#counts[kind] + 1 };
    if (name !== undefined) {
      const key = `${kind} ${name}`;
      const count = (this.#errors.get(key)?.count ?? 0) + 1;
      this.#errors.set(key, { kind, name, count });
    }
    return place;
  }
}
