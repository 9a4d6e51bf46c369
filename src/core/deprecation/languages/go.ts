import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../problem';
import { byHand, isPinned } from '../byHand';
import { always, type Entry, migrateEntries, remove, replace } from '../rewrite';
import type { SdkId } from '../rules';
import {
  ancestor,
  type Captures,
  contains,
  field,
  items,
  rangeOf,
  type SyntaxFile,
  type SyntaxRules,
} from '../syntaxFile';
import type { SharedChange, Use } from '../use';
import { addedImport, importedName, removedImport } from './goImports';

/** What differs between the two generations of the SDK. */
interface GoSdk {
  readonly sdk: Extract<SdkId, `go-${string}`>;
  readonly packages: readonly string[];
  /** The package that names the invocation type's value. */
  readonly support: string;
  readonly event: (support: string, lambda: string) => string;
}

const generations: readonly GoSdk[] = [
  {
    sdk: 'go-v1',
    packages: [
      'github.com/aws/aws-sdk-go/service/lambda',
      'github.com/aws/aws-sdk-go/service/lambda/lambdaiface',
    ],
    support: 'github.com/aws/aws-sdk-go/aws',
    event: (aws, lambda) => `${aws}.String(${lambda}.InvocationTypeEvent)`,
  },
  {
    sdk: 'go-v2',
    packages: ['github.com/aws/aws-sdk-go-v2/service/lambda'],
    support: 'github.com/aws/aws-sdk-go-v2/service/lambda/types',
    event: (types) => `${types}.InvocationTypeEvent`,
  },
];

const methods: Readonly<Record<string, string>> = {
  InvokeAsync: 'Invoke',
  InvokeAsyncWithContext: 'InvokeWithContext',
  InvokeAsyncRequest: 'InvokeRequest',
};

export const go: SyntaxRules = {
  worthParsing: /"github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/lambda/,
  query: `
    (call_expression
      function: (selector_expression operand: (_) @receiver field: (field_identifier) @method)
      arguments: (argument_list) @arguments
      (#any-of? @method "InvokeAsync" "InvokeAsyncWithContext" "InvokeAsyncRequest")) @call

    (composite_literal
      type: (qualified_type name: (type_identifier) @type)
      (#eq? @type "InvokeAsyncInput")) @literal
  `,
  uses: findUses,
};

interface Call {
  readonly method: Node;
  readonly expression: Node;
  /** What is passed as the input. */
  readonly argument: Node | undefined;
  readonly literal: Node | undefined;
}

function findUses(file: SyntaxFile, candidates: readonly Captures[]): Use[] {
  const generation = generations.find(({ packages }) =>
    packages.some((path) => importedName(file, path)),
  );
  if (!generation) return [];
  const calls = candidates.flatMap((captures) => callOf(file, captures, generation) ?? []);
  const used = new Set(calls.map(({ literal }) => literal?.id));
  const lost = candidates.flatMap(({ literal, type }) =>
    literal && type && !used.has(literal.id) ? type : [],
  );
  return [
    ...calls.map((call) => useOf(file, call, calls, generation)),
    ...lost.map((type) => ({
      sdk: generation.sdk,
      range: rangeOf(type),
      migration: { byHand: byHand.passedOn },
    })),
  ];
}

/** A call whose input is the SDK's type or whose receiver is the SDK's client. */
function callOf(file: SyntaxFile, captures: Captures, { packages }: GoSdk): Call | undefined {
  const { receiver, method, call, arguments: args } = captures;
  if (!receiver || !method || !call) return undefined;
  const argument = items(args).find((node) =>
    sourceOf(file, node)?.text.includes('InvokeAsyncInput'),
  );
  const names = packages.flatMap((path) => importedName(file, path) ?? []);
  const client = new RegExp(
    String.raw`\b(?:${names.join('|')})\.(?:New|NewFromConfig|LambdaAPI|Lambda|Client)\b`,
  );
  if (!argument && !client.test(sourceOf(file, receiver)?.text ?? '')) return undefined;
  return {
    method,
    expression: call,
    argument,
    literal: argument && literalOf(sourceOf(file, argument)),
  };
}

/** The declaration behind a name: in the function around it, a struct's field, or the file's. */
function sourceOf(file: SyntaxFile, node: Node): Node | undefined {
  const name = node.type === 'selector_expression' ? field(node, 'field') : node;
  if (!name || !/identifier/.test(name.type)) return node;
  const scope = rangeOf(
    ancestor(name, ['function_declaration', 'method_declaration']) ?? file.root,
  );
  const declared = file.occurrences(name.text).flatMap((other) => declarationOf(other) ?? []);
  return declared.find((other) => contains(scope, rangeOf(other))) ?? declared[0];
}

