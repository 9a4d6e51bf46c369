import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { manual } from '../manualReasons';
import { type Binding, localsOf } from '../locals';
import { oncePerFile } from '../once';
import { replace } from '../../core/edits';
import { type Entry, migrateEntries } from '../rewrite';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { declarationOf, isTypescript, soleValue, stringOf, unwrap } from './javascriptOrigin';
import type { ManualReason } from '../use';

/** The object literal that a call is given, at its place or through a variable. */
export interface CallInput {
  readonly object: Node;
  readonly variable?: Binding;
}

export function inputOf(file: SyntaxFile, argument: Node | undefined): CallInput | undefined {
  const node = argument && unwrap(argument);
  if (node?.type === 'object') return { object: node };
  const binding = node?.type === 'identifier' ? localsOf(file).bindingOf(node) : undefined;
  const value = binding && soleValue(file, binding);
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
  input: CallInput,
  isUser: (argument: Node) => boolean,
): TextEdit[] | ManualReason {
  const { object, variable } = input;
  const entries = entriesOf(object);
  if (entries === undefined) return manual.spread();
  const args = entries.find(({ key }) => key === 'InvokeArgs');
  if (args && isStream(file, object, args)) return manual.stream();
  const later = variable ? laterEdits(file, variable, isUser) : [];
  if ('manualReason' in later) return later;
  return migrateEntries(file.text, entries, wordsOf(file, input), later);
}

/** How the file writes the members of Invoke's input. */
export function wordsOf(file: SyntaxFile, input: CallInput) {
  const quote = quoteOf(file);
  const event = `${quote}Event${quote}${isWidened(file, input) ? ' as const' : ''}`;
  return {
    invokeArgs: 'InvokeArgs',
    payload: 'Payload',
    invocationType: 'InvocationType',
    event,
    entry: `InvocationType: ${event}`,
  };
}

/** In TypeScript a literal in a variable without a type is a string, which the SDK v3 does not take for `Event`. */
function isWidened(file: SyntaxFile, { object, variable }: CallInput): boolean {
  if (!variable || !isTypescript(file) || !file.text.includes('@aws-sdk/client-lambda'))
    return false;
  const declarator = declarationOf(variable.name);
  return !field(declarator, 'type') && object.parent?.id === declarator?.id;
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
): TextEdit[] | ManualReason {
  const edits: TextEdit[] = [];
  for (const node of localsOf(file).referencesOf(variable)) {
    const { parent } = node;
    if (node.id === variable.name.id || isUser(node) || isLogged(node)) continue;
    const property = parent?.type === 'member_expression' ? field(parent, 'property') : undefined;
    if (property === undefined || property.text === 'InvocationType') {
      return manual.sharedInput(node.text);
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
  const sources = value && /identifier/.test(value.type) ? localsOf(file).valuesAt(value) : [];
  const texts = sources.map((source) => `${source.type?.text ?? ''} ${source.value?.text ?? ''}`);
  return [value?.text ?? '', ...texts].some((text) => streams.test(text));
}

const streams = /\bcreateReadStream\b|\bReadable\b|\bReadStream\b|\.pipe\(/;

/** The quotation mark that the file uses most. */
export const quoteOf = oncePerFile(({ text }: SyntaxFile) =>
  text.split('"').length > text.split("'").length ? '"' : "'",
);
