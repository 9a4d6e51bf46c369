import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { byHand, isPinned } from '../byHand';
import { oncePerFile } from '../once';
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

/**
 * Every method of a version 3 client has a promise form that ends in Async. So `invokeAsyncAsync` and the command
 * `InvokeAsync` are the operation, and `invokeAsync` is Invoke, which loses what is passed as InvokeArgs.
 */
export const php: SyntaxRules = {
  worthParsing: /\bInvokeArgs\b|\binvokeAsyncAsync\b|Aws\\Lambda|\bcreateLambda\b/,
  query: `
    (member_call_expression
      name: (name) @method
      arguments: (arguments) @arguments
      (#any-of? @method "invokeAsync" "invokeAsyncAsync")) @call

    (member_call_expression
      name: (name) @getter
      arguments: (arguments
        . (argument [(string (string_content) @command) (encapsed_string (string_content) @command)])) @arguments
      (#eq? @getter "getCommand") (#eq? @command "InvokeAsync")) @call
  `,
  uses: (file, candidates) => candidates.flatMap((captures) => useOf(file, captures) ?? []),
};

function useOf(
  file: SyntaxFile,
  { call, method, command, arguments: args }: Captures,
): Use | undefined {
  const name = method ?? command;
  const values = items(args).flatMap((argument) => items(argument).at(-1) ?? []);
  const input = inputOf(file, values[command ? 1 : 0]);
  if (!call || !name || !isLambda(file, name, input)) return undefined;
  if (name.text === 'invokeAsync')
    return isVersion2(file) ? version2Use(name) : lostPayloadUse(file, input);
  const edits = migrationOf(file, input);
  const newName = method ? 'invokeAsync' : 'Invoke';
  const migration =
    typeof edits === 'string'
      ? { byHand: edits }
      : { edits: [replace(rangeOf(name), newName), ...edits, ...followResult(file, call)] };
  return { sdk: 'php-v3', range: rangeOf(name), migration };
}

interface Input {
  readonly entries: readonly Entry[] | string;
  readonly later: readonly TextEdit[];
}

/** `invokeAsync` says nothing by itself; the rest is the operation in any file that knows Lambda. */
function isLambda(file: SyntaxFile, name: Node, { entries }: Input): boolean {
  if (haveKeys(entries, 'FunctionName', 'InvokeArgs')) return true;
  return name.text !== 'invokeAsync' && knowsLambda(file);
}

const knowsLambda = oncePerFile(({ text }: SyntaxFile) =>
  /Aws\\Lambda|\bLambdaClient\b|\bcreateLambda\b/.test(text),
);

