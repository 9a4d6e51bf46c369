import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { byHand, isPinned } from '../byHand';
import { oncePerName } from '../once';
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
import { actionUse, type CustomResource } from './customResource';

export const python: SyntaxRules = {
  worthParsing: /\bboto|\bInvokeArgs\b|LambdaClient|AwsSdkCall/,
  query: `
    (call
      function: (attribute object: (_) @receiver attribute: (identifier) @method)
      arguments: (argument_list) @arguments
      (#eq? @method "invoke_async")) @call

    (call
      arguments: (argument_list
        (keyword_argument name: (identifier) @key value: (string (string_content) @action)))
      (#eq? @key "action") (#any-of? @action "invokeAsync" "InvokeAsync")) @customResource
  `,
  uses: (file, candidates) => candidates.flatMap((captures) => useOf(file, captures) ?? []),
};

function useOf(file: SyntaxFile, captures: Captures): Use | undefined {
  const { receiver, method, call, arguments: args, customResource, action } = captures;
  if (customResource && action) return customResourceUse(file, customResource, action);
  if (!receiver || !method || !call || !args) return undefined;
  const client = clientOf(file, receiver);
  const range = rangeOf(method);
  if (client === 'boto2') {
    return {
      sdk: 'boto2',
      range,
      migration: { byHand: l10n.t('boto 2 has no Invoke; migrate to boto3') },
    };
  }
  const input = inputOf(file, args);
  if (!client && !haveKeys(input.entries, 'FunctionName', 'InvokeArgs')) return undefined;
  const migration = isPinned(file) ? byHand.pinned() : migrationOf(file, method, call, input);
  return {
    sdk: 'boto3',
    range,
    migration: typeof migration === 'string' ? { byHand: migration } : { edits: migration },
  };
}

