import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { manual } from '../manualReasons';
import { localsOf } from '../locals';
import type { Entry } from '../rewrite';
import type { SyntaxFile } from '../syntaxFile';
import type { ManualReason } from '../use';

/** The input of a call. */
export interface Input {
  /** Its named arguments or keys, or why they cannot be known. */
  readonly entries: readonly Entry[] | ManualReason;
  /** The literal that holds them. */
  readonly literal?: Node;
  /** The renames where the payload is set after the literal. */
  readonly later: readonly TextEdit[];
  /** Every call that is given the same literal. */
  readonly calls: readonly Node[];
}

export const noInput = (reason: ManualReason): Input => ({ entries: reason, later: [], calls: [] });

/** What a place does to a variable that holds an input. */
export type InputPlace =
  | { readonly call: Node }
  | { readonly rename: TextEdit }
  | 'harmless'
  | 'unknown';

/** The literal that a variable is given once, when all that is done to it is known. */
export function heldInput(
  file: SyntaxFile,
  name: Node,
  entriesOf: (literal: Node) => readonly Entry[] | ManualReason | undefined,
  placeOf: (place: Node) => InputPlace,
): Input {
  const locals = localsOf(file);
  const binding = locals.bindingOf(name);
  const [only, another] = binding ? locals.assignmentsOf(binding) : [];
  const entries = only?.value && !another ? entriesOf(only.value) : undefined;
  if (!binding || !only?.value || entries === undefined) return noInput(manual.opaqueInput());
  const later: TextEdit[] = [];
  const calls: Node[] = [];
  for (const place of locals.referencesOf(binding)) {
    if (place.id === only.name.id) continue;
    const what = placeOf(place);
    if (what === 'unknown') return noInput(manual.sharedInput(name.text));
    if (what === 'harmless') continue;
    if ('call' in what) calls.push(what.call);
    else later.push(what.rename);
  }
  return { entries, literal: only.value, later, calls };
}
