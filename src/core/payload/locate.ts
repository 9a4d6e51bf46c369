import type { TextRange } from '../problem';
import { type JsonVisitor, walkJson } from './walk';

/** Where a value stands in the text. */
export interface Location {
  readonly value: TextRange;
  /** The key that names the value, with its quotes; `undefined` for items and for the whole document. */
  readonly key: TextRange | undefined;
}

/**
 * Finds the places of some values in one walk over the text.
 * @param text JSON that JSON.parse accepts
 * @param pointers JSON Pointers (RFC 6901)
 * @returns a location for each pointer that leads to a value; of a key that is there twice, the last, as in JSON.parse
 */
export function locate(text: string, pointers: Iterable<string>): Map<string, Location> {
  const root: Wanted = { members: new Map() };
  for (const pointer of pointers) want(root, pointer);
  const locator = new Locator(text, root);
  walkJson(text, locator);
  return locator.found;
}

/** The JSON Pointer of a member of a value. */
export function pointerTo(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A value that is wanted itself, by its pointer, or that holds wanted values. */
interface Wanted {
  readonly members: Map<string, Wanted>;
  pointer?: string;
}

function want(root: Wanted, pointer: string): void {
  let wanted = root;
  for (const segment of pointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    const member = wanted.members.get(name) ?? { members: new Map() };
    wanted.members.set(name, member);
    wanted = member;
  }
  wanted.pointer = pointer;
}

/** An object or array that is open. */
interface Container {
  readonly start: number;
  readonly wanted: Wanted | undefined;
  readonly key: TextRange | undefined;
  /** The name or index of the member that comes next. */
  nextMember: string | number;
  nextKey: TextRange | undefined;
}

class Locator implements JsonVisitor {
  readonly found = new Map<string, Location>();
  readonly #open: Container[] = [];

  constructor(
    readonly text: string,
    readonly root: Wanted,
  ) {}

  open(start: number): void {
    const container = this.#open.at(-1);
    const nextMember = this.text[start] === '[' ? 0 : '';
    const key = container?.nextKey;
    this.#open.push({ start, wanted: this.#enter(), key, nextMember, nextKey: undefined });
  }

  close(end: number): void {
    const container = this.#open.pop();
    if (container !== undefined)
      this.#note(container.wanted, { start: container.start, end }, container.key);
  }

  key(start: number, end: number): void {
    const container = this.#open.at(-1);
    if (container?.wanted === undefined) return;
    container.nextMember = String(JSON.parse(this.text.slice(start, end)));
    container.nextKey = { start, end };
  }

  scalar(start: number, end: number): void {
    const key = this.#open.at(-1)?.nextKey;
    this.#note(this.#enter(), { start, end }, key);
  }

  /** What is wanted of the value that begins here. */
  #enter(): Wanted | undefined {
    const container = this.#open.at(-1);
    if (container === undefined) return this.root;
    const member = container.nextMember;
    if (typeof member === 'number') container.nextMember = member + 1;
    return container.wanted?.members.get(String(member));
  }

  #note(wanted: Wanted | undefined, value: TextRange, key: TextRange | undefined): void {
    if (wanted?.pointer !== undefined) this.found.set(wanted.pointer, { value, key });
  }
}
