import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../core/problem';
import { replace } from '../core/edits';
import { byHand } from './byHand';
import { rangeOf, type SyntaxFile } from './syntaxFile';

/**
 * What becomes of the response, or of what holds it (a future, a result), where it stands: nothing more, it goes out of
 * sight, its status is read by this name, the expression around holds it, or all of these places do.
 */
export type Step =
  | 'ends'
  | 'leaves'
  | { readonly reads: Node }
  | { readonly holds: readonly Node[] };

/** The renames of everything that reads the status of a response, or why it is read where nobody sees it. */
export function responseEdits(
  file: SyntaxFile,
  responses: readonly Node[],
  stepFrom: (file: SyntaxFile, value: Node) => Step,
  newName: string,
): TextEdit[] | string {
  const edits: TextEdit[] = [];
  const seen = new Set<number>();
  const rest = [...responses];
  for (let value = rest.pop(); value; value = rest.pop()) {
    if (seen.has(value.id)) continue;
    seen.add(value.id);
    const step = stepFrom(file, value);
    if (step === 'leaves') return byHand.response();
    if (step === 'ends') continue;
    if ('reads' in step) edits.push(replace(rangeOf(step.reads), newName));
    else rest.push(...step.holds);
  }
  return edits;
}
