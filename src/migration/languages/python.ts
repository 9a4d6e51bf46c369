import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { because, isPinned, manual } from '../manualReasons';
import { replace } from '../../core/edits';
import { oncePerFile } from '../once';
import { heldInput, type Input, type InputPlace, noInput } from '../dynamic/input';
import { type Call, migrateCalls } from '../dynamic/migrate';
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
import type { ManualReason, Use } from '../use';
import { actionUse, type CustomResource } from './customResource';
import { pythonClient } from './pythonClient';
import { pythonResponse } from './pythonResponse';

/** `client.invoke_async(…)`, the method when it is passed on, and the operation's name in strings. */
export const python: SyntaxRules = {
  worthParsing: /\bboto|\bInvokeArgs\b|LambdaClient|AwsSdkCall/,
  query: `
    (attribute object: (_) @receiver attribute: (identifier) @method (#eq? @method "invoke_async"))

    (string (string_content) @name (#any-of? @name "invoke_async" "InvokeAsync"))

    (call
      arguments: (argument_list
        (keyword_argument name: (identifier) @key value: (string (string_content) @action)))
      (#eq? @key "action") (#any-of? @action "invokeAsync" "InvokeAsync")) @customResource
  `,
  uses: (file, candidates) => {
    const calls: Call[] = [];
    const others: Use[] = [];
    for (const captures of candidates) {
      const call = callOf(file, captures);
      if (call) calls.push(call);
      else others.push(...(otherUse(file, captures) ?? []));
    }
    return [...migrateCalls(file, calls, pythonResponse), ...others];
  },
};

/** A call that may be rewritten, or a stub of one. */
function callOf(file: SyntaxFile, { receiver, method, name }: Captures): Call | undefined {
  if (name) return stubOf(file, name);
  const call = method && callTo(method);
  const args = field(call, 'arguments');
  if (!receiver || !method || !call || !args) return undefined;
  const client = pythonClient(file, receiver);
  const range = rangeOf(method);
  if (client === 'boto2') {
    const edits = because(l10n.t('boto 2 has no Invoke; migrate to boto3'));
    return { sdk: 'boto2', range, edits, changed: [] };
  }
  const input = inputOf(file, args);
  // boto3 takes named arguments only.
  if (client === 'other' || items(args).some(isPositional)) return undefined;
  if (!client && !looksLikeInput(input.entries)) return undefined;
  const edits = isPinned(file) ? manual.pinned() : inputEdits(file, input);
  return {
    sdk: 'boto3',
    range,
    expression: call,
    edits: 'manualReason' in edits ? edits : [replace(range, 'invoke'), ...edits],
    changed: [call, ...(input.literal ? [input.literal] : [])],
    with: input.calls,
  };
}

/** The call whose function is an attribute. */
function callTo(method: Node): Node | undefined {
  const attribute = method.parent ?? undefined;
  const call = attribute?.parent ?? undefined;
  return call?.type === 'call' && field(call, 'function')?.id === attribute?.id ? call : undefined;
}

const isPositional = ({ type }: Node) => !/^(?:keyword_argument|dictionary_splat)$/.test(type);

/** Both keys of the input, or the one that nothing else has with nothing that the operation does not take. */
const looksLikeInput = (entries: readonly Entry[] | ManualReason) =>
  haveKeys(entries, 'FunctionName', 'InvokeArgs');

