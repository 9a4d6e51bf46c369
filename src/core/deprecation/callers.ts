import type { Node } from 'web-tree-sitter';

/** The calls in one method or function: a statically typed one is migrated as a whole. */
export interface Caller {
  readonly unit: Node;
  readonly calls: readonly Node[];
}

/** Calls by the id of the unit around them. */
export function callersOf(
  calls: readonly Node[],
  unitOf: (call: Node) => Node,
): Map<number, Caller> {
  const callers = new Map<number, Caller>();
  for (const call of calls) {
    const unit = unitOf(call);
    const known = callers.get(unit.id)?.calls ?? [];
    callers.set(unit.id, { unit, calls: [...known, call] });
  }
  return callers;
}
