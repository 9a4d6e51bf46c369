/** Characters in brackets, such as `[a-z]`. */
export interface CharacterClass {
  /** Behind the closing bracket. */
  readonly end: number;
  /** What stands between the brackets. */
  readonly source: string;
  /** Whether a UTF-16 code unit is one of them; the separator of paths never is. */
  readonly rule: (unit: number) => boolean;
}

/** The classes of POSIX within ASCII, as pairs of first and last characters. */
const posixClasses: Readonly<Record<string, string>> = {
  alnum: '09AZaz',
  alpha: 'AZaz',
  blank: '  \t\t',
  cntrl: '\0\x1f\x7f\x7f',
  digit: '09',
  graph: '!~',
  lower: 'az',
  print: ' ~',
  punct: '!/:@[`{~',
  space: '  \t\r',
  upper: 'AZ',
  xdigit: '09AFaf',
};

const slash = 47;

/**
 * The class whose bracket opens at a place of a pattern, read as git reads it: a bracket that closes right after the one
 * that opens is one of the characters, and a backslash takes the meaning from what follows.
 * @param negations the characters that stand for "all others" at the beginning
 * @returns `undefined` when it is not closed
 */
export function classAt(
  pattern: string,
  at: number,
  negations: string,
): CharacterClass | undefined {
  const ranges: (readonly [number, number])[] = [];
  const isNegated = negations.includes(pattern[at + 1] ?? ' ');
  const first = isNegated ? at + 2 : at + 1;
  let index = first;
  let previous: number | undefined;
  const next = (): number => {
    if (pattern[index] === '\\') index++;
    return pattern.charCodeAt(index++);
  };
  while (pattern[index] !== ']' || index === first) {
    if (index >= pattern.length) return undefined;
    const posix = /\[:(\w+):\]/y;
    posix.lastIndex = index;
    const named = posixClasses[posix.exec(pattern)?.[1] ?? ''];
    if (named !== undefined) {
      for (let pair = 0; pair < named.length; pair += 2)
        ranges.push([named.charCodeAt(pair), named.charCodeAt(pair + 1)]);
      index = posix.lastIndex;
      previous = undefined;
    } else if (pattern[index] === '-' && previous !== undefined && pattern[index + 1] !== ']') {
      index++;
      ranges.push([previous, next()]);
      previous = undefined;
    } else {
      previous = next();
      ranges.push([previous, previous]);
    }
  }
  return {
    end: index + 1,
    source: pattern.slice(at + 1, index),
    rule: (unit) =>
      unit !== slash && ranges.some(([from, to]) => from <= unit && unit <= to) !== isNegated,
  };
}
