import type { QueryMatch } from 'web-tree-sitter';
import type { TextRange } from '../core/problem';
import { keptRanges, without } from './keptRanges';
import { oncePerFile } from './once';
import { isFunctionScope, type Role, roles } from './places';
import { firstFrom } from './sorted';
import { contains, rangeOf, type SyntaxFile } from './syntaxFile';

/**
 * Where inner scopes of a file shadow a name: it is a variable or parameter of theirs, so no place in them means what
 * the name means around them, and none needs a query to tell so. All declarations of a file are read by one query, and
 * then kept. Not for languages with closed functions, in which a place may mean what lies beyond the next shadow.
 */
export const shadowsOf = oncePerFile((file: SyntaxFile) => new Shadows(file));

/** Whether asking for some places of a name takes longer than reading all declarations of the file. */
export const areShadowsWorthwhile = (file: SyntaxFile, places: number) =>
  marks.areKnown(file) || places > file.text.length / lettersForPlace;

/** So much text is read for its declarations in the time that one question about a place takes. */
const lettersForPlace = 500;

class Shadows {
  /** In order. */
  readonly #names: Name[] = [];

  constructor(private readonly file: SyntaxFile) {
    let inner: Inner | undefined;
    for (const mark of marks.of(file)) {
      const end = 'role' in mark ? mark.start + mark.length : mark.end;
      while (inner && inner.end < end) inner = inner.around;
      if ('role' in mark) this.#add({ ...mark, inner });
      else inner = new Inner(mark, inner);
    }
  }

  /** Of several roles of a name the strongest counts. */
  #add(name: Name): void {
    const last = this.#names.at(-1);
    if (last?.start !== name.start) this.#names.push(name);
    else if (roles.indexOf(name.role) < roles.indexOf(last.role)) this.#names.splice(-1, 1, name);
  }

  /** The parts of a scope where a name may mean what it means in the scope. */
  outside(text: string, scope: TextRange): TextRange[] {
    const names = this.#declared(text, scope);
    // A member, an import, a function of the same name, or `global name`.
    const others = names.filter(({ role }) => !isVariable.test(role));
    const shadowed: TextRange[] = [];
    const holders = new Set<Inner>();
    for (const name of names) {
      const holder = name.role === 'definition.function' ? name.inner?.function : name.inner;
      if (!isVariable.test(name.role) || !holder || !isInside(holder, scope)) continue;
      if (isAnyIn(others, holder)) continue;
      shadowed.push({ start: name.start, end: name.start + name.length });
      const from = name.role === 'definition.local' ? name.end : name.start;
      if (!holders.has(holder) && from < holder.end)
        shadowed.push({ start: from, end: holder.end });
      holders.add(holder);
    }
    return without(scope, apart(shadowed));
  }

  #declared(text: string, { start, end }: TextRange): Name[] {
    const names = this.#names.slice(
      firstFrom(this.#names, start, startOf),
      firstFrom(this.#names, end, startOf),
    );
    return names.filter(
      ({ start: at, length }) => length === text.length && this.file.text.startsWith(text, at),
    );
  }
}

/** A scope in the file. */
class Inner implements TextRange {
  readonly start: number;
  readonly end: number;
  /** The innermost function that it is or lies in. */
  readonly function: Inner | undefined;

  constructor(
    { start, end, isFunction }: ScopeMark,
    readonly around: Inner | undefined,
  ) {
    this.start = start;
    this.end = end;
    this.function = isFunction ? this : around?.function;
  }
}

interface ScopeMark extends TextRange {
  readonly isFunction: boolean;
}

/** A name that is declared or assigned; the range ends where the declaration counts from. */
interface NameMark extends TextRange {
  readonly role: Role;
  readonly length: number;
}

interface Name extends NameMark {
  readonly inner: Inner | undefined;
}

const marks = keptRanges((file, part) =>
  file.matchesIn(file.scopes.places, part).flatMap(({ captures }) => marksOf(captures)),
);

function marksOf(all: QueryMatch['captures']): (ScopeMark | NameMark)[] {
  const captures = all.filter(({ name }) => isOfMark.test(name));
  const end = Math.max(...captures.map(({ node }) => node.endIndex));
  return captures.flatMap(({ name, node }) => {
    const range = rangeOf(node);
    if (name.startsWith('scope')) return { ...range, isFunction: isFunctionScope(name) };
    const role = roles.find((one) => one === name);
    return role ? { start: range.start, end, role, length: range.end - range.start } : [];
  });
}

/** What tells a scope or a declaration with its value, which a type does not. */
const isOfMark = /^(?:scope|definition|assignment|nonlocal|value)/;
const isVariable = /^definition(?:\.local|\.function)?$/;
const startOf = ({ start }: TextRange) => start;

const isInside = (inner: TextRange, outer: TextRange) =>
  contains(outer, inner) && !contains(inner, outer);

function isAnyIn(names: readonly Name[], { start, end }: TextRange): boolean {
  const next = names[firstFrom(names, start, startOf)];
  return next !== undefined && next.start < end;
}

/** What some ranges cover, in order and apart. */
function apart(ranges: readonly TextRange[]): TextRange[] {
  const covered: TextRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = covered.at(-1);
    if (!last || range.start > last.end) covered.push(range);
    else if (range.end > last.end) covered.splice(-1, 1, { start: last.start, end: range.end });
  }
  return covered;
}
