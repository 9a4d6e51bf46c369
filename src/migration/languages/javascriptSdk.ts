import type { Node } from 'web-tree-sitter';
import type { SdkId } from '../rules';
import { ancestor, field, items, type SyntaxFile } from '../syntaxFile';
import { bindingOf, type Origin, originOf, unwrap, valueOf } from './javascriptOrigin';

type JavascriptSdk = Extract<SdkId, `javascript-${string}`>;

/** The deprecated exports and what they become. */
const renamed: Record<JavascriptSdk, Readonly<Record<string, string>>> = {
  'javascript-v3': {
    InvokeAsyncCommand: 'InvokeCommand',
    InvokeAsyncCommandInput: 'InvokeCommandInput',
    InvokeAsyncCommandOutput: 'InvokeCommandOutput',
    InvokeAsyncRequest: 'InvocationRequest',
    InvokeAsyncResponse: 'InvocationResponse',
  },
  'javascript-v2': {
    InvokeAsyncRequest: 'InvocationRequest',
    InvokeAsyncResponse: 'InvocationResponse',
  },
};

/** A place that names a deprecated export of an SDK. */
export interface DeprecatedName {
  readonly node: Node;
  readonly sdk: JavascriptSdk;
  readonly newName: string;
}

/** Every deprecated export that the file names, under its own name or an alias, imports included. */
export function deprecatedNames(file: SyntaxFile): DeprecatedName[] {
  const names = new Set(Object.values(renamed).flatMap((table) => Object.keys(table)));
  return [...names].flatMap((name) => {
    const nodes = file.occurrences(name);
    const aliases = nodes.flatMap((node) => aliasOf(node) ?? []);
    return [...nodes, ...aliases.flatMap(({ text }) => file.occurrences(text))].flatMap((node) => {
      const origin = originOf(file, aliasOf(node) ?? qualified(node));
      const sdk = origin && sdkOfModule(origin.module);
      const newName = sdk && origin.name === name ? renamed[sdk][name] : undefined;
      return sdk === undefined || newName === undefined ? [] : { node, sdk, newName };
    });
  });
}

/** The local name that an import or a `require` pattern gives to an export. */
function aliasOf({ parent }: Node): Node | undefined {
  if (parent?.type === 'import_specifier') return field(parent, 'alias');
  return parent?.type === 'pair_pattern' ? field(parent, 'value') : undefined;
}

/** `lambda.InvokeAsyncCommand` for its last part. */
function qualified(node: Node): Node {
  const { parent } = node;
  const isLast =
    (field(parent ?? undefined, 'property') ?? field(parent ?? undefined, 'name'))?.id === node.id;
  return isLast && /member_expression|nested_/.test(parent?.type ?? '') && parent ? parent : node;
}

export function sdkOfModule(module: string): JavascriptSdk | undefined {
  if (module === '@aws-sdk/client-lambda') return 'javascript-v3';
  return /^aws-sdk(\/|$)/.test(module) ? 'javascript-v2' : undefined;
}

/** Whose client an expression is: an SDK's Lambda client, something else for certain, or not known (undefined). */
export function clientOf(
  file: SyntaxFile,
  expression: Node,
  depth = 0,
): JavascriptSdk | 'other' | undefined {
  const node = unwrap(expression);
  if (depth > 8) return undefined;
  switch (node.type) {
    case 'identifier':
      return clientOfVariable(file, node, depth);
    case 'member_expression':
      return clientOfProperty(file, node, depth);
    case 'new_expression':
      return lambdaClass(file, field(node, 'constructor'));
    case 'call_expression':
      // `captureAWSClient(new AWS.Lambda())` and the like return the client that they are given.
      return items(field(node, 'arguments'))
        .map((argument) => clientOf(file, argument, depth + 1))
        .find((client) => client !== undefined && client !== 'other');
    case 'binary_expression':
    case 'ternary_expression':
    case 'assignment_expression':
      return items(node)
        .map((part) => clientOf(file, part, depth + 1))
        .find((client) => client !== undefined);
    default:
      return undefined;
  }
}

function clientOfVariable(
  file: SyntaxFile,
  name: Node,
  depth: number,
): JavascriptSdk | 'other' | undefined {
  const binding = bindingOf(file, name);
  if (!binding) return undefined;
  const module = originOf(file, name)?.module;
  if (module !== undefined)
    return module.startsWith('.') || sdkOfModule(module) ? undefined : 'other';
  const typed = clientOfType(file, field(binding.declaration, 'type'));
  if (typed) return typed;
  const value = valueOf(binding);
  if (value) return clientOf(file, value, depth + 1);
  return clientOfAssignments(file, file.occurrences(name.text), depth);
}

/** `this.lambda`, `clients.lambda`: from assignments, class fields, parameter properties and object literals. */
function clientOfProperty(
  file: SyntaxFile,
  member: Node,
  depth: number,
): JavascriptSdk | 'other' | undefined {
  const name = field(member, 'property');
  if (!name) return undefined;
  const nodes = file.occurrences(name.text);
  for (const { parent } of nodes) {
    const declared =
      clientOfType(file, field(parent ?? undefined, 'type')) ??
      (parent && /field_definition|pair|_parameter/.test(parent.type)
        ? clientOfValue(file, parent, depth)
        : undefined);
    if (declared) return declared;
  }
  return clientOfAssignments(file, nodes, depth);
}

function clientOfValue(file: SyntaxFile, declaration: Node, depth: number) {
  const value = field(declaration, 'value');
  return value && clientOf(file, value, depth + 1);
}

/** `name = …` and `this.name = …` anywhere in the file. */
function clientOfAssignments(file: SyntaxFile, nodes: readonly Node[], depth: number) {
  return nodes
    .map((node) => {
      const assignment = ancestor(node, ['assignment_expression', 'expression_statement']);
      const isLeft = (field(assignment, 'left')?.endIndex ?? -1) === node.endIndex;
      const right = isLeft ? field(assignment, 'right') : undefined;
      return right && clientOf(file, right, depth + 1);
    })
    .find((client) => client !== undefined);
}

function clientOfType(file: SyntaxFile, annotation: Node | undefined) {
  const type = items(annotation)[0];
  const client = type && lambdaClass(file, type);
  return client === 'other' ? undefined : client;
}

function lambdaClass(
  file: SyntaxFile,
  node: Node | undefined,
): JavascriptSdk | 'other' | undefined {
  const origin = node && originOf(file, node);
  if (!origin) return undefined;
  return isLambda(origin) ? sdkOfModule(origin.module) : 'other';
}

function isLambda({ module, name }: Origin): boolean {
  if (module === 'aws-sdk/clients/lambda') return ['', 'default', 'Lambda'].includes(name);
  return name === 'Lambda' && sdkOfModule(module) !== undefined;
}
