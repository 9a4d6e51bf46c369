import { isRecord } from '../isRecord';

/** What is tried of one line, and how many lines an object may have. */
const mostStarts = 30;
const mostLines = 2000;

/** In UTF-16 units. */
const longestText = 2 * 1024 * 1024;

/** What the output puts in front of what others print: `2026-11-29 06:56:42.123 [info] [orders] | `. */
const tag = /^.{0,300}?\] \| /;

/**
 * The JSON object that a line of a log is or holds, with the lines below where it is written over several, or where the
 * output has broken one long line into pieces. `undefined` when there is none.
 * @param lines the line, and those below it
 */
export function objectInLog(lines: readonly string[]): string | undefined {
  const [first = '', ...below] = lines.slice(0, mostLines);
  const content = first.replace(tag, '');
  const alone = objectIn(content);
  if (alone !== undefined) return alone;
  const start = content.indexOf('{');
  if (start < 0) return undefined;
  const prefix = tag.exec(first)?.[0].replace(/^.*?\[/, '[') ?? '';
  const indented = new GrowingObject();
  const broken = new GrowingObject();
  indented.add(content.slice(start));
  broken.add(content.slice(start));
  for (const line of below) {
    const own = tag.exec(line)?.[0].replace(/^.*?\[/, '[') ?? '';
    // A line of somebody else is none of it.
    if (own !== prefix || indented.text.length > longestText) return undefined;
    const rest = line.replace(tag, '');
    for (const text of [indented.add(`\n${rest}`), broken.add(rest)]) {
      if (text !== undefined && isObject(text)) return text;
    }
  }
  return undefined;
}

/** The first object in a line that is whole; also one that is quoted as a string. */
function objectIn(line: string): string | undefined {
  let tries = 0;
  for (let start = line.indexOf('{'); start >= 0 && tries < mostStarts; tries++) {
    const end = endOfObject(line, start);
    const text = end === undefined ? undefined : line.slice(start, end);
    if (text !== undefined && isObject(text)) return text;
    start = line.indexOf('{', start + 1);
  }
  // What is not closed is taken to its end: it would be read again from each quote in it.
  const quoted = /"(?:[^"\\]|\\[^])*(?:"|\\?$)/g;
  for (const [text] of line.matchAll(quoted)) {
    if (!text.includes('{')) continue;
    const inside = parsed(text);
    if (typeof inside === 'string' && isObject(inside.trim())) return inside.trim();
  }
  return undefined;
}

/** The offset behind the bracket that closes the one at `start`. */
function endOfObject(text: string, start: number): number | undefined {
  return new ObjectEnd().in(text, start);
}

/** A text that begins an object, and comes in pieces. */
class GrowingObject {
  text = '';
  readonly #end = new ObjectEnd();
  #isClosed = false;

  /** The object, from the piece that closes it. */
  add(piece: string): string | undefined {
    if (this.#isClosed) return undefined;
    const end = this.#end.in(piece);
    this.#isClosed = end !== undefined;
    this.text += piece.slice(0, end);
    return this.#isClosed ? this.text : undefined;
  }
}

/** Looks for the end of an object, once over each piece of its text. */
class ObjectEnd {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  /** The offset behind the closing bracket, when it is in this piece. */
  in(piece: string, start = 0): number | undefined {
    for (let at = start; at < piece.length; at++) {
      const character = piece[at];
      if (this.#isEscaped) this.#isEscaped = false;
      else if (this.#isInString) {
        if (character === '\\') this.#isEscaped = true;
        else if (character === '"') this.#isInString = false;
      } else if (character === '"') this.#isInString = true;
      else if (character === '{') this.#depth++;
      else if (character === '}' && --this.#depth === 0) return at + 1;
    }
    return undefined;
  }
}

function isObject(text: string): boolean {
  return isRecord(parsed(text)) && text !== '{}';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
