import type { TextRange } from '../core/problem';
import { keptRanges, without } from './keptRanges';
import { oncePerFile } from './once';
import { firstFrom } from './sorted';
import { contains, rangeOf, type SyntaxFile } from './syntaxFile';

/**
 * The functions of a file in which a variable never means one of around it: no function sees any in the language, and
 * nothing in these says otherwise (`global $name` in PHP). Where a script and its functions have names in common, the
 * places in them need no query each. One look finds them in the upper levels of the file; what lies deeper is left out,
 * and is as correct but slower to read.
 */
export const sealedFunctions = oncePerFile((file: SyntaxFile) => new SealedFunctions(file));

class SealedFunctions {
  /** In order, the outermost of nested ones. */
  readonly #ranges: readonly TextRange[];

  constructor(file: SyntaxFile) {
    this.#ranges = outermost(sealed.of(file));
  }

  #around(part: TextRange): TextRange | undefined {
    const next = firstFrom(this.#ranges, part.start + 1, ({ start }) => start);
    const range = this.#ranges[next - 1];
    return range && contains(range, part) ? range : undefined;
  }

  /** The parts of a scope that lie in none of these functions; all of it where it is one, or lies in one. */
  outside(scope: TextRange): TextRange[] {
    if (this.#around(scope)) return [scope];
    const first = firstFrom(this.#ranges, scope.start, ({ start }) => start);
    const last = firstFrom(this.#ranges, scope.end, ({ start }) => start);
    return without(scope, this.#ranges.slice(first, last));
  }
}

const sealed = keptRanges((file, part): TextRange[] => {
  const { closed } = file.scopes;
  if (!closed) return [];
  return file
    .captured(closed.query, maxDepth, part)
    .map(rangeOf)
    .filter(({ start, end }) => !closed.opening?.test(file.text.slice(start, end)));
});

function outermost(ranges: readonly TextRange[]): TextRange[] {
  let end = 0;
  return ranges.filter((range) => {
    if (range.start < end) return false;
    ({ end } = range);
    return true;
  });
}

/** A method of a class; two levels more would include its statements, and take ten times as long. */
const maxDepth = 3;
