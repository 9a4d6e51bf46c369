import type { JSONPath } from 'jsonc-parser';
import { isMap, isNode, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { LocatedValue } from './locatedValue';

/** No configuration is nested so deeply. */
const deepest = 100;

/**
 * What a YAML document holds, as far as it stands there: `undefined` in the place of an alias and of what a tag such as
 * `!Sub` makes something else of. What is wrong is read as well as it goes. Never throws.
 */
export function yamlValue(text: string): LocatedValue {
  try {
    const options = { logLevel: 'silent', prettyErrors: false, uniqueKeys: false } as const;
    const { contents } = parseDocument(text, options);
    return { value: valueOf(contents, 0), offsetOf: (path) => offsetIn(contents, path) };
  } catch (error) {
    // Nested so deeply that the stack is full.
    if (error instanceof RangeError) return { value: undefined, offsetOf: () => 0 };
    throw error;
  }
}

function valueOf(node: unknown, depth: number): unknown {
  if (!isNode(node) || node.tag?.startsWith('!') || depth > deepest) return undefined;
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item) => valueOf(item, depth + 1));
  if (!isMap(node)) return undefined;
  return Object.fromEntries(
    node.items.map(({ key, value }) => [keyOf(key), valueOf(value, depth + 1)]),
  );
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : '');
}

function offsetIn(contents: Node | null, path: JSONPath): number {
  let [node, offset]: [unknown, number] = [contents, 0];
  for (const part of path) {
    let place: unknown;
    if (isMap(node)) {
      // Of two equal keys the last one holds.
      const pair = node.items.findLast(({ key }) => keyOf(key) === part);
      [node, place] = [pair?.value, pair?.key];
    } else {
      node = isSeq(node) ? node.items[Number(part)] : undefined;
      place = node;
    }
    if (isNode(place) && place.range) [offset] = place.range;
  }
  return offset;
}
