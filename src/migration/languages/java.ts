import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { insert, insertItemBefore, replace } from '../../core/edits';
import { localsOf } from '../locals';
import { ancestor, field, items, rangeOf, type SyntaxFile, type SyntaxRules } from '../syntaxFile';
import { typedUses, type TypedSdk } from '../typedRequest';
import { isSdkName, javaV1Types, model, spelling } from './javaImports';
import { javaResponse } from './javaResponse';
import { resultOf, typeOf } from './javaTypes';
import type { ManualReason } from '../use';
import { because } from '../manualReasons';

const setters: Readonly<Record<string, string>> = {
  withInvokeArgs: 'withPayload',
  setInvokeArgs: 'setPayload',
};

/** `invokeAsync(InvokeRequest)` is the future-returning form of Invoke and no use: the request's type decides. */
export const java: SyntaxRules = {
  worthParsing: /com\.amazonaws\.services\.lambda/,
  query: `
    (method_invocation
      object: (_)? @receiver
      name: (identifier) @method
      arguments: (argument_list) @arguments
      (#any-of? @method "invokeAsync" "invokeAsyncAsync")) @call

    (method_reference . (_) @receiver (identifier) @reference .
      (#any-of? @reference "invokeAsync" "invokeAsyncAsync"))
  `,
  uses: (file, candidates) => typedUses(file, candidates, javaV1),
};

const unitTypes = [
  'method_declaration',
  'constructor_declaration',
  'field_declaration',
  'static_initializer',
];

const javaV1: TypedSdk = {
  sdk: 'java-v1',
  types: javaV1Types,
  methods: { invokeAsync: 'invoke', invokeAsyncAsync: 'invokeAsync' },
  // Of the synchronous client `invokeAsync` is no form of Invoke.
  isOwnMethod: (method, client) =>
    method === 'invokeAsyncAsync'
      ? client !== ''
      : /^(?:[\w.]*\.)?AWSLambda(?:Client(?:Builder.*)?)?$/s.test(client),
  clients:
    /^(?:com\.amazonaws\.services\.lambda\.)?AWSLambda(?:Async)?(?:Client)?(?:Builder\b.*)?$/s,
  typeOf,
  isSdkType: (file, mention) =>
    mention.parent?.type === 'scoped_type_identifier'
      ? mention.parent.text === `${model}.${mention.text}`
      : isSdkName(file, mention.text) && !ancestor(mention, ['import_declaration']),
  spell: spelling,
  unitOf: (file, node) => outermost(node) ?? file.root,
  bodyOf: (unit) => {
    if (unit.type === 'field_declaration') return field(unit, 'declarator');
    return field(unit, 'body') ?? items(unit).find(({ type }) => type === 'block');
  },
  requestIn: (args) => items(args)[0],
  creationOf: ({ parent }) => {
    const type = parent?.type === 'scoped_type_identifier' ? parent.parent : parent;
    return type?.type === 'object_creation_expression' ? type : undefined;
  },
  callOf: (method) => method.parent ?? method,
  variableOf: (creation) => {
    const declarator = ancestor(creation, ['variable_declarator', 'argument_list', 'block']);
    return declarator?.type === 'variable_declarator' ? field(declarator, 'name') : undefined;
  },
  isSetOrSent,
  payloadEdits: (file, unit, event) =>
    Object.keys(setters)
      .flatMap((name) => file.occurrencesIn(rangeOf(unit), name))
      .map((setter) => payloadEdits(file, setter, event)),
  response: javaResponse,
};

/** The method or field around a node; a method of an anonymous class belongs to the one that makes the object. */
function outermost(node: Node): Node | undefined {
  const unit = ancestor(node, unitTypes);
  const isAnonymous = unit?.parent?.parent?.type === 'object_creation_expression';
  return unit && isAnonymous ? (outermost(unit) ?? unit) : unit;
}

/** `withInvokeArgs(x)` in a chain, `setInvokeArgs(x)` as a statement; only strings have a counterpart. */
function payloadEdits(file: SyntaxFile, setter: Node, event: string): TextEdit[] | ManualReason {
  const call = setter.parent ?? setter;
  const object = field(call, 'object');
  const [value] = items(field(call, 'arguments'));
  if (!object || !value || !isString(file, value)) {
    return because(l10n.t('withPayload takes a string, and InvokeArgs may be a stream here'));
  }
  const isStatement =
    setter.text === 'setInvokeArgs' && call.parent?.type === 'expression_statement';
  const separator = file.text.slice(object.endIndex, setter.startIndex);
  return [
    isStatement
      ? insertItemBefore(file.text, call.startIndex, `${object.text}.setInvocationType(${event})`, [
          ';',
          ';',
        ])
      : insert(object.endIndex, `${separator}withInvocationType(${event})`),
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
    case 'method_invocation': {
      const name = field(node, 'name')?.text ?? '';
      const own = field(node, 'object') ? '' : resultOf(file, name);
      return stringIf(own === '' ? stringMakers.test(name) : own === 'String');
    }
    case 'object_creation_expression':
      return stringIf(field(node, 'type')?.text === 'String');
    case 'identifier': {
      const { type, value } = localsOf(file).declarationOf(node) ?? {};
      if (type && type.text !== 'var') return stringIf(type.text === 'String');
      return value ? [value] : [];
    }
    default:
      return [];
  }
}

/** Nothing but its own setters are called, and it goes into the call. */
function isSetOrSent({ parent, id }: Node): boolean {
  if (parent?.type === 'method_invocation') return field(parent, 'object')?.id === id;
  const callee =
    parent?.type === 'argument_list' ? field(parent.parent ?? undefined, 'name')?.text : undefined;
  return /^invokeAsync(?:Async)?$/.test(callee ?? '');
}
