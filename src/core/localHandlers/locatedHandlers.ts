import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { fileLimitBytes } from '../fileLimits';
import type { TextRange } from '../problem';

/** A handler that a `.lambda/local.json` names. */
export interface LocatedHandler {
  readonly handler: string;
  /** Of the value, quotes excluded. */
  readonly range: TextRange;
}

/** The handlers in the text of a `.lambda/local.json`, also while it is half typed. */
export function locatedHandlers(text: string): LocatedHandler[] {
  if (text.length > fileLimitBytes.local) return [];
  const root = tree(text);
  const functions = root && findNodeAtLocation(root, ['functions']);
  if (functions?.type !== 'object') return [];
  return (functions.children ?? []).flatMap(({ children = [] }) => {
    const [, entry] = children;
    const value = entry?.type === 'object' ? findNodeAtLocation(entry, ['handler']) : undefined;
    if (value?.type !== 'string') return [];
    const range = { start: value.offset + 1, end: value.offset + value.length - 1 };
    return [{ handler: String(value.value), range }];
  });
}

function tree(text: string): Node | undefined {
  try {
    return parseTree(text);
  } catch (error) {
    // The stack is full.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
