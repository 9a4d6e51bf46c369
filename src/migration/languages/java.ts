import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { byHand } from '../byHand';
import { insert, insertItemBefore, replace } from '../../core/edits';
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
import { javaImportChanges } from './javaImports';

/** The deprecated types and what they become. */
const types = { InvokeAsyncRequest: 'InvokeRequest', InvokeAsyncResult: 'InvokeResult' } as const;
const methods: Readonly<Record<string, string>> = {
  invokeAsync: 'invoke',
  invokeAsyncAsync: 'invokeAsync',
};
const setters: Readonly<Record<string, string>> = {
  withInvokeArgs: 'withPayload',
  setInvokeArgs: 'setPayload',
};

/**
 * `invokeAsync(InvokeRequest)` is the future-returning form of Invoke and no use: the request's type decides.
 * A method is migrated as a whole, so that what it declares and what it calls keep matching.
 */
export const java: SyntaxRules = {
  worthParsing: /com\.amazonaws\.services\.lambda/,
  query: `
    (method_invocation
      name: (identifier) @method
      arguments: (argument_list) @arguments
      (#any-of? @method "invokeAsync" "invokeAsyncAsync")) @call
  `,
  uses: (file, candidates) =>
    sdkImport.test(file.text) ? typedUses(file, candidates, javaV1) : [],
};

const sdkImport = /import\s+com\.amazonaws\.services\.lambda\.model\.(?:\*|InvokeAsync\w+)\s*;/;
const unitTypes = [
  'method_declaration',
  'constructor_declaration',
  'field_declaration',
  'static_initializer',
];

const javaV1: TypedSdk = {
  sdk: 'java-v1',
  ownMethod: 'invokeAsyncAsync',
  unitOf: (file, node) => outermost(node, unitTypes) ?? file.root,
  declarations: declarationsBy((name) => ancestor(name, declarations)),
  requestIn: (args) => items(args)[0],
  isCreation: (mention) => isLocal(mention) && isCreated(mention),
  unitEdits,
  sharedChanges: javaImportChanges,
};

/** Neither an import nor a part of a method's signature. */
const isLocal = (node: Node) => !ancestor(node, ['import_declaration']) && !isInSignature(node);
const isInSignature = (node: Node) => {
  const unit = ancestor(node, ['method_declaration', 'constructor_declaration']);
  return unit !== undefined && !contains(rangeOf(field(unit, 'body') ?? unit), rangeOf(node));
};
const isCreated = ({ parent }: Node) => parent?.type === 'object_creation_expression';
/** A method of an anonymous class belongs to the method that makes the object. */
function outermost(node: Node, kinds: readonly string[]): Node | undefined {
  const unit = ancestor(node, kinds);
  const isAnonymous = unit?.parent?.parent?.type === 'object_creation_expression';
  return unit && isAnonymous ? (outermost(unit, kinds) ?? unit) : unit;
}

const declarations = [
  'local_variable_declaration',
  'formal_parameter',
  'field_declaration',
  'resource',
  'lambda_expression',
];

/** Everything in one method that InvokeAsync touches. */
function unitEdits(file: SyntaxFile, unit: Node, calls: readonly Node[]): TextEdit[] | string {
  if (unit.id === file.root.id) return byHand.incomplete();
  const within = (names: readonly string[]) =>
    names.flatMap((name) => file.occurrencesIn(rangeOf(unit), name));
  const named = within(Object.keys(types));
  const requests = named.filter(isCreated);
  const payloads = within(Object.keys(setters)).map((setter) => payloadEdits(file, setter));
  const reason = payloads.find((payload) => typeof payload === 'string');
  if (
    named.some(
      (node) =>
        isInSignature(node) && javaV1.unitOf(file, node).id === ancestor(node, unitTypes)?.id,
    )
  )
    return byHand.signature();
  if (typeof reason === 'string') return reason;
  if (
    requests.length === 0 ||
    requests.length !== payloads.length ||
    isPassedOn(file, unit, requestVariables(unit), isSetOrSent)
  )
    return byHand.opaqueInput();
  return [
    ...named.map((node) => replace(rangeOf(node), types[node.text as keyof typeof types])),
    ...calls.map((call) => replace(rangeOf(call), methods[call.text] ?? call.text)),
    ...payloads.flatMap((payload) => (typeof payload === 'string' ? [] : payload)),
    ...within(['getStatus'])
      .filter((node) => isResult(file, node))
      .map((node) => replace(rangeOf(node), 'getStatusCode')),
  ];
}