function declarationOf(name: Node): Node | undefined {
  const holder = name.parent?.type === 'expression_list' ? name.parent.parent : name.parent;
  if (
    !holder ||
    !/^(?:short_var_declaration|var_spec|parameter_declaration|field_declaration)$/.test(
      holder.type,
    )
  )
    return undefined;
  return contains(rangeOf(field(holder, 'left') ?? holder), rangeOf(name)) ? holder : undefined;
}

/** The literal `&lambda.InvokeAsyncInput{…}` that an expression is, or that a variable starts as. */
function literalOf(source: Node | undefined): Node | undefined {
  const value = field(source, 'right') ?? field(source, 'value') ?? source;
  const single = value?.type === 'expression_list' ? items(value)[0] : value;
  const literal = single?.type === 'unary_expression' ? field(single, 'operand') : single;
  return literal?.type === 'composite_literal' ? literal : undefined;
}

function useOf(file: SyntaxFile, call: Call, calls: readonly Call[], generation: GoSdk): Use {
  const { literal } = call;
  const lambda = field(field(literal, 'type'), 'package')?.text;
  const support =
    importedName(file, generation.support) ?? generation.support.split('/').at(-1) ?? '';
  const edits =
    literal && lambda !== undefined
      ? migrationOf(
          file,
          literal,
          calls.filter((other) => other.literal?.id === literal.id),
          generation.event(support, lambda),
        )
      : byHand.opaqueInput;
  const use = { sdk: generation.sdk, range: rangeOf(call.method) };
  if (isPinned(file.text)) return { ...use, migration: { byHand: byHand.pinned } };
  if (typeof edits === 'string') return { ...use, migration: { byHand: edits } };
  return { ...use, migration: { edits, shared: importChanges(file, edits, generation) } };
}

/** `bytes` and `strings` go with their last use, or the file does not compile; the new package comes. */
function importChanges(
  file: SyntaxFile,
  edits: readonly TextEdit[],
  { support }: GoSdk,
): SharedChange[] {
  const added = addedImport(file, support);
  return [
    ...['bytes', 'strings'].flatMap((path) => removedImport(file, path, edits) ?? []),
    ...(added ? [always(added)] : []),
  ];
}

function migrationOf(
  file: SyntaxFile,
  literal: Node,
  calls: readonly Call[],
  event: string,
): TextEdit[] | string {
  const type = field(field(literal, 'type'), 'name');
  const entries = items(field(literal, 'body')).map(entryOf);
  const args = entries.find(({ key }) => key === 'InvokeArgs');
  const payload = args ? payloadEdits(args.value) : [];
  const later = laterEdits(file, literal, calls);
  if (!type || typeof payload === 'string') return opaquePayload;
  if (typeof later === 'string') return later;
  const words = {
    invokeArgs: 'InvokeArgs',
    payload: 'Payload',
    invocationType: 'InvocationType',
    event,
    entry: `InvocationType: ${event}`,
  };
  const edits = migrateEntries(file.text, entries, words, later);
  if (typeof edits === 'string') return edits;
  return [
    replace(rangeOf(type), 'InvokeInput'),
    ...calls.map(({ method }) => replace(rangeOf(method), methods[method.text] ?? 'Invoke')),
    ...edits,
    ...align(file.text, entries),
    ...payload,
    ...calls.flatMap(({ expression }) => followResult(file, expression)),
  ];
}

const opaquePayload =
  'Payload takes []byte, and what the reader of InvokeArgs reads is not in sight';

interface GoEntry extends Entry {
  readonly value: Node;
}

function entryOf(node: Node): GoEntry {
  const key = field(node, 'key') ?? node;
  const value = field(node, 'value') ?? node;
  return {
    key: key.text,
    keyRange: rangeOf(key),
    range: rangeOf(node),
    valueRange: rangeOf(value),
    value,
  };
}

const newKey = (key: string) => (key === 'InvokeArgs' ? 'Payload' : key);

