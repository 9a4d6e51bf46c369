import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { because, manual } from '../manualReasons';
import { insertItemBefore, replace } from '../../core/edits';
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
import { typedUses, type TypedSdk } from '../typedRequest';
import { csharpResponse, nameOfCall, unitTypes } from './csharpResponse';
import { isDeclared, typeOf, usingsOf } from './csharpTypes';

/** `InvokeAsync(InvokeRequest)` is the Task form of Invoke and no use: the request's type decides. */
export const csharp: SyntaxRules = {
  worthParsing: /\bInvokeAsyncRequest\b|\bInvokeAsyncAsync\b|\bI?AmazonLambda(?:Client)?\b/,
  query: `
    (invocation_expression
      function: [
        (member_access_expression expression: (_) @receiver name: (identifier) @method)
        (conditional_access_expression
          condition: (_) @receiver (member_binding_expression name: (identifier) @method))
        (identifier) @method]
      arguments: (argument_list) @arguments
      (#any-of? @method "InvokeAsync" "InvokeAsyncAsync" "BeginInvokeAsync" "EndInvokeAsync")) @call

    (member_access_expression expression: (_) @receiver name: (identifier) @reference
      (#eq? @reference "InvokeAsyncAsync")) @member
  `,
  uses: (file, candidates) => [
    ...typedUses(
      file,
      candidates.filter(({ member }) => !member || !isCalled(member)),
      dotnet,
    ),
    ...candidates.flatMap((captures) => (isTwoStrings(file, captures) ? twoStrings(captures) : [])),
  ],
};

const isCalled = (member: Node) => field(member.parent ?? undefined, 'function')?.id === member.id;

/** The overload of .NET Framework that takes the function's name and the payload. */
function isTwoStrings(file: SyntaxFile, { method, receiver, arguments: args }: Captures): boolean {
  const values = items(args).map((argument) => items(argument)[0]);
  const isString = (value: Node | undefined) =>
    /string_(?:literal|expression)$/.test(value?.type ?? '') || typeOf(file, value) === 'string';
  return (
    method?.text === 'InvokeAsync' &&
    values.length === 2 &&
    values.every(isString) &&
    dotnet.clients.test(typeOf(file, receiver))
  );
}

const twoStrings = ({ method }: Captures): Use[] =>
  method
    ? [
        {
          sdk: 'dotnet',
          range: rangeOf(method),
          migration: because(
            l10n.t(
              'Invoke has no overload that takes the name and the payload; pass an InvokeRequest',
            ),
          ),
        },
      ]
    : [];

const model = 'Amazon.Lambda.Model';
const calls = /^InvokeAsync(?:Async)?$/;

const dotnet: TypedSdk = {
  sdk: 'dotnet',
  types: { InvokeAsyncRequest: 'InvokeRequest', InvokeAsyncResponse: 'InvokeResponse' },
  // On .NET Framework `InvokeAsync(InvokeAsyncRequest)` blocks, as `Invoke` does.
  methods: {
    InvokeAsync: 'Invoke',
    InvokeAsyncAsync: 'InvokeAsync',
    BeginInvokeAsync: undefined,
    EndInvokeAsync: undefined,
  },
  isOwnMethod: (method, client) => client !== '' && method !== 'InvokeAsync',
  clients: /^(?:Amazon\.Lambda\.)?I?AmazonLambda(?:Client)?$/,
  typeOf,
  isSdkType,
  spell: (file, type) => ({ name: nameOf(file, type), shared: [] }),
  unitOf: (file, node) => ancestor(node, unitTypes) ?? file.root,
  bodyOf: (unit) =>
    field(unit, 'body') ??
    (unit.parent === null || /field|property/.test(unit.type) ? unit : undefined),
  requestIn: (args) => items(items(args)[0])[0],
  creationOf,
  callOf: (method) => ancestor(method, ['invocation_expression']) ?? method,
  variableOf: ({ parent }) =>
    parent?.type === 'variable_declarator' ? field(parent, 'name') : undefined,
  isSetOrSent: ({ parent, id }) => {
    if (parent?.type === 'member_access_expression') return field(parent, 'expression')?.id === id;
    const call = parent?.type === 'argument' ? parent.parent?.parent : undefined;
    return calls.test(nameOfCall(call ?? undefined));
  },
  payloadEdits: (file, unit, event) =>
    file.occurrencesIn(rangeOf(unit), 'InvokeArgsStream').length > 0
      ? [manual.stream()]
      : file
          .occurrencesIn(rangeOf(unit), 'InvokeArgs')
          .map((payload) => payloadEdits(file, payload, event)),
  response: csharpResponse,
};

/** In full, by an alias, or with the namespace in use and no type of that name in the file. */
function isSdkType(file: SyntaxFile, mention: Node): boolean {
  const { parent, text } = mention;
  if (parent?.type === 'using_directive') return false;
  const usings = usingsOf(file);
  if (parent?.type === 'qualified_name' && field(parent, 'name')?.id === mention.id) {
    const [first = '', ...rest] = parent.text.replace(/^global::/, '').split('.');
    const start = usings.find(({ alias }) => alias === first)?.path ?? first;
    return `${model}.${text}`.endsWith([start, ...rest].join('.'));
  }
  const isUsed = usings.some(({ path }) => path === model || path === `${model}.${text}`);
  return !isDeclared(file, text) && (isUsed || /\bI?AmazonLambda(?:Client)?\b/.test(file.text));
}

/** What the SDK calls its invocation types; other members are of another enum. */
const members = /^(?:Event|RequestResponse|DryRun|FindValue)$/;

/** A type's name where nothing in the file has it already, else in full. */
function nameOf(file: SyntaxFile, type: string): string {
  const space = type === 'InvocationType' ? 'Amazon.Lambda' : model;
  const isForeign = file
    .occurrences(type)
    .some(
      ({ parent, id }) =>
        parent?.type === 'member_access_expression' &&
        field(parent, 'expression')?.id === id &&
        !members.test(field(parent, 'name')?.text ?? ''),
    );
  const isFree =
    !isDeclared(file, type) && !isForeign && usingsOf(file).every(({ alias }) => alias !== type);
  const isThere = usingsOf(file).some(({ path, alias }) => path === space && alias === undefined);
  return isFree && (isThere || type !== 'InvocationType') ? type : `${space}.${type}`;
}

/** `new InvokeAsyncRequest …`, and `new() …` where the declaration names the type. */
function creationOf(mention: Node): Node | undefined {
  const type = mention.parent?.type === 'qualified_name' ? mention.parent : mention;
  const holder = type.parent ?? undefined;
  if (field(holder, 'type')?.id !== type.id) return undefined;
  if (holder?.type === 'object_creation_expression') return holder;
  if (holder?.type !== 'variable_declaration') return undefined;
  const declarator = items(holder).find((child) => child.type === 'variable_declarator');
  return items(declarator).find((child) => child.type === 'implicit_object_creation_expression');
}

/** `InvokeArgs = x` in an initializer, `request.InvokeArgs = x;` as a statement. */
function payloadEdits(file: SyntaxFile, payload: Node, event: string): TextEdit[] | ManualReason {
  const member = payload.parent?.type === 'member_access_expression' ? payload.parent : payload;
  if (field(member.parent ?? undefined, 'left')?.id !== member.id) return manual.opaqueInput();
  const object = file.text.slice(member.startIndex, payload.startIndex);
  const separator = object === '' ? ',' : ';';
  return [
    insertItemBefore(file.text, member.startIndex, `${object}InvocationType = ${event}`, [
      separator,
      separator,
    ]),
    replace(rangeOf(payload), 'Payload'),
  ];
}
