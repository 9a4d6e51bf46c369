import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/stepFunctions/results';

/** Of more items none is told from another: their tally would take more than 200 MB. */
export const mostTallied = 10_000_000;

/**
 * Counts items by what they mean, since Step Functions writes their JSON anew: by 64 bits of a hash each, so that one takes
 * 18 to 36 bytes, however long it is.
 */
export class ItemTally {
  readonly #mask: number;
  /** Two words of a hash in each place. */
  readonly #hashes: Uint32Array;
  /** One more than the count; 0 where there is no hash. */
  readonly #counts: Uint32Array;
  #different = 0;
  #left = 0;
  #isFull = false;

  /** @param most different items, up to `mostTallied` */
  constructor(private readonly most: number) {
    const places = 2 ** Math.ceil(Math.log2(Math.max(most, 1) * 1.5));
    this.#mask = places - 1;
    this.#hashes = new Uint32Array(2 * places);
    this.#counts = new Uint32Array(places);
  }

  /** Whether every item was found that was added. */
  get isEmpty(): boolean {
    return this.#left === 0 && !this.#isFull;
  }

  add(json: string): void {
    const place = this.#placeOf(json);
    const count = this.#counts[place] ?? 0;
    if (count === 0) {
      // No more than the event file has: these are of another one.
      if (this.#different === this.most) {
        this.#isFull = true;
        return;
      }
      this.#different++;
    }
    this.#counts[place] = Math.max(count, 1) + 1;
    this.#left++;
  }

  /** Whether one such item is left; then it is one less. */
  take(json: string): boolean {
    const place = this.#placeOf(json);
    const count = this.#counts[place] ?? 0;
    if (count < 2) return false;
    this.#counts[place] = count - 1;
    this.#left--;
    return true;
  }

  /** Where an item is, or would be: its hash is written there. */
  #placeOf(json: string): number {
    const hash = createHash('sha256')
      .update(canonicalJson(json) ?? json)
      .digest();
    const high = hash.readUInt32LE(0);
    const low = hash.readUInt32LE(4);
    let place = low & this.#mask;
    while (this.#counts[place] !== 0) {
      if (this.#hashes[2 * place] === high && this.#hashes[2 * place + 1] === low) return place;
      place = (place + 1) & this.#mask;
    }
    this.#hashes[2 * place] = high;
    this.#hashes[2 * place + 1] = low;
    return place;
  }
}