/** `withInvokeArgs(x)` in a chain, `setInvokeArgs(x)` as a statement; only strings have a counterpart. */
function payloadEdits(file: SyntaxFile, setter: Node): TextEdit[] | string {
  const call = setter.parent ?? setter;
  const object = field(call, 'object');
  const [value] = items(field(call, 'arguments'));
  if (!object || !value || !isString(file, value)) {
    return l10n.t('withPayload takes a string, and InvokeArgs may be a stream here');
  }
  const event = '(InvocationType.Event)';
  const isStatement =
    setter.text === 'setInvokeArgs' && call.parent?.type === 'expression_statement';
  return [
    isStatement
      ? insertItemBefore(file.text, call.startIndex, `${object.text}.setInvocationType${event}`, [
          ';',
          ';',
        ])
      : insert(
          object.endIndex,
          `${file.text.slice(object.endIndex, setter.startIndex)}withInvocationType${event}`,
        ),
    replace(rangeOf(setter), setters[setter.text] ?? setter.text),
  ];
}

const stringMakers =
  /^(?:toString|writeValueAsString|toJson|toJSONString|asString|format|formatted|join|valueOf|concat|encodeToString|prettyPrint|dump|encode|stringify)$/;

/** Whether a part of an expression, or what a variable in it starts with, makes it a string. */
function isString(file: SyntaxFile, expression: Node): boolean {
  const seen = new Set<number>();
  const rest = [expression];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    const parts = partsOf(file, node);
    if (parts === 'string') return true;
    rest.push(...parts);
  }
  return false;
}

/** What decides whether an expression is a string: that it is one, or the parts that may be. */
function partsOf(file: SyntaxFile, node: Node): 'string' | readonly Node[] {
  const stringIf = (isOne: boolean) => (isOne ? 'string' : []);
  switch (node.type) {
    case 'string_literal':
      return 'string';
    case 'parenthesized_expression':
    case 'binary_expression':
      return items(node);
    case 'method_invocation':
      return stringIf(stringMakers.test(field(node, 'name')?.text ?? ''));
    case 'object_creation_expression':
      return stringIf(field(node, 'type')?.text === 'String');
    case 'identifier':
      return declarationsOf(file, node, javaV1);
    default:
      return partsOfDeclaration(node);
  }
}

function partsOfDeclaration(declaration: Node): 'string' | readonly Node[] {
  const type = declarations.includes(declaration.type) ? field(declaration, 'type')?.text : '';
  if (type === 'String') return 'string';
  return type === 'var' ? [field(field(declaration, 'declarator'), 'value') ?? []].flat() : [];
}

/** The variables that hold requests. */
function requestVariables(unit: Node): Node[] {
  return unit
    .descendantsOfType('local_variable_declaration')
    .filter((declaration) =>
      /^(?:final\s+)?(?:var|InvokeAsyncRequest)\b.*\bInvokeAsyncRequest\b/s.test(declaration.text),
    )
    .flatMap((declaration) => field(field(declaration, 'declarator'), 'name') ?? []);
}

/** Nothing but its own setters are called, and it goes into the call. */
function isSetOrSent({ parent, id }: Node): boolean {
  if (parent?.type === 'method_invocation') return field(parent, 'object')?.id === id;
  const callee =
    parent?.type === 'argument_list' ? field(parent.parent ?? undefined, 'name')?.text : undefined;
  return callee !== undefined && callee in methods;
}

/** `result.getStatus()`, `future.get().getStatus()`, and the same on the call itself. */
function isResult(file: SyntaxFile, getStatus: Node): boolean {
  let object = field(getStatus.parent ?? undefined, 'object');
  while (
    object?.type === 'method_invocation' &&
    /^(?:get|join)$/.test(field(object, 'name')?.text ?? '')
  ) {
    object = field(object, 'object');
  }
  if (object?.type === 'method_invocation') return (field(object, 'name')?.text ?? '') in methods;
  const declared = object ? declarationsOf(file, object, javaV1) : [];
  return declared.some(({ text }) => /\bInvokeAsyncResult\b|\.invokeAsync(?:Async)?\(/.test(text));
}
