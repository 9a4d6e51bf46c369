import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { byHand, isPinned } from '../byHand';
import { insert, removeItem, removeLines, replace } from '../../core/edits';
import { always } from '../rewrite';
import { oncePerFile } from '../once';
import {
  ancestor,
  type Captures,
  field,
  items,
  rangeOf,
  type SyntaxFile,
  type SyntaxRules,
} from '../syntaxFile';
import type { SharedChange, Use } from '../use';
import { errorReason, resultEdits } from './rustResult';
import { isVector, names, rustBindings, typeOf } from './rustTypes';
import { addedUse, bareUses, fullPath, importsOf, moduleOf, type RustImport } from './rustUses';

/** `client.invoke_async()` begins a builder; what follows in the chain tells it from other calls of that name. */
export const rust: SyntaxRules = {
  worthParsing: /\b(?:aws_sdk_lambda|rusoto_lambda|invoke_args)\b/,
  query: `
    (call_expression
      function: (field_expression value: (_) @receiver field: (field_identifier) @method)
      arguments: (arguments) @arguments
      (#eq? @method "invoke_async")) @call

    (scoped_identifier path: (_) @type name: (identifier) @method (#eq? @method "invoke_async"))

    (token_tree (identifier) @token (#eq? @token "invoke_async")) @tree

    (struct_expression name: (_) @struct (#match? @struct "InvokeAsyncRequest$"))
  `,
  uses: (file, candidates) => [
    ...candidates.flatMap((captures) => sdkUse(file, captures) ?? []),
    ...rusotoUses(file, candidates),
  ],
};

const client = /^aws_sdk_lambda::Client$/;

function sdkUse(file: SyntaxFile, captures: Captures): Use | undefined {
  const { receiver, method, call, type, token, tree } = captures;
  if (token && tree) return macroUse(token, tree);
  if (method && type) {
    const isOne = client.test(fullPath(file, type.text));
    return isOne ? handUse(method, byHand.passedOn()) : undefined;
  }
  if (!receiver || !method || !call || items(captures['arguments']).length > 0) return undefined;
  const chain = chainOf(call);
  const setter = chain.find(({ name }) => name.text === 'invoke_args');
  const isBuilder = chain.some(({ name }) => name.text === 'function_name') && namesCrate(file);
  if (!setter && !isBuilder && !names(file, makerOf(file, receiver), client)) return undefined;
  const edits = editsOf(file, method, chain, setter);
  if (typeof edits === 'string') return handUse(method, edits);
  return { sdk: 'rust', range: rangeOf(method), migration: edits };
}

const handUse = (name: Node, reason: string): Use => ({
  sdk: 'rust',
  range: rangeOf(name),
  migration: { byHand: reason },
});

/** The type of an expression; of what a constructor makes, the type that it is called on. */
const makerOf = (file: SyntaxFile, node: Node) =>
  typeOf(file, node).replace(/::(?:new|from_conf|from)$/, '');

/** Inside of a macro there are only tokens. */
function macroUse(token: Node, tree: Node): Use | undefined {
  const all = items(tree);
  const at = all.findIndex(({ id }) => id === token.id);
  const isChain =
    all[at + 1]?.text === '()' && all.slice(at).some(({ text }) => text === 'invoke_args');
  return isChain ? handUse(token, l10n.t('the call is an argument of a macro')) : undefined;
}

const opaque = () =>
  l10n.t('the input is not visible here; payload takes a Blob where invoke_args took a ByteStream');

interface Link {
  readonly call: Node;
  readonly object: Node;
  readonly name: Node;
}

const namesCrate = oncePerFile(({ text }: SyntaxFile) => text.includes('aws_sdk_lambda'));

/** The method calls that follow on a call. */
function chainOf(call: Node): Link[] {
  const links: Link[] = [];
  for (let object = call; ; ) {
    const access = object.parent;
    const next = access?.parent;
    const name = field(access ?? undefined, 'field');
    if (access?.type !== 'field_expression' || next?.type !== 'call_expression' || !name)
      return links;
    links.push({ call: next, object, name });
    object = next;
  }
}

interface Edits {
  readonly edits: readonly TextEdit[];
  readonly shared: readonly SharedChange[];
}

