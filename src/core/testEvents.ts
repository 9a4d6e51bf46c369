/**
 * The shareable test events of the Lambda console: examples in an OpenAPI document of EventBridge Schemas. Their values
 * stay text: parsing would lose numbers beyond 2^53.
 */
import * as l10n from '@vscode/l10n';
import { applyEdits, findNodeAtLocation, modify, type Node, parseTree } from 'jsonc-parser';
import { scanJson } from './payload/scan';
import { noVisitor, walkJson } from './payload/walk';

/** One test event. */
export interface TestEvent {
  readonly name: string;
  /** The JSON of its value, as it stands in the document. */
  readonly text: string;
  /** `Event` or `RequestResponse`, where the document says so. */
  readonly invocationType?: string;
}

export type TestEventsReading =
  | { readonly kind: 'events'; readonly events: readonly TestEvent[] }
  /** Nobody can say which events there are: a sentence for people. */
  | { readonly kind: 'fault'; readonly reason: string };

/** The registry that the console, and SAM, keep the events in. */
export const testEventRegistry = 'lambda-testevent-schemas';

/** The schema that holds the events of a function, by its bare name. */
export function testEventSchema(functionName: string): string {
  return `_${functionName}-schema`;
}

const place = ['components', 'examples'];

/** The events in a document, in its order. Whoever can write to the registry may have written anything. */
export function readTestEvents(content: string): TestEventsReading {
  const root = treeOf(content);
  if (root?.type !== 'object') return fault(l10n.t('It is not a JSON object.'));
  for (let depth = 1; depth <= place.length; depth++) {
    const path = place.slice(0, depth);
    const node = findNodeAtLocation(root, path);
    // A schema without an example is one without events.
    if (!node) return { kind: 'events', events: [] };
    if (node.type !== 'object') return fault(l10n.t('"{0}" is not an object.', path.join('.')));
  }
  const events: TestEvent[] = [];
  for (const { children: [key, example] = [] } of findNodeAtLocation(root, place)?.children ?? []) {
    const value = example && findNodeAtLocation(example, ['value']);
    if (!key || !value) continue;
    const type = findNodeAtLocation(example, ['x-metadata', 'invocationType']);
    events.push({
      name: String(key.value),
      text: content.slice(value.offset, value.offset + value.length),
      ...(type?.type === 'string' && { invocationType: String(type.value) }),
    });
  }
  return { kind: 'events', events };
}

/**
 * The document in which an event has another value, or is there at last. All else stays byte for byte; its invocation
 * type, too, which is `Event` for a new one.
 * @param content of a document that `readTestEvents` can read
 * @param text JSON of the value
 */
export function withTestEvent(content: string, name: string, text: string): string {
  const compact = compactJson(text);
  const root = treeOf(content);
  const value = root && findNodeAtLocation(root, [...place, name, 'value']);
  if (value) return spliced(content, value, compact);
  const metadata = { invocationType: 'Event' };
  const added = { value: null, 'x-metadata': metadata };
  const edited = applyEdits(content, modify(content, [...place, name], added, {}));
  const tree = treeOf(edited);
  const empty = tree && findNodeAtLocation(tree, [...place, name, 'value']);
  return empty ? spliced(edited, empty, compact) : edited;
}

/** A document for a function's first event, when none can be discovered from it. */
export const emptyTestEvents = JSON.stringify({
  openapi: '3.0.0',
  info: { version: '1.0.0', title: 'Event' },
  paths: {},
  components: { schemas: { Event: { type: 'object' } }, examples: {} },
});

/** JSON without the white space between its parts; every other character stays. */
export function compactJson(text: string): string {
  const parts: string[] = [];
  let end = 0;
  const take = (start: number, after: number) => {
    parts.push(separators(text.slice(end, start)), text.slice(start, after));
    end = after;
  };
  walkJson(text, {
    open: (start) => take(start, start + 1),
    close: (after) => take(after - 1, after),
    key: take,
    scalar: take,
  });
  return parts.join('');
}

/** Whether two texts are the same JSON but for white space between its parts. */
export function isSameJson(one: string, other: string): boolean {
  return one === other || (isJson(one) && isJson(other) && compactJson(one) === compactJson(other));
}

/** Whether a text is strict JSON. */
export function isJson(text: string): boolean {
  return scanJson(text, noVisitor, 1).every(({ severity }) => severity !== 'error');
}

function separators(between: string): string {
  return between.replaceAll(/[ \t\r\n]/g, '');
}

function spliced(content: string, { offset, length }: Node, text: string): string {
  return content.slice(0, offset) + text + content.slice(offset + length);
}

function treeOf(content: string): Node | undefined {
  if (!isJson(content)) return undefined;
  try {
    return parseTree(content);
  } catch (error) {
    // Nested so deeply that the stack is full.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function fault(reason: string): TestEventsReading {
  return { kind: 'fault', reason };
}
