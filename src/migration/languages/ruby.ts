import type { Node } from 'web-tree-sitter';
import { replace } from '../../core/edits';
import type { TextEdit } from '../../core/problem';
import { manual, isPinned } from '../manualReasons';
import { heldInput, type Input, type InputPlace, noInput } from '../dynamic/input';
import { type Call, migrateCalls } from '../dynamic/migrate';
import { oncePerFile } from '../once';
import { type Entry, haveKeys, migrateEntries } from '../rewrite';
import {
  type Captures,
  field,
  items,
  rangeOf,
  type SyntaxFile,
  type SyntaxRules,
} from '../syntaxFile';
import type { ManualReason, Use } from '../use';
import { isLambdaClass, rubyClient } from './rubyClient';
import { keyOf, rubyResponse } from './rubyResponse';

/** `client.invoke_async(…)`, and the method by its name: sent, passed on, stubbed. */
export const ruby: SyntaxRules = {
  worthParsing: /\bLambda::Client\b|\bAws\.config\b|\binvoke_args\b/,
  query: `
    (call
      receiver: (_) @receiver
      method: (identifier) @method
      arguments: (argument_list) @arguments
      (#eq? @method "invoke_async")) @call

    ((simple_symbol) @name (#eq? @name ":invoke_async"))
    (pair key: (hash_key_symbol) @name (#eq? @name "invoke_async"))
    (string (string_content) @name (#eq? @name "invoke_async"))
  `,
  uses: (file, candidates) => {
    const calls = candidates.flatMap((captures) => callOf(file, captures) ?? []);
    const stubs = new Set(calls.map(({ range }) => range.start));
    const named = candidates.flatMap(({ name }) => (name ? (nameUse(file, name) ?? []) : []));
    return [
      ...migrateCalls(file, calls, rubyResponse),
      ...named.filter(({ range }) => !stubs.has(range.start)),
    ];
  },
};

function callOf(
  file: SyntaxFile,
  { receiver, method, call, arguments: args, name }: Captures,
): Call | undefined {
  if (name) return stubOf(file, name);
  if (!receiver || !method || !call || !args) return undefined;
  const client = rubyClient(file, receiver);
  const input = inputOf(file, args);
  if (client === 'other') return undefined;
  if (!client && !haveKeys(input.entries, 'function_name', 'invoke_args')) return undefined;
  const edits = isPinned(file) ? manual.pinned() : inputEdits(file, input);
  return {
    sdk: 'ruby',
    range: rangeOf(method),
    expression: call,
    edits: 'manualReason' in edits ? edits : [replace(rangeOf(method), 'invoke'), ...edits],
    changed: [call, ...(input.literal ? [input.literal] : [])],
    with: input.calls,
  };
}

function inputOf(file: SyntaxFile, args: Node): Input {
  const all = items(args);
  const [first] = all;
  if (first?.type === 'hash') return { entries: entriesOf(first), later: [], calls: [] };
  const name = first?.type === 'hash_splat_argument' ? items(first)[0] : first;
  if (name?.type === 'identifier')
    return all.length === 1
      ? heldInput(file, name, entriesOfHash, placeOfInput)
      : noInput(manual.opaqueInput());
  return { entries: entriesOf(args), later: [], calls: [] };
}

const entriesOfHash = (literal: Node) => (literal.type === 'hash' ? entriesOf(literal) : undefined);

function placeOfInput(place: Node): InputPlace {
  const { parent } = place;
  const args = parent?.type === 'hash_splat_argument' ? parent.parent : parent;
  if (args?.type === 'argument_list') {
    const call = args.parent ?? undefined;
    return call && field(call, 'method')?.text === 'invoke_async' ? { call } : 'unknown';
  }
  const key = parent?.type === 'element_reference' ? items(parent)[1] : undefined;
  if (key?.text === ':invoke_args') return { rename: replace(rangeOf(key), ':payload') };
  return key?.text === ':function_name' ? 'harmless' : 'unknown';
}

/** `key: value` and `:key => value`. */
function entriesOf(holder: Node): Entry[] | ManualReason {
  const entries: Entry[] = [];
  for (const node of items(holder)) {
    const key = field(node, 'key');
    if (!key || !/symbol/.test(key.type)) return manual.spread();
    const start = key.text.startsWith(':') ? key.startIndex + 1 : key.startIndex;
    const keyRange = { start, end: key.endIndex };
    const valueRange = rangeOf(field(node, 'value') ?? key);
    entries.push({ key: key.text.replace(':', ''), keyRange, range: rangeOf(node), valueRange });
  }
  return entries;
}

