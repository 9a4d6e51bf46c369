import type { Node } from 'web-tree-sitter';
import { oncePerFile } from '../once';
import type { SdkId } from '../rules';
import { field, type SyntaxFile } from '../syntaxFile';
import { originOf } from './javascriptOrigin';

export type JavascriptSdk = Extract<SdkId, `javascript-${string}`>;

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
  /** The export that it names, and the one that takes its place. */
  readonly name: string;
  readonly newName: string;
}

/** Every deprecated export that the file names, under its own name or an alias, imports included. */
export const deprecatedNames = oncePerFile((file: SyntaxFile): DeprecatedName[] => {
  const names = new Set(Object.values(renamed).flatMap((table) => Object.keys(table)));
  return [...names].flatMap((name) => {
    const nodes = file.occurrences(name);
    const aliases = new Set(nodes.flatMap((node) => aliasOf(node)?.text ?? []));
    aliases.delete(name);
    const all = [...nodes, ...[...aliases].flatMap((alias) => file.occurrences(alias))];
    return all.flatMap((node) => {
      const origin = originOf(file, aliasOf(node) ?? qualified(node));
      const sdk = origin && sdkOfModule(origin.module);
      const newName = sdk && origin.name === name ? renamed[sdk][name] : undefined;
      return sdk === undefined || newName === undefined ? [] : { node, sdk, name, newName };
    });
  });
});

/** The local name that an import, a pattern or a variable gives to an export that is named here. */
function aliasOf(node: Node): Node | undefined {
  const { parent } = node;
  if (parent?.type === 'import_specifier') return field(parent, 'alias');
  if (parent?.type === 'pair_pattern') return field(parent, 'value');
  const declarator = parent?.type === 'member_expression' ? parent.parent : undefined;
  const isValue = field(declarator ?? undefined, 'value')?.id === parent?.id;
  return declarator?.type === 'variable_declarator' && isValue
    ? field(declarator, 'name')
    : undefined;
}

/** `lambda.InvokeAsyncCommand` for its last part. */
function qualified(node: Node): Node {
  const { parent } = node;
  return parent && isQualified(node) ? parent : node;
}

/** Whether a name is the last part of `lambda.InvokeAsyncCommand`, which needs no import of its own. */
export function isQualified({ parent, id }: Node): boolean {
  if (!parent || !/member_expression|nested_/.test(parent.type)) return false;
  return (field(parent, 'property') ?? field(parent, 'name'))?.id === id;
}

export function sdkOfModule(module: string): JavascriptSdk | undefined {
  if (module === '@aws-sdk/client-lambda') return 'javascript-v3';
  return /^aws-sdk(\/|$)/.test(module) ? 'javascript-v2' : undefined;
}