/** gofmt lines values up where each entry has one line of its own. */
function align(text: string, entries: readonly GoEntry[]): TextEdit[] {
  const rows = entries.map(({ value }) => value.endPosition.row);
  const isColumn = entries.every(
    ({ value }, at) =>
      value.startPosition.row === (rows[0] ?? 0) + at && rows[at] === (rows[0] ?? 0) + at,
  );
  const isAlone = !/[^\s]/.test(
    text.slice(text.lastIndexOf('\n', entries[0]?.range.start), entries[0]?.range.start),
  );
  if (!isColumn || !isAlone) return [];
  const width = Math.max(...entries.map(({ key }) => newKey(key).length), 'InvocationType'.length);
  return entries
    .map(({ key, keyRange, valueRange }) =>
      replace(
        { start: keyRange.end + 1, end: valueRange.start },
        ' '.repeat(width + 1 - newKey(key).length),
      ),
    )
    .filter(({ range, newText }) => newText !== text.slice(range.start, range.end));
}

/** `bytes.NewReader(x)` → `x`, `strings.NewReader(s)` → `[]byte(s)`; every other reader is opaque. */
function payloadEdits(value: Node): TextEdit[] | string {
  const call =
    value.type === 'literal_element' || value.type === 'expression_list' ? items(value)[0] : value;
  const [argument] = items(field(call, 'arguments'));
  const reader = field(call, 'function')?.text;
  if (!call || !argument) return opaquePayload;
  const before = { start: call.startIndex, end: argument.startIndex };
  const isConversion =
    argument.type === 'type_conversion_expression' || argument.text.startsWith('[]byte(');
  if (reader === 'bytes.NewReader') {
    return [remove(before), remove({ start: argument.endIndex, end: call.endIndex })];
  }
  return reader === 'strings.NewReader' && !isConversion
    ? [replace(before, '[]byte(')]
    : opaquePayload;
}

/** What the function does to the input after its literal, or why it cannot be followed. */
function laterEdits(file: SyntaxFile, literal: Node, calls: readonly Call[]): TextEdit[] | string {
  const declaration = ancestor(literal, ['short_var_declaration', 'var_spec', 'argument_list']);
  const name =
    items(field(declaration, 'left') ?? field(declaration, 'name'))[0] ??
    field(declaration, 'name');
  if (!declaration || declaration.type === 'argument_list' || !name) return [];
  const scope = rangeOf(
    ancestor(name, ['function_declaration', 'method_declaration']) ?? file.root,
  );
  const edits: TextEdit[] = [];
  for (const node of file.occurrences(name.text)) {
    if (node.id === name.id || !contains(scope, rangeOf(node)) || node.type === 'field_identifier')
      continue;
    if (calls.some(({ argument }) => argument && contains(rangeOf(argument), rangeOf(node))))
      continue;
    const member = field(node.parent ?? undefined, 'field');
    const set = member && setPayload(member);
    if (member === undefined || typeof set === 'string')
      return member ? opaquePayload : byHand.sharedInput(node.text);
    edits.push(...(set ?? []));
  }
  return edits;
}

/** `input.InvokeArgs = reader` and `input.SetInvokeArgs(reader)`. */
function setPayload(member: Node): TextEdit[] | string | undefined {
  const holder = member.parent?.parent;
  const isSetter = member.text === 'SetInvokeArgs';
  if (!holder || !(isSetter || member.text === 'InvokeArgs')) return undefined;
  const value = isSetter
    ? items(field(holder, 'arguments'))[0]
    : field(holder.parent ?? undefined, 'right');
  const payload = value ? payloadEdits(value) : opaquePayload;
  if (typeof payload === 'string') return payload;
  return [replace(rangeOf(member), isSetter ? 'SetPayload' : 'Payload'), ...payload];
}

/** `out.Status` of the variable that takes the answer. */
function followResult(file: SyntaxFile, call: Node): TextEdit[] {
  const declaration = ancestor(call, [
    'short_var_declaration',
    'assignment_statement',
    'block',
    'argument_list',
  ]);
  const names = items(field(declaration, 'left'));
  const name =
    field(field(call, 'function'), 'field')?.text === 'InvokeAsyncRequest' ? names[1] : names[0];
  const scope = ancestor(call, ['function_declaration', 'method_declaration', 'func_literal']);
  if (!name || !scope) return [];
  return file
    .occurrences(name.text)
    .filter((node) => node.startIndex > call.endIndex && contains(rangeOf(scope), rangeOf(node)))
    .flatMap((node) => field(node.parent ?? undefined, 'field') ?? [])
    .filter(({ text }) => text === 'Status')
    .map((status) => replace(rangeOf(status), 'StatusCode'));
}