function editsOf(
  file: SyntaxFile,
  method: Node,
  chain: readonly Link[],
  setter: Link | undefined,
): Edits | string {
  const sent = chain.find(({ name }) => name.text === 'send')?.call;
  const maker = setter && streamMaker(file, setter.call);
  if (isPinned(file)) return byHand.pinned();
  if (!setter || !maker || !sent) return opaque();
  const layout = layoutOf(file, maker);
  if (!layout) return l10n.t('this file does not show which release of the SDK it uses');
  const result = errorReason(file, sent) ?? resultEdits(file, sent);
  if (typeof result === 'string') return result;
  const event = namedAs(file, layout.invocationType, method, maker.import?.declaration);
  const blob = blobNames(file, maker, layout.blob);
  const { object, name } = setter;
  const separator = file.text.slice(object.endIndex, name.startIndex);
  return {
    edits: [
      replace(rangeOf(method), 'invoke'),
      insert(object.endIndex, `${separator}invocation_type(${event.name}::Event)`),
      replace(rangeOf(name), 'payload'),
      replace(rangeOf(maker.path), `${blob.name}::new`),
      // Compilers of that time make no vector of an array's reference.
      ...(maker.isStatic && layout.isOld ? [insert(maker.argument.endIndex, '.to_vec()')] : []),
      ...result,
    ],
    shared: [...blob.shared, ...event.shared],
  };
}

/** `ByteStream::from(x)` of a vector or `from_static(x)`. */
interface StreamMaker {
  /** The callee, such as `primitives::ByteStream::from`. */
  readonly path: Node;
  /** What stands before the type's name. */
  readonly prefix: string;
  readonly type: string;
  readonly argument: Node;
  readonly isStatic: boolean;
  readonly import: RustImport | undefined;
}

/** What holds the bytes in memory; every other stream is opaque. */
function streamMaker(file: SyntaxFile, setter: Node): StreamMaker | undefined {
  const [value] = items(field(setter, 'arguments'));
  const path = field(value, 'function');
  const [, prefix = '', type = '', how] =
    /^((?:\w+::)*)(\w+)::(from|from_static)$/.exec(path?.text ?? '') ?? [];
  const [argument] = items(field(value, 'arguments'));
  const isStatic = how === 'from_static';
  if (!path || !argument || !(isStatic || isVector(file, argument))) return undefined;
  if (!fullPath(file, prefix + type).endsWith('ByteStream')) return undefined;
  const found = prefix === '' ? importsOf(file).find(({ name }) => name === type) : undefined;
  return { path, prefix, type, argument, isStatic, import: found };
}

/** Where a release of the crate keeps its types. */
interface Layout {
  readonly stream: RegExp;
  /** Modules that no release of this layout has. */
  readonly foreign: string;
  readonly invocationType: string;
  readonly blob: string;
  readonly isOld?: true;
}

const layouts: readonly Layout[] = [
  {
    stream: /^(?:aws_sdk_\w+::primitives|aws_smithy_types::byte_stream)::ByteStream$/,
    foreign: 'model',
    invocationType: 'aws_sdk_lambda::types::InvocationType',
    blob: 'aws_sdk_lambda::primitives::Blob',
  },
  {
    // Up to 0.24.
    stream: /^aws_sdk_\w+::types::ByteStream$/,
    foreign: 'primitives',
    invocationType: 'aws_sdk_lambda::model::InvocationType',
    blob: 'aws_sdk_lambda::types::Blob',
    isOld: true,
  },
  {
    // The first releases.
    stream: /^aws_sdk_\w+::ByteStream$/,
    foreign: 'primitives',
    invocationType: 'aws_sdk_lambda::model::InvocationType',
    blob: 'aws_sdk_lambda::Blob',
    isOld: true,
  },
];

/** The layout that the file's own paths show; undefined where they show none, or two. */
function layoutOf(file: SyntaxFile, { prefix, type }: StreamMaker): Layout | undefined {
  const stream = fullPath(file, prefix + type);
  const layout = layouts.find((one) => one.stream.test(stream));
  const isMixed = layout && new RegExp(`\\baws_sdk_lambda::(?:\\{[^;]*\\b)?${layout.foreign}\\b`);
  return namesCrate(file) && !isMixed?.test(file.text) ? layout : undefined;
}

interface Named {
  readonly name: string;
  readonly shared: readonly SharedChange[];
}

