import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';

/** What a document holds, and where its parts stand in the text. */
export interface LocatedValue {
  readonly value: unknown;
  /** Where the key or the element at a path begins, in UTF-16 units; 0 where nothing can be told. */
  readonly offsetOf: (path: JSONPath) => number;
}

/** What a JSON document holds; `undefined` for any other text. Never throws. */
export function jsonValue(text: string): LocatedValue {
  let root: Node | undefined;
  return {
    value: parsed(text),
    offsetOf: (path) => {
      root ??= treeOf(text);
      const found = root && findNodeAtLocation(root, path);
      return (found?.parent?.type === 'property' ? found.parent : found)?.offset ?? 0;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text);
  } catch (error) {
    // Nested so deeply that the stack is full.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
