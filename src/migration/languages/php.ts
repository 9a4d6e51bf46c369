import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import { replace } from '../../core/edits';
import type { TextEdit } from '../../core/problem';
import { because, isPinned, manual } from '../manualReasons';
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
import { phpClient } from './phpClient';
import { argumentsOf, contentOf, phpResponse } from './phpResponse';

/**
 * Every method of a version 3 client has a promise form that ends in Async. So `invokeAsyncAsync` and the command
 * `InvokeAsync` are the operation, and `invokeAsync` is Invoke, which loses what is passed as InvokeArgs.
 */
export const php: SyntaxRules = {
  worthParsing: /\bInvokeArgs\b|\binvokeAsyncAsync\b|Aws\\Lambda|\bcreateLambda\b/,
  query: `
    ([(member_call_expression name: (name) @method) (nullsafe_member_call_expression name: (name) @method)] @call
      (#any-of? @method "invokeAsync" "invokeAsyncAsync"))

    (member_call_expression
      name: (name) @getter
      arguments: (arguments
        . (argument [(string (string_content) @command) (encapsed_string (string_content) @command)]))
      (#any-of? @getter "getCommand" "getPaginator" "getIterator" "__call") (#eq? @command "InvokeAsync")) @call

    ([(string (string_content) @name) (encapsed_string (string_content) @name)]
      (#any-of? @name "invokeAsync" "invokeAsyncAsync"))
  `,
  uses: (file, candidates) => {
    const calls = candidates.flatMap((captures) => callOf(file, captures) ?? []);
    const named = candidates.flatMap(({ name }) => (name ? (nameUse(file, name) ?? []) : []));
    return [...migrateCalls(file, calls, phpResponse), ...named];
  },
};

function callOf(file: SyntaxFile, { call, method, getter, command }: Captures): Call | undefined {
  const name = method ?? command;
  if (!call || !name) return undefined;
  const args = argumentsOf(call);
  const input = inputOf(file, args[command ? 1 : 0]);
  const client = phpClient(file, field(call, 'object') ?? call);
  if (client === 'other') return undefined;
  const range = rangeOf(name);
  const changed = [call, ...(input.literal ? [input.literal] : [])];
  if (name.text === 'invokeAsync') {
    if (isVersion2(file)) return isInput(input) ? version2(range) : undefined;
    return lostPayload(file, input, client === 'php', changed);
  }
  if (!client && !isInput(input) && !knowsLambda(file)) return undefined;
  const isPassedOn = items(field(call, 'arguments'))[0]?.type === 'variadic_placeholder';
  if (isPassedOn || (getter && getter.text !== 'getCommand'))
    return { sdk: 'php-v3', range, edits: manual.passedOn(), changed: [] };
  const edits = isPinned(file) ? manual.pinned() : inputEdits(file, input);
  const rename = replace(range, method ? 'invokeAsync' : 'Invoke');
  return {
    sdk: 'php-v3',
    range,
    expression: call,
    edits: 'manualReason' in edits ? edits : [rename, ...edits],
    changed,
    with: input.calls,
  };
}

const isInput = ({ entries }: Input) => haveKeys(entries, 'FunctionName', 'InvokeArgs');

const knowsLambda = oncePerFile(({ text }: SyntaxFile) =>
  /Aws\\Lambda|\bLambdaClient\b|\bcreateLambda\b/.test(text),
);

