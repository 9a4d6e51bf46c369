import { findNodeAtLocation, getLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import { isRecord } from '../isRecord';
import type { TextRange } from '../problem';
import { type JsonPath, partsAt, type SchemaDocuments, type SchemaPart } from './schemaParts';
import { templateOf } from './schemaTemplate';
import { escapedSnippet } from './snippet';

/** What a schema knows of a place in a payload, which may be half typed. */
export interface SchemaLook {
  /** What a suggestion replaces: the string at the place with its quotes, or nothing yet. */
  readonly range: TextRange;
  /** Keys that may stand here and do not yet, or values; those first that most likely are wanted. */
  readonly suggestions: readonly Suggestion[];
  /** Keys of objects like the one at the place: those that VS Code offers by itself where it knows no schema. */
  readonly similarKeys: readonly string[];
  /** What is known of the key or value at the place. */
  readonly about: Description | undefined;
}

export interface Suggestion {
  readonly label: string;
  readonly kind: 'key' | 'value';
  /** What is written, as a snippet of LSP. */
  readonly snippet: string;
  readonly about: Description;
}

export interface Description {
  readonly key: string;
  /** Names of JSON types, or none. */
  readonly types: readonly string[];
  readonly isRequired: boolean;
  readonly description: string;
  /** Values that are known, as JSON. */
  readonly values: readonly string[];
}

/** Nobody scrolls through more. */
const mostSuggestions = 200;

/**
 * @param uri of the schema, one of the documents
 * @param offset in UTF-16 units
 * `undefined` where the text cannot be read.
 */
export function lookAt(
  text: string,
  offset: number,
  uri: string,
  documents: SchemaDocuments,
): SchemaLook | undefined {
  try {
    return look(text, offset, uri, documents);
  } catch (error) {
    // The stack is full: the payload is nested too deeply for jsonc-parser.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function look(
  text: string,
  offset: number,
  uri: string,
  documents: SchemaDocuments,
): SchemaLook | undefined {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const value: unknown = tree && getNodeValue(tree);
  const range = replacedAt(text, offset, previousNode);
  const parts = (place: JsonPath) => partsAt(uri, documents, place, value);
  const key = String(path.at(-1) ?? '');
  const holder = parts(path.slice(0, -1));
  const about = path.length > 0 ? describe(key, parts(path), isRequired(key, holder)) : undefined;
  if (!isAtPropertyKey) {
    // A colon, a comma or a bracket comes first.
    const isComplete = previousNode !== undefined && !touches(previousNode, offset);
    const suggestions = isComplete ? [] : valuesOf(key, parts(path), isRequired(key, holder));
    return { range, suggestions: suggestions.slice(0, mostSuggestions), similarKeys: [], about };
  }
  const object = tree && findNodeAtLocation(tree, path.slice(0, -1));
  const suggestions = keysOf(holder, object, range).map((each) => {
    const members = parts([...path.slice(0, -1), each]);
    const hasValue = /^\s*:/.test(text.slice(range.end, range.end + 100));
    const comma = !hasValue && /^\s*"/.test(text.slice(range.end, range.end + 1000)) ? ',' : '';
    const template = hasValue ? '' : `: ${templateOf(members, documents)}${comma}`;
    return {
      label: each,
      kind: 'key',
      snippet: escapedSnippet(JSON.stringify(each)) + template,
      about: describe(each, members, isRequired(each, holder)),
    } as const;
  });
  return { range, suggestions, similarKeys: object ? similarKeys(object) : [], about };
}

/**
 * What a suggestion at an offset replaces: the value or key there, or nothing yet. A string that is not closed goes on to
 * the end of its line, in the parser's eyes.
 * @param node the one before the offset, as `getLocation` tells it
 */
export function replacedAt(text: string, offset: number, node: Node | undefined): TextRange {
  const isAt = node && node.offset < offset && offset <= node.offset + node.length;
  if (!isAt || node.type === 'object' || node.type === 'array')
    return { start: offset, end: offset };
  const end = node.offset + node.length;
  const isClosed = node.type !== 'string' || text.slice(node.offset + 1, end).endsWith('"');
  return { start: node.offset, end: isClosed ? end : offset };
}

function touches({ offset, length }: Node, at: number): boolean {
  return offset <= at && at <= offset + length;
}

/** Keys that the object does not have yet, required ones first; the key that is being typed is one of them. */
function keysOf(
  parts: readonly SchemaPart[],
  object: Node | undefined,
  { start }: TextRange,
): string[] {
  const there = new Set(
    (object?.children ?? []).flatMap(({ children: [key] = [] }) =>
      key && key.offset !== start ? [String(key.value)] : [],
    ),
  );
  const known = parts.flatMap(({ rules }) => Object.keys(recordOf(rules['properties'])));
  const keys = [...new Set(known)].filter((key) => !there.has(key));
  const isFirst = (key: string) => isRequired(key, parts) || isUsual(key, parts);
  return [...keys.filter(isFirst), ...keys.filter((key) => !isFirst(key))].slice(
    0,
    mostSuggestions,
  );
}

/** Keys of the other items of a list, or of the other objects that the same key names. */
function similarKeys(object: Node): string[] {
  const { parent } = object;
  const similar =
    parent?.type === 'array'
      ? (parent.children ?? [])
      : objectsOf(rootOf(object), String(parent?.children?.[0]?.value ?? ''));
  return similar
    .filter((node) => node !== object && node.type === 'object')
    .flatMap(({ children = [] }) =>
      children.flatMap(({ children: [key] = [] }) => (key ? [String(key.value)] : [])),
    );
}

function rootOf(node: Node): Node {
  let root = node;
  while (root.parent) root = root.parent;
  return root;
}

function objectsOf(root: Node, name: string): Node[] {
  const found: Node[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    waiting.push(...(node.children ?? []));
    const [key, value] = node.children ?? [];
    if (node.type === 'property' && key?.value === name && value) found.push(value);
  }
  return found;
}

function isRequired(key: string, parts: readonly SchemaPart[]): boolean {
  return parts.some(({ rules: { required } }) => Array.isArray(required) && required.includes(key));
}

function isUsual(key: string, parts: readonly SchemaPart[]): boolean {
  return parts.some(({ rules: { usual } }) => Array.isArray(usual) && usual.includes(key));
}

function valuesOf(key: string, parts: readonly SchemaPart[], required: boolean): Suggestion[] {
  const about = describe(key, parts, required);
  const types = new Set(about.types);
  const words = [
    ...about.values,
    ...(types.has('boolean') ? ['true', 'false'] : []),
    ...(types.has('null') ? ['null'] : []),
  ];
  return [...new Set(words)].map((word) => ({
    label: word.startsWith('"') ? String(JSON.parse(word)) : word,
    kind: 'value',
    snippet: escapedSnippet(word),
    about,
  }));
}

function describe(key: string, parts: readonly SchemaPart[], required: boolean): Description {
  const texts = parts.flatMap(({ rules: { description, title } }) => description ?? title ?? []);
  const values = parts.flatMap(({ rules }) => [
    ...('const' in rules ? [rules['const']] : []),
    ...(Array.isArray(rules['enum']) ? (rules['enum'] as unknown[]) : []),
    ...('default' in rules ? [rules['default']] : []),
    ...(Array.isArray(rules['examples']) ? (rules['examples'] as unknown[]) : []),
  ]);
  const types = parts.flatMap(({ rules: { type } }) => type ?? []);
  return {
    key,
    types: [...new Set(types.filter((type) => typeof type === 'string'))],
    isRequired: required,
    description: [...new Set(texts.filter((text) => typeof text === 'string'))].join('\n\n'),
    values: [...new Set(values.map((value) => JSON.stringify(value)))],
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
