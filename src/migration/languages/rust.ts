import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { insert, lineEnd, removeItem, removeLines, replace } from '../../core/edits';
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

/** `client.invoke_async()` begins a builder; what follows in the chain tells it from other calls of that name. */
export const rust: SyntaxRules = {
  worthParsing: /\baws_sdk_lambda\b|\binvoke_args\b/,
  query: `
    (call_expression
      function: (field_expression field: (field_identifier) @method)
      arguments: (arguments) @arguments
      (#eq? @method "invoke_async")) @call
  `,
  uses: (file, candidates) => candidates.flatMap((captures) => useOf(file, captures) ?? []),
};

function useOf(file: SyntaxFile, { method, call, arguments: args }: Captures): Use | undefined {
  if (!method || !call || items(args).length > 0) return undefined;
  const chain = chainOf(call);
  const setter = chain.find(({ name }) => name.text === 'invoke_args');
  const isBuilder = chain.some(({ name }) => name.text === 'function_name') && namesCrate(file);
  if (!setter && !isBuilder) return undefined;
  const use = { sdk: 'rust', range: rangeOf(method) } as const;
  const payload = setter ? payloadEdits(setter.call) : undefined;
  if (!setter || !payload) return { ...use, migration: { byHand: opaque() } };
  const edits = [
    replace(rangeOf(method), 'invoke'),
    insert(
      setter.object.endIndex,
      `${file.text.slice(setter.object.endIndex, setter.name.startIndex)}invocation_type(InvocationType::Event)`,
    ),
    replace(rangeOf(setter.name), 'payload'),
    ...payload,
    ...followResult(file, chain.at(-1)?.call ?? call),
  ];
  return { ...use, migration: { edits, shared: importChanges(file) } };
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

/** `ByteStream::from(x)` and `from_static(x)` hold bytes in memory; every other stream is opaque. */
function payloadEdits(setter: Node): TextEdit[] | undefined {
  const [value] = items(field(setter, 'arguments'));
  const maker = field(value, 'function');
  if (!maker || !/^(?:\w+::)*ByteStream::from(?:_static)?$/.test(maker.text)) return undefined;
  const type = maker.text.lastIndexOf('ByteStream');
  return [replace({ start: maker.startIndex + type, end: maker.endIndex }, 'Blob::new')];
}

/** `use` of InvocationType comes; ByteStream gives way to Blob with its last use. */
const importChanges = oncePerFile((file: SyntaxFile): SharedChange[] => {
  const crate = usedName(file, 'aws_sdk_lambda');
  const anchor = crate && ancestor(crate, ['use_declaration']);
  const end = lineEnd(file.text);
  const type = 'use aws_sdk_lambda::types::InvocationType;';
  const addType = anchor ? insert(anchor.endIndex, end + type) : insert(0, type + end);
  const addBlob = insert(anchor?.startIndex ?? 0, `use aws_sdk_lambda::primitives::Blob;${end}`);
  return [
    ...(usedName(file, 'InvocationType') ? [] : [always(addType)]),
    ...blobChanges(file, addBlob),
  ];
});

function blobChanges(file: SyntaxFile, addBlob: TextEdit): SharedChange[] {
  const stream = usedName(file, 'ByteStream');
  const hasBlob = usedName(file, 'Blob') !== undefined;
  const places = file.occurrences('ByteStream').filter((node) => !isInUse(node));
  const needs = places
    .filter(({ parent }) => parent?.parent?.type !== 'scoped_identifier')
    .map(rangeOf);
  if (!stream) return needs.length > 0 && !hasBlob ? [always(addBlob)] : [];
  const gone = hasBlob ? removeUse(file.text, stream) : replace(rangeOf(stream), 'Blob');
  return [{ needs, whenAll: [gone], whenSome: hasBlob ? [] : [addBlob] }];
}

const isInUse = (node: Node) => ancestor(node, ['use_declaration']) !== undefined;

/** Where a `use` declaration brings a name in. */
const usedName = (file: SyntaxFile, name: string) => file.occurrences(name).find(isInUse);

function removeUse(text: string, name: Node): TextEdit {
  const list = ancestor(name, ['use_list', 'use_declaration']);
  return list?.type === 'use_list'
    ? removeItem(text, rangeOf(name))
    : removeLines(text, rangeOf(list ?? name));
}

/** `.status()` of the answer: on the call itself, or of the variable that takes it (also inside macros). */
function followResult(file: SyntaxFile, sent: Node): TextEdit[] {
  const declaration = ancestor(sent, ['let_declaration', 'block']);
  const name = field(declaration, 'pattern');
  const scope = ancestor(sent, ['function_item', 'closure_expression', 'source_file']);
  const direct = statusAfter(file.text, outermost(sent).endIndex);
  if (name?.type !== 'identifier' || !scope) return direct;
  const after = { start: sent.endIndex, end: scope.endIndex };
  const reads = file.occurrencesIn(after, name.text);
  return [...direct, ...reads.flatMap((node) => statusAfter(file.text, node.endIndex))];
}

/** Past `.await` and `?`. */
function outermost(inner: Node): Node {
  let node = inner;
  while (node.parent && /^(?:await|try)_expression$/.test(node.parent.type)) node = node.parent;
  return node;
}

function statusAfter(text: string, at: number): TextEdit[] {
  const call = /^\s*\.\s*status(?=\(\))/.exec(text.slice(at, at + 200));
  const end = at + (call?.[0].length ?? 0);
  return call ? [replace({ start: end - 'status'.length, end }, 'status_code')] : [];
}
