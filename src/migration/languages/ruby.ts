import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { byHand, isPinned } from '../byHand';
import { oncePerFile, oncePerName } from '../once';
import { replace } from '../../core/edits';
import { type Entry, haveKeys, migrateEntries } from '../rewrite';
import {
  ancestor,
  type Captures,
  field,
  items,
  rangeOf,
  type SyntaxFile,
  type SyntaxRules,
} from '../syntaxFile';
import type { Use } from '../use';
import { readsOf, soleValue, type Variables } from '../variables';

export const ruby: SyntaxRules = {
  worthParsing: /\bAws::Lambda\b|\binvoke_args\b/,
  query: `
    (call
      receiver: (_) @receiver
      method: (identifier) @method
      arguments: (argument_list) @arguments
      (#eq? @method "invoke_async")) @call
  `,
  uses: (file, candidates) => candidates.flatMap((captures) => useOf(file, captures) ?? []),
};

function useOf(
  file: SyntaxFile,
  { receiver, method, call, arguments: args }: Captures,
): Use | undefined {
  if (!receiver || !method || !call || !args) return undefined;
  const input = inputOf(file, args);
  if (!isClient(file, receiver) && !haveKeys(input.entries, 'function_name', 'invoke_args'))
    return undefined;
  const edits = migrationOf(file, input);
  const migration =
    typeof edits === 'string'
      ? { byHand: edits }
      : { edits: [replace(rangeOf(method), 'invoke'), ...edits, ...followResult(file, call)] };
  return { sdk: 'ruby', range: rangeOf(method), migration };
}

/** A variable, instance variable or method that is made from `Aws::Lambda::Client`. */
function isClient(file: SyntaxFile, receiver: Node): boolean {
  return clientMaker.test(receiver.text) || isMadeClient(file, receiver.text);
}

const clientMaker = /\bAws::Lambda::Client\.new\b/;

const isMadeClient = oncePerName((file: SyntaxFile, name) =>
  file
    .occurrences(name)
    .flatMap(
      (node) =>
        ancestor(node, ['assignment', 'operator_assignment', 'method', 'call', 'program']) ?? [],
    )
    .filter(({ type }) => type !== 'call' && type !== 'program')
    .some((maker) => isNamed(maker, name) && clientMaker.test(maker.text)),
);

const isNamed = (maker: Node, name: string) =>
  (field(maker, 'left') ?? field(maker, 'name'))?.text === name;

interface Input {
  readonly entries: readonly Entry[] | string;
  readonly later: readonly TextEdit[];
}

function inputOf(file: SyntaxFile, args: Node): Input {
  const [first] = items(args);
  if (first?.type === 'hash') return { entries: entriesOf(items(first)), later: [] };
  if (first?.type !== 'identifier' && first?.type !== 'hash_splat_argument') {
    return { entries: entriesOf(items(args)), later: [] };
  }
  const name = first.type === 'identifier' ? first : items(first)[0];
  return name && items(args).length === 1
    ? variableInput(file, name)
    : { entries: byHand.opaqueInput(), later: [] };
}

function variableInput(file: SyntaxFile, name: Node): Input {
  const variable = name.type === 'identifier' ? soleValue(file, name, variables) : undefined;
  if (variable?.value.type !== 'hash') return { entries: byHand.opaqueInput(), later: [] };
  const later: TextEdit[] = [];
  for (const node of variable.others.filter(({ id }) => id !== name.id)) {
    const key = node.parent?.type === 'element_reference' ? items(node.parent)[1] : undefined;
    if (key?.text === ':invoke_args') later.push(replace(rangeOf(key), ':payload'));
    else if (key?.text !== ':function_name')
      return { entries: byHand.sharedInput(node.text), later: [] };
  }
  return { entries: entriesOf(items(variable.value)), later };
}

/** `key: value` and `:key => value`. */
function entriesOf(nodes: readonly Node[]): Entry[] | string {
  const entries: Entry[] = [];
  for (const node of nodes) {
    const key = field(node, 'key');
    if (!key || !/symbol/.test(key.type)) return byHand.spread();
    const start = key.text.startsWith(':') ? key.startIndex + 1 : key.startIndex;
    const keyRange = { start, end: key.endIndex };
    const valueRange = rangeOf(field(node, 'value') ?? key);
    entries.push({ key: key.text.replace(':', ''), keyRange, range: rangeOf(node), valueRange });
  }
  return entries;
}

function migrationOf(file: SyntaxFile, { entries, later }: Input): TextEdit[] | string {
  if (isPinned(file)) return byHand.pinned();
  if (typeof entries === 'string') return entries;
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

const variables: Variables = {
  scopeOf: (node) => rangeOf(ancestor(node, ['method', 'singleton_method']) ?? node.tree.rootNode),
  assigned: ({ id, parent }) =>
    parent?.type === 'assignment' && field(parent, 'left')?.id === id
      ? field(parent, 'right')
      : undefined,
};

/** The renames of each `.status` and `[:status]` that reads the answer. */
function followResult(file: SyntaxFile, expression: Node): TextEdit[] {
  const { parent } = expression;
  if (parent?.type === 'parenthesized_statements') return followResult(file, parent);
  if (parent?.type === 'element_reference') {
    const key = items(parent)[1];
    return key?.text === ':status' ? [replace(rangeOf(key), ':status_code')] : [];
  }
  if (parent?.type === 'call' && field(parent, 'receiver')?.id === expression.id) {
    const method = field(parent, 'method');
    return method?.text === 'status' ? [replace(rangeOf(method), 'status_code')] : [];
  }
  const target = parent?.type === 'assignment' ? field(parent, 'left') : undefined;
  return target ? readsOf(file, target, variables).flatMap((read) => followResult(file, read)) : [];
}