function inputEdits(file: SyntaxFile, { entries, later }: Input): TextEdit[] | ManualReason {
  if ('manualReason' in entries) return entries;
  const isArrow = entries.some(({ keyRange, range }) => keyRange.start > range.start);
  // `invoke_args:` alone stands for the variable of that name.
  const args = entries.find(({ key }) => key === 'invoke_args');
  const isShort = args !== undefined && args.valueRange.start === args.keyRange.start;
  const quote = quoteOf(file);
  const event = `${quote}Event${quote}`;
  const words = {
    invokeArgs: 'invoke_args',
    payload: isShort ? 'payload: invoke_args' : 'payload',
    invocationType: 'invocation_type',
    event,
    entry: isArrow ? `:invocation_type => ${event}` : `invocation_type: ${event}`,
  };
  const whole = isShort
    ? entries.map((entry) => (entry === args ? { ...entry, keyRange: entry.range } : entry))
    : entries;
  return migrateEntries(file.text, whole, words, later);
}

/** The quotation mark that the file uses most. */
const quoteOf = oncePerFile(({ text }: SyntaxFile) =>
  text.split('"').length > text.split("'").length ? '"' : "'",
);

/** The call that a symbol, a string or a key is given to. */
function callAround(name: Node): { args: Node; call: Node } | undefined {
  const item = name.parent && /^(?:string|pair)$/.test(name.parent.type) ? name.parent : name;
  const args = item.parent;
  const call = args?.type === 'argument_list' ? args.parent : undefined;
  return args && call ? { args, call } : undefined;
}

/** `client.stub_responses(:invoke_async, status: 202)`, `stub_responses: { invoke_async: { status: 202 } }` */
function stubOf(file: SyntaxFile, name: Node): Call | undefined {
  const pair = name.type === 'hash_key_symbol' ? (name.parent ?? undefined) : undefined;
  const inHash = field(pair?.parent?.parent ?? undefined, 'key')?.text === 'stub_responses';
  const given = callAround(name);
  const isCall = field(given?.call, 'method')?.text === 'stub_responses';
  if (
    !(pair
      ? inHash
      : isCall && rubyClient(file, field(given?.call, 'receiver') ?? name) !== 'other')
  )
    return undefined;
  const answer = pair ? items(field(pair, 'value')) : answerIn(given?.args);
  const changed = [pair ?? given?.call].flatMap((node) => node ?? []);
  const { start, end } = keyOf(name).range;
  const edits = answer?.every(({ type }) => type === 'pair')
    ? [replace({ start, end }, 'invoke'), ...answer.flatMap(statusEdit)]
    : manual.operationName();
  return { sdk: 'ruby', range: { start, end }, edits, changed, isStub: true };
}

/** The pairs of what a stub answers; undefined where they do not show. */
function answerIn(args: Node | undefined): readonly Node[] | undefined {
  const [, ...answer] = items(args);
  const [only] = answer;
  return only?.type === 'hash' ? items(only) : answer;
}

function statusEdit(pair: Node): TextEdit[] {
  const key = field(pair, 'key');
  if (!key) return [];
  const { text, range } = keyOf(key);
  return text === 'status' ? [replace(range, 'status_code')] : [];
}

/** Methods that are given the name of a method of their receiver. */
const sends = /^(?:(?:public_|__)?send(?:__)?|(?:public_)?method|respond_to\?|try|stub)$/;

/** Reported only: `client.public_send(:invoke_async, …)`, `client.method(:invoke_async)`, mocks. */
function nameUse(file: SyntaxFile, name: Node): Use | undefined {
  const given = callAround(name);
  if (!given) return undefined;
  const method = field(given.call, 'method')?.text ?? '';
  const isKey = name.type === 'hash_key_symbol';
  const subject = isKey ? items(given.args)[0] : mockedBy(given.call, method);
  if (!(isKey ? method.endsWith('double') : sends.test(method) || method.startsWith('receive')))
    return undefined;
  const client = subject && rubyClient(file, subject);
  const entries = items(given.args).filter(({ type }) => type === 'pair');
  const isUse =
    client === 'ruby' ||
    (subject !== undefined && isLambdaClass(subject)) ||
    (client === undefined && ['function_name', 'invoke_args'].every((key) => hasKey(entries, key)));
  return isUse
    ? { sdk: 'ruby', range: keyOf(name).range, migration: manual.passedOn() }
    : undefined;
}

const hasKey = (pairs: readonly Node[], key: string) =>
  pairs.some((pair) => field(pair, 'key')?.text === key);

/** What a method is called on, or in RSpec what `expect(…).to receive(:…)` expects it of. */
function mockedBy(call: Node, method: string): Node | undefined {
  if (!method.startsWith('receive')) return field(call, 'receiver');
  let outer: Node | null = call;
  while (outer && !/^(?:to|not_to|to_not)$/.test(field(outer, 'method')?.text ?? ''))
    outer = outer.parent;
  return items(field(field(outer ?? undefined, 'receiver'), 'arguments'))[0];
}