const isVersion2 = oncePerFile(
  ({ text }: SyntaxFile) =>
    /\bAws\\Common\b|\bGuzzle\\/.test(text) ||
    (/\bLambdaClient::factory\(/.test(text) && !/['"]version['"]/.test(text)),
);

const version2 = (range: Call['range']): Call => ({
  sdk: 'php-v2',
  range,
  edits: because(
    l10n.t('migrate to version 3 of the SDK, where invokeAsync() is the promise form of Invoke'),
  ),
  changed: [],
});

/** The key that Invoke does not know is the mark. */
function lostPayload(
  file: SyntaxFile,
  input: Input,
  isClient: boolean,
  changed: readonly Node[],
): Call | undefined {
  const { entries, later } = input;
  const known = 'manualReason' in entries ? [] : entries;
  const lost = known.find(({ key }) => key === 'InvokeArgs')?.keyRange ?? later[0]?.range;
  if (!lost && isClient) return opaqueLoss(input, argumentsOf(changed[0])[0]);
  if (
    !lost ||
    !(isClient || isInput(input) || (later.length > 0 && haveKeys(entries, 'FunctionName')))
  )
    return undefined;
  const edits = isPinned(file) ? manual.pinned() : inputEdits(file, input);
  return {
    sdk: 'php-v3',
    code: 'deprecated.payload-lost',
    range: lost,
    edits,
    changed,
    with: input.calls,
  };
}

/** `['InvokeArgs' => …, ...$rest]`, `['InvokeArgs' => …] + $rest` */
function opaqueLoss({ entries }: Input, value: Node | undefined): Call | undefined {
  const lost = value
    ?.descendantsOfType('string_content')
    .find((content) => content?.text === 'InvokeArgs' && isKey(content.parent));
  return lost && 'manualReason' in entries
    ? {
        sdk: 'php-v3',
        code: 'deprecated.payload-lost',
        range: rangeOf(lost),
        edits: entries,
        changed: [],
      }
    : undefined;
}

const isKey = (string: Node | null) =>
  string?.parent?.type === 'array_element_initializer' && items(string.parent)[0]?.id === string.id;

function inputEdits(file: SyntaxFile, { entries, later }: Input): TextEdit[] | ManualReason {
  if ('manualReason' in entries) return entries;
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
  if (value?.type === 'array_creation_expression')
    return { entries: entriesOf(value), later: [], calls: [] };
  return value?.type === 'variable_name'
    ? heldInput(file, value, entriesOfArray, placeOfInput)
    : noInput(manual.opaqueInput());
}

const entriesOfArray = (literal: Node) =>
  literal.type === 'array_creation_expression' ? entriesOf(literal) : undefined;

function placeOfInput(place: Node): InputPlace {
  const { parent } = place;
  if (parent?.type === 'argument') {
    const call = parent.parent?.parent ?? undefined;
    const name = field(call, 'name')?.text ?? '';
    return call && /^(?:invokeAsync(?:Async)?|getCommand)$/.test(name) ? { call } : 'unknown';
  }
  const key = parent?.type === 'subscript_expression' ? contentOf(items(parent)[1]) : undefined;
  if (key?.text === 'InvokeArgs') return { rename: replace(rangeOf(key), 'Payload') };
  return key?.text === 'FunctionName' ? 'harmless' : 'unknown';
}

function entriesOf(array: Node): Entry[] | ManualReason {
  const entries: Entry[] = [];
  for (const element of items(array)) {
    const [key, value] = items(element);
    const content = contentOf(key);
    if (!content || !value) return manual.spread();
    entries.push({
      key: content.text,
      keyRange: rangeOf(content),
      range: rangeOf(element),
      valueRange: rangeOf(value),
    });
  }
  return entries;
}

/** `[$client, 'invokeAsyncAsync']`, `$client->{'invokeAsyncAsync'}(…)`, `method_exists($client, 'invokeAsyncAsync')` */
function nameUse(file: SyntaxFile, name: Node): Use | undefined {
  const string = name.parent;
  const holder = string?.parent;
  if (!string || !holder) return undefined;
  const subject = /^(?:array_element_initializer|argument)$/.test(holder.type)
    ? items(holder.previousNamedSibling ?? undefined)[0]
    : field(holder, 'object');
  const isOperation = name.text === 'invokeAsyncAsync' || isVersion2(file);
  const isUse = subject && isOperation && phpClient(file, subject) === 'php';
  return isUse
    ? {
        sdk: isVersion2(file) ? 'php-v2' : 'php-v3',
        range: rangeOf(name),
        migration: manual.passedOn(),
      }
    : undefined;
}
