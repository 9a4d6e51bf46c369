import type { Node } from 'web-tree-sitter';
import type { TextRange } from '../core/problem';
import type { SyntaxFile } from './syntaxFile';

/** Variables of a language without declarations: they begin with an assignment and hold within a function. */
export interface Variables {
  /** The function around a node, or the file. */
  readonly scopeOf: (node: Node) => TextRange;
  /** What is assigned to a node; undefined where it is read. */
  readonly assigned: (node: Node) => Node | undefined;
}

/** The one value that a variable is given in its function, with every other place of it; undefined for several. */
export function soleValue(
  file: SyntaxFile,
  name: Node,
  { scopeOf, assigned }: Variables,
): { value: Node; others: Node[] } | undefined {
  const scope = scopeOf(name);
  const places = file.occurrencesIn(scope, name.text);
  const [target, another] = places.filter((node) => assigned(node));
  const value = target && !another ? assigned(target) : undefined;
  return value && { value, others: places.filter(({ id }) => id !== target?.id) };
}

/** The places that read a variable between its assignment and the next one. */
export function readsOf(
  file: SyntaxFile,
  target: Node,
  { scopeOf, assigned }: Variables,
): readonly Node[] {
  const after = file.occurrencesIn(
    { start: target.startIndex + 1, end: scopeOf(target).end },
    target.text,
  );
  const next = after.findIndex((node) => assigned(node));
  return next < 0 ? after : after.slice(0, next);
}
