import type { Node } from 'web-tree-sitter';
import { oncePerFile } from '../once';
import { field, items, type SyntaxFile } from '../syntaxFile';
import { isVector } from './rustTypes';
import { fullPath, importsOf, type RustImport } from './rustUses';

export const namesCrate = oncePerFile(({ text }: SyntaxFile) => text.includes('aws_sdk_lambda'));

/** `ByteStream::from(x)` of a vector or `from_static(x)`. */
export interface StreamMaker {
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
export function streamMaker(file: SyntaxFile, setter: Node): StreamMaker | undefined {
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
export function layoutOf(file: SyntaxFile, { prefix, type }: StreamMaker): Layout | undefined {
  const stream = fullPath(file, prefix + type);
  const layout = layouts.find((one) => one.stream.test(stream));
  const isMixed = layout && new RegExp(`\\baws_sdk_lambda::(?:\\{[^;]*\\b)?${layout.foreign}\\b`);
  return namesCrate(file) && !isMixed?.test(file.text) ? layout : undefined;
}
