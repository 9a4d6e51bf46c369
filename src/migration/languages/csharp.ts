import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { byHand } from '../byHand';
import { insertItemBefore, replace } from '../../core/edits';
import {
  ancestor,
  contains,
  field,
  items,
  rangeOf,
  type SyntaxFile,
  type SyntaxRules,
} from '../syntaxFile';
import {
  declarationsBy,
  declarationsOf,
  isPassedOn,
  typedUses,
  type TypedSdk,
} from '../typedRequest';

/** The deprecated types and what they become. */
const types = {
  InvokeAsyncRequest: 'InvokeRequest',
  InvokeAsyncResponse: 'InvokeResponse',
} as const;

/**
 * `InvokeAsync(InvokeRequest)` is the Task form of Invoke and no use: the request's type decides.
 * A method is migrated as a whole, so that what it declares and what it calls keep matching.
 */
export const csharp: SyntaxRules = {
  worthParsing: /\bInvokeAsyncRequest\b|\bInvokeAsyncAsync\b/,
  query: `
    (invocation_expression
      function: (member_access_expression name: (identifier) @method)
      arguments: (argument_list) @arguments
      (#any-of? @method "InvokeAsync" "InvokeAsyncAsync")) @call
  `,
  uses: (file, candidates) =>
    /\bAmazon\.Lambda\b/.test(file.text) ? typedUses(file, candidates, dotnet) : [],
};

const unitTypes = [
  'method_declaration',
  'constructor_declaration',
  'local_function_statement',
  'field_declaration',
  'property_declaration',
];
const creations = ['object_creation_expression', 'implicit_object_creation_expression'];

const dotnet: TypedSdk = {
  sdk: 'dotnet',
  ownMethod: 'InvokeAsyncAsync',
  unitOf: (file, node) => ancestor(node, unitTypes) ?? file.root,
  declarations: declarationsBy(({ parent }) => {
    if (!declarations.has(parent?.type ?? '')) return undefined;
    return parent?.type === 'variable_declarator' ? parent.parent : parent;
  }),
  requestIn: (args) => items(items(args)[0])[0],
  isCreation: ({ parent }) => creations.includes(parent?.type ?? ''),
  unitEdits,
};

const declarations = new Set(['variable_declarator', 'parameter', 'property_declaration']);

/** Everything in one method that InvokeAsync touches. */
function unitEdits(file: SyntaxFile, unit: Node, calls: readonly Node[]): TextEdit[] | string {
  const within = (names: readonly string[]) =>
    names.flatMap((name) => file.occurrencesIn(rangeOf(unit), name));
  const named = within(Object.keys(types));
  const body = field(unit, 'body');
  const payloads = within(['InvokeArgs']);
  if (within(['InvokeArgsStream']).length > 0) return byHand.stream();
  if (body && named.some((node) => !contains(rangeOf(body), rangeOf(node))))
    return byHand.signature();
  if (
    payloads.length === 0 ||
    payloads.length !== requestsIn(unit).length ||
    isPassedOn(file, unit, requestVariables(unit), isSetOrSent)
  )
    return byHand.opaqueInput();
  return [
    ...named.map((node) => replace(rangeOf(node), types[node.text as keyof typeof types])),
    ...calls.map((call) => replace(rangeOf(call), newMethod(call))),
    ...payloads.flatMap((payload) => payloadEdits(file, payload)),
    ...within(['Status'])
      .filter((node) => isResult(file, node))
      .map((node) => replace(rangeOf(node), 'StatusCode')),
  ];
}

/** On .NET Framework `InvokeAsync(InvokeAsyncRequest)` blocks, as `Invoke` does. */
const newMethod = ({ text }: Node) => (text === 'InvokeAsyncAsync' ? 'InvokeAsync' : 'Invoke');

/** What makes a request: `new InvokeAsyncRequest …`, and `new() …` where the declaration names the type. */
function requestsIn(unit: Node): Node[] {
  return unit.descendantsOfType([...creations]).filter((creation) => {
    const type =
      field(creation, 'type') ?? field(ancestor(creation, ['variable_declaration']), 'type');
    return type !== undefined && /\bInvokeAsyncRequest$/.test(type.text);
  });
}

/** `InvokeArgs = x` in an initializer, `request.InvokeArgs = x;` as a statement. */
function payloadEdits(file: SyntaxFile, payload: Node): TextEdit[] {
  const member = payload.parent?.type === 'member_access_expression' ? payload.parent : payload;
  const object = file.text.slice(member.startIndex, payload.startIndex);
  const event = /using\s+Amazon\.Lambda\s*;/.test(file.text)
    ? 'InvocationType.Event'
    : 'Amazon.Lambda.InvocationType.Event';
  const separator = object === '' ? ',' : ';';
  return [
    insertItemBefore(file.text, member.startIndex, `${object}InvocationType = ${event}`, [
      separator,
      separator,
    ]),
    replace(rangeOf(payload), 'Payload'),
  ];
}

/** The variables that hold requests. */
function requestVariables(unit: Node): Node[] {
  return requestsIn(unit).flatMap(({ parent }) =>
    parent?.type === 'variable_declarator' ? (field(parent, 'name') ?? []) : [],
  );
}

/** Nothing but its own members are set, and it goes into the call. */
function isSetOrSent({ parent, id }: Node): boolean {
  if (parent?.type === 'member_access_expression') return field(parent, 'expression')?.id === id;
  const call = parent?.type === 'argument' ? parent.parent?.parent : undefined;
  return /^InvokeAsync(?:Async)?$/.test(
    field(field(call ?? undefined, 'function'), 'name')?.text ?? '',
  );
}

/** `response.Status`, `response?.Status`, and the same on the awaited call. */
function isResult(file: SyntaxFile, status: Node): boolean {
  const member = status.parent;
  const object = field(member ?? undefined, 'expression');
  if (member?.type === 'member_binding_expression') {
    const before = file.text.slice(Math.max(0, member.startIndex - 200), member.startIndex);
    const text = /(?<!\w)(\w+)\s*\?$/.exec(before)?.[1] ?? '';
    return file
      .occurrences(text)
      .some((node) => declarationsOf(file, node, dotnet).some(isResultDeclaration));
  }
  if (!object) return false;
  if (object.type !== 'identifier') return /\.InvokeAsync(?:Async)?\(/.test(object.text);
  return declarationsOf(file, object, dotnet).some(isResultDeclaration);
}

const isResultDeclaration = ({ text }: Node) =>
  /\bInvokeAsyncResponse\b|\.InvokeAsync(?:Async)?\(/.test(text);