function migrationOf(
  file: SyntaxFile,
  method: Node,
  call: Node,
  input: Input,
): TextEdit[] | string {
  if (typeof input.entries === 'string') return input.entries;
  const [first] = input.entries;
  const quote =
    /['"]/.exec(first ? file.text.slice(first.range.start, first.range.end) : '')?.[0] ?? "'";
  const event = `${quote}Event${quote}`;
  const words = {
    invokeArgs: 'InvokeArgs',
    payload: 'Payload',
    invocationType: 'InvocationType',
    event,
    entry: input.isDictionary
      ? `${quote}InvocationType${quote}: ${event}`
      : `InvocationType=${event}`,
  };
  const edits = migrateEntries(file.text, input.entries, words, input.later);
  if (typeof edits === 'string') return edits;
  const calls = input.calls ?? [{ method, call }];
  return [
    ...calls.map((one) => replace(rangeOf(one.method), 'invoke')),
    ...edits,
    ...calls.flatMap((one) => followResult(file, one.call)),
  ];
}

/** What makes a variable a client, in the text that is assigned to it or stands as its type. */
const clients = {
  boto3: /(?:client|resource)\(\s*(?:service_name\s*=\s*)?['"]lambda['"]|\bLambdaClient\b/,
  boto2: /\bawslambda\.|\bAWSLambdaConnection\b/,
} as const;

function clientOf(file: SyntaxFile, receiver: Node): keyof typeof clients | undefined {
  const name = receiver.type === 'attribute' ? field(receiver, 'attribute') : receiver;
  return name?.type === 'identifier' ? clientNamed(file, name.text) : clientMadeBy([receiver]);
}

const clientNamed = oncePerName((file: SyntaxFile, name) =>
  clientMadeBy(file.occurrences(name).flatMap((node) => sourceOf(node) ?? [])),
);

function clientMadeBy(sources: readonly Node[]): keyof typeof clients | undefined {
  const texts = sources.map(({ text }) => text);
  return (['boto3', 'boto2'] as const).find((client) =>
    texts.some((text) => clients[client].test(text)),
  );
}

/** What a name is made from where it is assigned, bound by `with`, or declared as a parameter. */
function sourceOf(node: Node): Node | undefined {
  const { parent } = node;
  const target = parent?.type === 'attribute' ? parent : node;
  const holder = target.parent;
  if (holder?.type === 'assignment' && field(holder, 'left')?.id === target.id) return holder;
  if (holder?.type === 'as_pattern_target') return holder.parent ?? undefined;
  return holder && /^(?:typed_|default_|typed_default_)parameter$/.test(holder.type)
    ? holder
    : undefined;
}

interface Input {
  /** The arguments, or why they cannot be known. */
  readonly entries: readonly Entry[] | string;
  readonly isDictionary: boolean;
  /** For a dictionary in a variable: every call that is given it, and what else the file does to it. */
  readonly calls?: readonly { readonly method: Node; readonly call: Node }[];
  readonly later?: readonly TextEdit[];
}

function inputOf(file: SyntaxFile, args: Node): Input {
  const all = items(args);
  const [only] = all;
  if (all.length === 1 && only?.type === 'dictionary_splat')
    return splatInput(file, items(only)[0]);
  return { entries: entriesOf(all), isDictionary: false };
}

/** `**params` with `params = {…}` or `dict(…)` in the same function. */
function splatInput(file: SyntaxFile, value: Node | undefined): Input {
  const opaque: Input = { entries: byHand.opaqueInput(), isDictionary: true };
  if (value?.type === 'dictionary') return { entries: entriesOf(items(value)), isDictionary: true };
  if (value?.type !== 'identifier') return opaque;
  const variable = soleValue(file, value, variables);
  const isDictionary = variable?.value.type === 'dictionary';
  if (!variable || !(isDictionary || field(variable.value, 'function')?.text === 'dict'))
    return opaque;
  const later: TextEdit[] = [];
  const calls: { method: Node; call: Node }[] = [];
  for (const node of variable.others) {
    if (node.parent?.type === 'attribute') continue;
    const call = callGiven(node);
    const key =
      node.parent?.type === 'subscript' ? contentOf(field(node.parent, 'subscript')) : undefined;
    if (call) calls.push(call);
    else if (key?.text === 'InvokeArgs') later.push(replace(rangeOf(key), 'Payload'));
    else if (key?.text !== 'FunctionName')
      return { entries: byHand.sharedInput(node.text), isDictionary };
  }
  return {
    entries: entriesOf(items(isDictionary ? variable.value : field(variable.value, 'arguments'))),
    isDictionary,
    calls,
    later,
  };
}

/** The `invoke_async(**node)` around a node. */
function callGiven({ parent }: Node) {
  const call = parent?.type === 'dictionary_splat' ? ancestor(parent, ['call']) : undefined;
  const method = field(field(call, 'function'), 'attribute');
  return call && method?.text === 'invoke_async' ? { method, call } : undefined;
}

function entriesOf(nodes: readonly Node[]): Entry[] | string {
  const entries: Entry[] = [];
  for (const node of nodes) {
    const name = field(node, 'name') ?? contentOf(field(node, 'key'));
    const value = field(node, 'value');
    if (!name || !value) return byHand.spread();
    entries.push({
      key: name.text,
      keyRange: rangeOf(name),
      range: rangeOf(node),
      valueRange: rangeOf(value),
    });
  }
  return entries;
}

/** The renames of each `['Status']` and `.get('Status')` that reads the answer. */
function followResult(file: SyntaxFile, call: Node): TextEdit[] {
  const { parent } = call;
  if (parent === null) return [];
  switch (parent.type) {
    case 'await':
    case 'parenthesized_expression':
      return followResult(file, parent);
    case 'subscript':
      return renameStatus(field(parent, 'subscript'));
    case 'attribute':
      return field(parent, 'attribute')?.text === 'get'
        ? renameStatus(items(field(parent.parent ?? undefined, 'arguments'))[0])
        : [];
    case 'assignment': {
      const name = field(parent, 'left');
      return name?.type === 'identifier'
        ? readsOf(file, name, variables).flatMap((read) => followResult(file, read))
        : [];
    }
    default:
      return [];
  }
}

const variables: Variables = {
  scopeOf: (node) => rangeOf(ancestor(node, ['function_definition']) ?? node.tree.rootNode),
  assigned: ({ id, parent }) =>
    parent?.type === 'assignment' && field(parent, 'left')?.id === id
      ? field(parent, 'right')
      : undefined,
};

function renameStatus(key: Node | undefined): TextEdit[] {
  const content = contentOf(key);
  return content?.text === 'Status' ? [replace(rangeOf(content), 'StatusCode')] : [];
}

const contentOf = (node: Node | undefined) =>
  items(node).find(({ type }) => type === 'string_content');

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
      parameters?.type === 'dictionary' ? entriesOf(items(parameters)) : byHand.opaqueInput(),
    quote: file.text[action.startIndex - 1] ?? "'",
  };
  return actionUse(file.text, resource);
}
