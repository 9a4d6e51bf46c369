import type { Node } from 'web-tree-sitter';
import { localsOf } from './locals';
import { isNothing, passedOn, type Steps, valueOf } from './responses';
import type { SyntaxFile } from './syntaxFile';

/** How a language calls its functions. */
export interface Calling {
  /** The call of the function whose name stands at a place. */
  readonly callAt: (place: Node) => Node | undefined;
  /** Whether a place names a method of something of which the file does not say what it is. */
  readonly isMethodOfAny: (place: Node) => boolean;
}

/**
 * A response that a function returns goes to the calls of the function: as far as it returns nothing else and is only
 * called. It leaves the file when nothing in the file names the function.
 */
export function returnedTo(
  file: SyntaxFile,
  name: Node,
  results: readonly Node[],
  { callAt, isMethodOfAny }: Calling,
): Steps {
  const locals = localsOf(file);
  const binding = locals.bindingOf(name);
  const places = file.occurrences(name.text).filter((place) => {
    const other = locals.bindingOf(place);
    if (place.id === name.id) return false;
    return other ? other === binding : binding?.isMember !== false && isMethodOfAny(place);
  });
  if (places.length === 0) return [];
  if (results.filter((one) => !isNothing(one)).length !== 1) return passedOn;
  const calls = places.flatMap((place) => (locals.bindingOf(place) && callAt(place)) || []);
  return [...valueOf(...calls), ...(calls.length === places.length ? [] : passedOn)];
}