/** How a type of the SDK can be called at a place: by its name where that is imported or free, else in full. */
function namedAs(file: SyntaxFile, path: string, place: Node, beside: Node | undefined): Named {
  const name = path.split('::').at(-1) ?? '';
  const module = moduleOf(file, place);
  const isNear = ({ declaration }: RustImport) => moduleOf(file, declaration).id === module.id;
  const imported = importsOf(file).find((one) => one.path === path && isNear(one));
  if (imported) return { name: imported.name, shared: [] };
  const isTaken =
    bareUses(file, name).length > 0 || importsOf(file).some((one) => one.name === name);
  const isGlobbed = importsOf(file).some(
    (one) => one.name === '*' && isNear(one) && path === `${one.path}::${name}`,
  );
  if (isGlobbed && !isTaken) return { name, shared: [] };
  const crate = importsOf(file).find(
    (one) => one.path.startsWith('aws_sdk_lambda') && isNear(one) && isTop(one),
  );
  const anchor = crate?.declaration ?? beside;
  if (isTaken || module.id !== file.root.id || !anchor) return { name: path, shared: [] };
  return { name, shared: [always(addedUse(file, path, anchor))] };
}

const isTop = ({ declaration }: RustImport) => declaration.parent?.type === 'source_file';

/** Blob stands where ByteStream stood; the import of ByteStream gives way with its last use. */
function blobNames(file: SyntaxFile, maker: StreamMaker, path: string): Named {
  const module = path.slice(0, path.lastIndexOf('::'));
  const { prefix, import: stream } = maker;
  if (prefix !== '') {
    const isSame = fullPath(file, prefix.slice(0, -2)) === module;
    return { name: isSame ? `${prefix}Blob` : path, shared: [] };
  }
  const blob = namedAs(file, path, maker.path, stream?.declaration);
  return stream ? { name: blob.name, shared: streamChanges(file, stream, path, blob) } : blob;
}

function streamChanges(
  file: SyntaxFile,
  stream: RustImport,
  path: string,
  blob: Named,
): SharedChange[] {
  const needs = bareUses(file, stream.name);
  const isSimple =
    stream.path === path.replace(/Blob$/, 'ByteStream') && stream.leaf.text === 'ByteStream';
  const replaces = blob.shared.length > 0 && isSimple && isTop(stream);
  return [
    {
      needs,
      whenAll: replaces
        ? [replace(rangeOf(stream.leaf), 'Blob')]
        : [removeUse(file.text, stream.leaf), ...blob.shared.flatMap(({ whenAll }) => whenAll)],
      whenSome: blob.shared.flatMap(({ whenSome }) => whenSome),
    },
  ];
}

function removeUse(text: string, leaf: Node): TextEdit {
  const list = ancestor(leaf, ['use_list', 'use_declaration']);
  let item = leaf;
  while (item.parent && item.parent.id !== list?.id) item = item.parent;
  return list?.type === 'use_list'
    ? removeItem(text, rangeOf(item))
    : removeLines(text, rangeOf(list ?? leaf));
}

/** Rusoto's request is a struct, and the crate is archived: its uses are reported. */
function rusotoUses(file: SyntaxFile, candidates: readonly Captures[]): Use[] {
  const types = /^rusoto_lambda::(?:InvokeAsyncRequest|LambdaClient|Lambda)$/;
  const isGlob = importsOf(file).some(({ name, path }) => name === '*' && path === 'rusoto_lambda');
  const globbed = /^(?:InvokeAsyncRequest|LambdaClient)$/;
  const isRusoto = (path: string) =>
    names(file, path, types) || (isGlob && names(file, path, globbed));
  const requestOf = (node: Node | undefined): Node | undefined => {
    if (node?.type === 'struct_expression') return field(node, 'name');
    return node?.type === 'reference_expression' ? requestOf(field(node, 'value')) : undefined;
  };
  const sent = new Set<number>();
  const calls = candidates.flatMap(({ receiver, method, arguments: args }) => {
    const [argument] = items(args);
    if (!receiver || !method || !argument) return [];
    const direct = requestOf(argument);
    const value = direct ?? requestOf(rustBindings.of(file, argument)?.value);
    const isOne = [value?.text, typeOf(file, argument), makerOf(file, receiver)].some(
      (text) => text !== undefined && isRusoto(text),
    );
    if (isOne && value) sent.add(value.id);
    return isOne ? method : [];
  });
  const lost = candidates.flatMap(({ struct }) =>
    struct && !sent.has(struct.id) && isRusoto(struct.text) ? struct : [],
  );
  return [...calls, ...lost].map((name) => ({
    sdk: 'rusoto',
    range: rangeOf(name),
    migration: {
      byHand: l10n.t(
        'Rusoto is archived; call invoke() of aws-sdk-lambda, or pass an InvocationRequest with invocation_type',
      ),
    },
  }));
}
