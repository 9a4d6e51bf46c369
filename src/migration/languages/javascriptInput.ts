import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { byHand } from '../byHand';
import { oncePerFile } from '../once';
import { replace } from '../../core/edits';
import { type Entry, migrateEntries } from '../rewrite';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { type Binding, bindingOf, references, stringOf, unwrap, valueOf } from './javascriptOrigin';

/** The object literal that a call is given, at its place or through a variable. */
export interface CallInput {
  readonly object: Node;
  readonly variable?: Binding;
}

export function inputOf(file: SyntaxFile, argument: Node | undefined): CallInput | undefined {
  const node = argument && unwrap(argument);
  if (node?.type === 'object') return { object: node };
  const binding = node?.type === 'identifier' ? bindingOf(file, node) : undefined;
  const value = binding && valueOf(binding);
  const object = value && unwrap(value);
  return binding && object?.type === 'object' ? { object, variable: binding } : undefined;
}

/** `FunctionName` and `InvokeArgs` in one literal: near-conclusive by itself. */
export function looksLikeInput({ object }: CallInput): boolean {
  const keys =
    entriesOf(object)?.map(({ key }) => key) ??
    items(object).map((entry) => field(entry, 'key')?.text);
  return keys.includes('FunctionName') && keys.includes('InvokeArgs');
}

/** The edits that turn the input into Invoke's, or why there are none. */
export function migrateInput(
  file: SyntaxFile,
  { object, variable }: CallInput,
  isUser: (argument: Node) => boolean,
): TextEdit[] | string {
  const entries = entriesOf(object);
  if (entries === undefined) return byHand.spread();
  const args = entries.find(({ key }) => key === 'InvokeArgs');
  if (args && isStream(file, object, args)) return byHand.stream();
  const later = variable ? laterEdits(file, variable, isUser) : [];
  if (typeof later === 'string') return later;
  const quote = quoteOf(file);
  const words = {
    invokeArgs: 'InvokeArgs',
    payload: 'Payload',
    invocationType: 'InvocationType',
    event: `${quote}Event${quote}`,
    entry: `InvocationType: ${quote}Event${quote}`,
  };
  return migrateEntries(file.text, entries, words, later);
}

/** The entries of an object literal; undefined when some of them cannot be known. */
export function entriesOf(object: Node): Entry[] | undefined {
  const entries: Entry[] = [];
  for (const item of items(object)) {
    const key = field(item, 'key');
    const value = field(item, 'value');
    if (item.type === 'shorthand_property_identifier') entries.push(shorthand(item));
    else if (item.type === 'pair' && key && value && key.type !== 'computed_property_name') {
      entries.push(entryOf(item, key, value));
    } else return undefined;
  }
  return entries;
}

function entryOf(pair: Node, key: Node, value: Node): Entry {
  const { start, end } = rangeOf(key);
  const quoted = key.type === 'string';
  return {
    key: quoted ? stringOf(key) : key.text,
    keyRange: quoted ? { start: start + 1, end: end - 1 } : { start, end },
    range: rangeOf(pair),
    valueRange: rangeOf(value),
  };
}

/** `{ InvokeArgs }` is `{ InvokeArgs: InvokeArgs }`: a rename writes the key and a colon before it. */
function shorthand(node: Node): Entry {
  const range = rangeOf(node);
  return { key: node.text, keyRange: range, range, valueRange: range };
}

/** A shorthand keeps its variable: what would rename it writes the key before it instead. */
export function keepShorthands(file: SyntaxFile, edits: readonly TextEdit[]): TextEdit[] {
  return edits.map((edit) => {
    const node = file.root.descendantForIndex(edit.range.start, edit.range.end);
    if (node?.type !== 'shorthand_property_identifier' || edit.range.start === edit.range.end)
      return edit;
    const isKey = /^\w+$/.test(edit.newText);
    return replace(
      edit.range,
      isKey ? `${edit.newText}: ${node.text}` : `${node.text}: ${edit.newText}`,
    );
  });
}

/** What the file does to the input between its literal and the call, or why it cannot be followed. */
function laterEdits(
  file: SyntaxFile,
  variable: Binding,
  isUser: (argument: Node) => boolean,
): TextEdit[] | string {
  const edits: TextEdit[] = [];
  for (const node of references(file, variable)) {
    const { parent } = node;
    if (node.id === variable.name.id || isUser(node) || isLogged(node)) continue;
    const property = parent?.type === 'member_expression' ? field(parent, 'property') : undefined;
    if (property === undefined || property.text === 'InvocationType') {
      return byHand.sharedInput(node.text);
    }
    if (property.text === 'InvokeArgs') edits.push(replace(rangeOf(property), 'Payload'));
  }
  return edits;
}

function isLogged(node: Node): boolean {
  const call = ancestor(node, ['call_expression', 'statement_block']);
  return /^(console|logger|log|JSON)\b/.test(field(call, 'function')?.text ?? '');
}

function isStream(file: SyntaxFile, object: Node, { valueRange }: Entry): boolean {
  const value = object.descendantForIndex(valueRange.start, valueRange.end);
  const declaration =
    value && /identifier/.test(value.type) ? bindingOf(file, value)?.declaration : undefined;
  return /\bcreateReadStream\b|\bReadable\b|\bReadStream\b|\.pipe\(/.test(
    (declaration ?? value)?.text ?? '',
  );
}

/** The quotation mark that the file uses most. */
export const quoteOf = oncePerFile(({ text }: SyntaxFile) =>
  text.split('"').length > text.split("'").length ? '"' : "'",
);