function inputEdits(
  file: SyntaxFile,
  { entries, literal, later }: Input,
): TextEdit[] | ManualReason {
  if ('manualReason' in entries) return entries;
  const written = entries.map(({ range }) => file.text.slice(range.start, range.end)).join();
  const quote = /['"]/.exec(written)?.[0] ?? "'";
  const event = `${quote}Event${quote}`;
  const words = {
    invokeArgs: 'InvokeArgs',
    payload: 'Payload',
    invocationType: 'InvocationType',
    event,
    entry:
      literal?.type === 'dictionary'
        ? `${quote}InvocationType${quote}: ${event}`
        : `InvocationType=${event}`,
  };
  return migrateEntries(file.text, entries, words, later);
}

function inputOf(file: SyntaxFile, args: Node): Input {
  const all = items(args);
  const [only] = all;
  if (all.length === 1 && only?.type === 'dictionary_splat')
    return splatInput(file, items(only)[0]);
  return { entries: entriesOf(all), later: [], calls: [] };
}

/** `**params` with `params = {…}` or `dict(…)`. */
function splatInput(file: SyntaxFile, value: Node | undefined): Input {
  if (value?.type === 'dictionary')
    return { entries: entriesOf(items(value)), literal: value, later: [], calls: [] };
  return value?.type === 'identifier'
    ? heldInput(file, value, literalEntries, placeOfInput)
    : noInput(manual.opaqueInput());
}

function literalEntries(literal: Node): readonly Entry[] | ManualReason | undefined {
  if (literal.type === 'dictionary') return entriesOf(items(literal));
  return field(literal, 'function')?.text === 'dict'
    ? entriesOf(items(field(literal, 'arguments')))
    : undefined;
}

function placeOfInput(place: Node): InputPlace {
  const { parent } = place;
  if (parent?.type === 'dictionary_splat') {
    const call = ancestor(parent, ['call']);
    const method = field(field(call, 'function'), 'attribute');
    return call && method?.text === 'invoke_async' ? { call } : 'unknown';
  }
  const key = parent?.type === 'subscript' ? contentOf(field(parent, 'subscript')) : undefined;
  if (key?.text === 'InvokeArgs') return { rename: replace(rangeOf(key), 'Payload') };
  return key?.text === 'FunctionName' ? 'harmless' : 'unknown';
}

function entriesOf(nodes: readonly Node[]): Entry[] | ManualReason {
  const entries: Entry[] = [];
  for (const node of nodes) {
    const name = field(node, 'name') ?? contentOf(field(node, 'key'));
    const value = field(node, 'value');
    if (!name || !value) return manual.spread();
    entries.push({
      key: name.text,
      keyRange: rangeOf(name),
      range: rangeOf(node),
      valueRange: rangeOf(value),
    });
  }
  return entries;
}

/** The text of a string that is nothing but text. */
function contentOf(node: Node | undefined): Node | undefined {
  const [content, another] = items(node).filter(({ type }) => !/string_(?:start|end)/.test(type));
  return content?.type === 'string_content' && !another ? content : undefined;
}

/** `stubber.add_response('invoke_async', {'Status': 202}, {'FunctionName': …, 'InvokeArgs': …})` */
function stubOf(file: SyntaxFile, name: Node): Call | undefined {
  const args = name.parent?.parent ?? undefined;
  const method = field(field(args?.parent ?? undefined, 'function'), 'attribute')?.text;
  if (args?.type !== 'argument_list' || !/^add_(?:response|client_error)$/.test(method ?? ''))
    return undefined;
  const expected = argumentOf(args, 'expected_params', method === 'add_response' ? 2 : 6);
  const response = argumentOf(args, 'service_response', 1);
  const status = method === 'add_response' ? stubbedStatus(response) : [];
  const input = expected ? splatInput(file, expected) : undefined;
  const params = input ? inputEdits(file, input) : [];
  const edits =
    status === undefined || 'manualReason' in params
      ? manual.operationName()
      : [replace(rangeOf(name), 'invoke'), ...status, ...params];
  const range = rangeOf(name);
  return { sdk: 'boto3', range, edits, changed: args.parent ? [args.parent] : [], isStub: true };
}

/** The rename in the answer of a stub; undefined where the answer does not show. */
function stubbedStatus(response: Node | undefined): TextEdit[] | undefined {
  if (response?.type !== 'dictionary') return undefined;
  const keys = items(response).map((pair) => contentOf(field(pair, 'key')));
  if (keys.includes(undefined)) return undefined;
  return keys.flatMap((key) =>
    key?.text === 'Status' ? [replace(rangeOf(key), 'StatusCode')] : [],
  );
}

function argumentOf(args: Node, name: string, position: number): Node | undefined {
  const all = items(args);
  const named = all.find((argument) => field(argument, 'name')?.text === name);
  const positional = all[position]?.type === 'keyword_argument' ? undefined : all[position];
  return field(named, 'value') ?? positional;
}

/** What is reported and not rewritten. */
function otherUse(file: SyntaxFile, captures: Captures): Use[] | undefined {
  const { receiver, method, name, customResource, action } = captures;
  if (customResource && action) return toList(customResourceUse(file, customResource, action));
  if (name) return toList(nameUse(file, name));
  if (!receiver || !method || callTo(method)) return undefined;
  const isAssigned = field(method.parent?.parent ?? undefined, 'left')?.id === method.parent?.id;
  const client = pythonClient(file, receiver);
  const isUse = client === 'boto3' || (client === undefined && isGivenInput(method.parent));
  return isUse && !isAssigned
    ? [{ sdk: 'boto3', range: rangeOf(method), migration: manual.passedOn() }]
    : undefined;
}

const toList = (use: Use | undefined) => use && [use];

/** `partial(client.invoke_async, FunctionName=…, InvokeArgs=…)` */
function isGivenInput(method: Node | null): boolean {
  const args = method?.parent;
  return (
    args?.type === 'argument_list' &&
    haveKeys(
      entriesOf(items(args).filter(({ type }) => type === 'keyword_argument')),
      'FunctionName',
      'InvokeArgs',
    )
  );
}

/** Calls that take the name of an operation or of its method. */
const takesName =
  /^(?:getattr|hasattr|attrgetter|methodcaller|object|can_paginate|get_paginator|generate_presigned_url|_make_api_call|operation_model|get_waiter)$/;

/** `getattr(client, 'invoke_async')`, `client.can_paginate('invoke_async')`, `if operation_name == 'InvokeAsync'` */
function nameUse(file: SyntaxFile, name: Node): Use | undefined {
  const string = name.parent ?? undefined;
  const holder = string?.parent ?? undefined;
  const isNamed =
    holder !== undefined && (isArgument(file, holder) || isKey(holder) || isCompared(holder));
  return isNamed && namesBoto(file)
    ? { sdk: 'boto3', range: rangeOf(name), migration: manual.operationName() }
    : undefined;
}

const namesBoto = oncePerFile(({ text }: SyntaxFile) =>
  /\b(?:boto3?|botocore|aiobotocore|aioboto3)\b/.test(text),
);

function isArgument(file: SyntaxFile, args: Node): boolean {
  if (args.type !== 'argument_list') return false;
  const callee = field(args.parent ?? undefined, 'function');
  const called = field(callee, 'attribute') ?? callee;
  const [target] = items(args);
  const owner = field(callee, 'object') ?? target;
  if (!takesName.test(called?.text ?? '')) return false;
  const subject = /^(?:getattr|hasattr|object)$/.test(called?.text ?? '') ? target : owner;
  return subject === undefined || pythonClient(file, subject) !== 'other';
}

/** `client.meta.method_to_api_mapping['invoke_async']` */
const isKey = (holder: Node) =>
  holder.type === 'subscript' &&
  (field(holder, 'value')?.text ?? '').endsWith('method_to_api_mapping');

/** The way of moto and botocore to answer one operation in a test. */
const isCompared = (holder: Node) =>
  holder.type === 'comparison_operator' && /\boperation_?(?:name|model)/.test(holder.text);

/** `AwsSdkCall(service='Lambda', action='invokeAsync', parameters={…})`. */
function customResourceUse(file: SyntaxFile, call: Node, action: Node): Use | undefined {
  const entries = items(field(call, 'arguments'));
  const value = (key: string) =>
    field(
      entries.find((entry) => field(entry, 'name')?.text === key),
      'value',
    );
  const parameters = value('parameters');
  const resource: CustomResource = {
    action: rangeOf(action),
    service: contentOf(value('service'))?.text ?? '',
    parameters:
      parameters?.type === 'dictionary' ? entriesOf(items(parameters)) : manual.opaqueInput(),
    quote: file.text[action.startIndex - 1] ?? "'",
  };
  return actionUse(file.text, resource);
}
