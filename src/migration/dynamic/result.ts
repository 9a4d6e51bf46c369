import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import { replace } from '../../core/edits';
import type { TextEdit, TextRange } from '../../core/problem';
import { type Assignment, type Binding, localsOf } from '../locals';
import { oncePerFile } from '../once';
import type { SyntaxFile } from '../syntaxFile';

/** Where the answer of a call goes from one expression. */
export type ResultStep =
  /** The value of a larger expression: `await`, brackets. */
  | { readonly kind: 'value'; readonly of: Node }
  /** One of its members is read, by a key that a rename replaces. */
  | {
      readonly kind: 'read';
      readonly key: string;
      readonly range: TextRange;
      readonly newText?: string;
    }
  /** A variable or a parameter gets it. */
  | { readonly kind: 'variable'; readonly name: Node }
  /** A function of this file returns it to these calls. */
  | { readonly kind: 'returned'; readonly to: readonly Node[] }
  /** It goes where this does not follow it. No step at all: nothing reads it, or nothing in this file. */
  | { readonly kind: 'passedOn' };

/** How one language reads the answer. */
export interface ResultRules {
  readonly status: string;
  readonly statusCode: string;
  readonly steps: (file: SyntaxFile, expression: Node) => readonly ResultStep[];
  /** Every place in the file that reads something by the name of the status, or may do so. */
  readonly mentions: (file: SyntaxFile) => readonly TextRange[];
}

/** What the answers of some calls come to. */
export interface Results {
  /** The renames of all that reads the status. */
  readonly edits: readonly TextEdit[];
  /** Whether one of them goes where its readers cannot be followed. */
  readonly isPassedOn: boolean;
  /** Whether a reader may get something else as well. */
  readonly isMixed: boolean;
}

/** @param calls whole expressions */
export function followResults(
  file: SyntaxFile,
  calls: readonly Node[],
  rules: ResultRules,
): Results {
  const seen = new Set<number>();
  const open: Node[] = [];
  const add = (node: Node) => {
    if (!seen.has(node.id)) open.push(node);
    seen.add(node.id);
  };
  for (const call of calls) add(call);
  const given = new Set<number>();
  const reads: Read[] = [];
  const edits: TextEdit[] = [];
  let isPassedOn = false;
  for (let expression = open.pop(); expression; expression = open.pop()) {
    for (const step of rules.steps(file, expression)) {
      switch (step.kind) {
        case 'value':
          add(step.of);
          break;
        case 'read':
          if (step.key === rules.status)
            edits.push(replace(step.range, step.newText ?? rules.statusCode));
          break;
        case 'variable': {
          const found = readsOf(file, step.name);
          given.add(step.name.id);
          reads.push(...found);
          for (const { place } of found) add(place);
          break;
        }
        case 'returned':
          for (const call of step.to) add(call);
          break;
        case 'passedOn':
          isPassedOn = true;
          break;
        default:
      }
    }
  }
  const isMixed = reads.some(({ values }) =>
    values.some(({ name, value }) => !given.has(name.id) && !isNothing(value)),
  );
  return { edits, isPassedOn, isMixed };
}

/** What stands for the answer where there is none. */
export const isNothing = (value: Node | undefined) =>
  value !== undefined && /^(?:None|nil|null|\{\}|\[\])$/i.test(value.text);

/**
 * The renames, or why not every reader of the status is known.
 * @param known where the readers of all answers begin that are surely those
 */
export function statusEdits(
  file: SyntaxFile,
  { edits, isPassedOn, isMixed }: Results,
  { status, statusCode, mentions }: ResultRules,
  known: ReadonlySet<number>,
): readonly TextEdit[] | string {
  // A reader of two things can neither be renamed nor left.
  const renamed = new Set(isMixed ? [] : edits.map(({ range }) => range.start));
  return (isPassedOn || isMixed) &&
    mentions(file).some(({ start }) => !renamed.has(start) && !known.has(start))
    ? l10n.t(
        'its result is passed on, and this file reads {0}; rename what reads it to {1}',
        status,
        statusCode,
      )
    : edits;
}

/** A place that reads a variable, and all that it may have been given there. */
interface Read {
  readonly place: Node;
  readonly values: readonly Assignment[];
}

const knownReads = oncePerFile((_file: SyntaxFile) => new Map<Binding, Map<number, Read[]>>());

/** The places that may read the value that a variable is given at one place. */
function readsOf(file: SyntaxFile, target: Node): readonly Read[] {
  const binding = localsOf(file).bindingOf(target);
  if (!binding) return [];
  const known = knownReads(file);
  const reads = known.get(binding) ?? readsOfBinding(file, binding);
  known.set(binding, reads);
  return reads.get(target.id) ?? [];
}

/** By the place where the value was given. */
function readsOfBinding(file: SyntaxFile, binding: Binding): Map<number, Read[]> {
  const locals = localsOf(file);
  const assigned = new Set(locals.assignmentsOf(binding).map(({ name }) => name.id));
  const reads = new Map<number, Read[]>();
  for (const place of locals.referencesOf(binding)) {
    if (assigned.has(place.id)) continue;
    const values = locals.valuesAt(place);
    for (const { name } of values) {
      const list = reads.get(name.id);
      if (list) list.push({ place, values });
      else reads.set(name.id, [{ place, values }]);
    }
  }
  return reads;
}
