import type { TextRange } from '../core/problem';
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
  readonly #ranges: TextRange[] = [];

  constructor(file: SyntaxFile) {
    const { closed } = file.scopes;
    if (!closed) return;
    let end = 0;
    for (const node of file.captured(closed.query, maxDepth)) {
      const range = rangeOf(node);
      if (range.start < end || closed.opening?.test(file.text.slice(range.start, range.end)))
        continue;
      this.#ranges.push(range);
      ({ end } = range);
    }
  }

  #around(part: TextRange): TextRange | undefined {
    const next = firstFrom(this.#ranges, part.start + 1, ({ start }) => start);
    const range = this.#ranges[next - 1];
    return range && contains(range, part) ? range : undefined;
  }

  /** The parts of a scope that lie in none of these functions; all of it where it is one, or lies in one. */
  outside(scope: TextRange): TextRange[] {
    if (this.#around(scope)) return [scope];
    const parts: TextRange[] = [];
    let { start } = scope;
    let at = firstFrom(this.#ranges, start, (range) => range.start);
    for (let next = this.#ranges[at]; next && next.start < scope.end; next = this.#ranges[++at]) {
      parts.push({ start, end: next.start });
      start = next.end;
    }
    return [...parts, { start, end: scope.end }];
  }
}

/** A method of a class; two levels more would include its statements, and take ten times as long. */
const maxDepth = 3;
