import type { Node } from 'web-tree-sitter';
import { oncePerFile } from '../once';
import type { SyntaxFile } from '../syntaxFile';

/** What an expression is as far as the file says: a client of one of the SDKs, something else, or not known. */
export type Origin<Client> = Client | 'other' | undefined;

/**
 * What one expression says of itself: what it is, or the expressions that it has its value from (a variable's values, a
 * function's results, the arms of a condition). None: it is not known.
 */
export type OriginStep<Client> = (
  file: SyntaxFile,
  expression: Node,
) => Origin<Client> | readonly Node[];

/** Follows expressions to what made them. Of several that it may be, a client counts. */
export function originBy<Client extends string>(
  step: OriginStep<Client>,
): (file: SyntaxFile, expression: Node) => Origin<Client> {
  const known = oncePerFile((_file: SyntaxFile) => new Map<number, Origin<Client>>());
  const originOf = (file: SyntaxFile, expression: Node, depth: number): Origin<Client> => {
    const origins = known(file);
    if (origins.has(expression.id)) return origins.get(expression.id);
    // For what is made from itself.
    origins.set(expression.id, undefined);
    const next = depth > deepest ? undefined : step(file, expression);
    const origin = Array.isArray(next) ? bestOf(file, next, depth) : (next as Origin<Client>);
    origins.set(expression.id, origin);
    return origin;
  };
  const bestOf = (file: SyntaxFile, nodes: readonly Node[], depth: number): Origin<Client> => {
    let best: Origin<Client>;
    for (const node of nodes.slice(0, mostValues)) {
      const origin = originOf(file, node, depth + 1);
      if (origin !== undefined && origin !== 'other') return origin;
      best ??= origin;
    }
    return best;
  };
  return (file, expression) => originOf(file, expression, 0);
}

const deepest = 16;
const mostValues = 32;