const isVersion2 = oncePerFile(
  ({ text }: SyntaxFile) =>
    /\bAws\\Common\b|\bGuzzle\\/.test(text) ||
    (/\bLambdaClient::factory\(/.test(text) && !/['"]version['"]/.test(text)),
);

const version2Use = (name: Node): Use => ({
  sdk: 'php-v2',
  range: rangeOf(name),
  migration: {
    byHand: l10n.t(
      'migrate to version 3 of the SDK, where invokeAsync() is the promise form of Invoke',
    ),
  },
});

/** The key that Invoke does not know is the mark. */
function lostPayloadUse(file: SyntaxFile, input: Input): Use | undefined {
  const lost =
    typeof input.entries === 'string'
      ? undefined
      : input.entries.find(({ key }) => key === 'InvokeArgs');
  if (!lost) return undefined;
  const edits = migrationOf(file, input);
  const migration = typeof edits === 'string' ? { byHand: edits } : { edits };
  return { sdk: 'php-v3', code: 'deprecated.payload-lost', range: lost.keyRange, migration };
}

function migrationOf(file: SyntaxFile, { entries, later }: Input): TextEdit[] | string {
  if (isPinned(file)) return byHand.pinned();
  if (typeof entries === 'string') return entries;
  const [first] = entries;
  const quote = first ? (file.text[first.range.start] ?? "'") : "'";
  const event = `${quote}Event${quote}`;
  const words = {
    invokeArgs: 'InvokeArgs',
    payload: 'Payload',
    invocationType: 'InvocationType',
    event,
    entry: `${quote}InvocationType${quote} => ${event}`,
  };
  return migrateEntries(file.text, entries, words, later);
}

/** The array that a call is given, at its place or through a variable. */
function inputOf(file: SyntaxFile, value: Node | undefined): Input {
  const opaque = { entries: byHand.opaqueInput(), later: [] };
  if (value?.type === 'array_creation_expression') return { entries: entriesOf(value), later: [] };
  const variable = value?.type === 'variable_name' ? soleValue(file, value, variables) : undefined;
  if (!value || variable?.value.type !== 'array_creation_expression') return opaque;
  const later: TextEdit[] = [];
  for (const node of variable.others.filter(({ id }) => id !== value.id)) {
    const key =
      node.parent?.type === 'subscript_expression' ? contentOf(items(node.parent)[1]) : undefined;
    if (key?.text === 'InvokeArgs') later.push(replace(rangeOf(key), 'Payload'));
    else if (key?.text !== 'FunctionName')
      return { entries: byHand.sharedInput(node.text), later: [] };
  }
  return { entries: entriesOf(variable.value), later };
}

function entriesOf(array: Node): Entry[] | string {
  const entries: Entry[] = [];
  for (const element of items(array)) {
    const [key, value] = items(element);
    const content = contentOf(key);
    if (!content || !value) return byHand.spread();
    entries.push({
      key: content.text,
      keyRange: rangeOf(content),
      range: rangeOf(element),
      valueRange: rangeOf(value),
    });
  }
  return entries;
}

const contentOf = (node: Node | undefined) =>
  items(node).find(({ type }) => type === 'string_content');

const variables: Variables = {
  scopeOf: (node) =>
    rangeOf(
      ancestor(node, ['method_declaration', 'function_definition', 'anonymous_function']) ??
        node.tree.rootNode,
    ),
  assigned: ({ id, parent }) =>
    parent?.type === 'assignment_expression' && field(parent, 'left')?.id === id
      ? field(parent, 'right')
      : undefined,
};

/** The renames of each `['Status']` and `->get('Status')` that reads the answer. */
function followResult(file: SyntaxFile, expression: Node): TextEdit[] {
  const { parent } = expression;
  if (parent === null) return [];
  switch (parent.type) {
    case 'argument':
      return isExecuted(parent) ? followResult(file, parent.parent?.parent ?? parent) : [];
    case 'parenthesized_expression':
      return followResult(file, parent);
    case 'subscript_expression':
      return renameStatus(items(parent)[1]);
    case 'member_call_expression':
      return followMethod(file, parent);
    case 'assignment_expression': {
      const target = field(parent, 'left');
      return target
        ? readsOf(file, target, variables).flatMap((read) => followResult(file, read))
        : [];
    }
    default:
      return [];
  }
}

/** `$client->execute($client->getCommand(…))`: the answer is that call's. */
const isExecuted = (argument: Node) =>
  /^execute(?:Async)?$/.test(field(argument.parent?.parent ?? undefined, 'name')?.text ?? '');

function followMethod(file: SyntaxFile, call: Node): TextEdit[] {
  const name = field(call, 'name')?.text;
  const argument = items(items(field(call, 'arguments'))[0])[0];
  if (name === 'wait') return followResult(file, call);
  if (name === 'get') return renameStatus(argument);
  const parameter =
    name === 'then' ? field(items(field(argument, 'parameters'))[0], 'name') : undefined;
  return parameter
    ? readsOf(file, parameter, variables).flatMap((read) => followResult(file, read))
    : [];
}

function renameStatus(key: Node | undefined): TextEdit[] {
  const content = contentOf(key);
  return content?.text === 'Status' ? [replace(rangeOf(content), 'StatusCode')] : [];
}
