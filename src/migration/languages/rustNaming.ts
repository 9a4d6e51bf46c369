import type { Node } from 'web-tree-sitter';
import { removeItem, removeLines, replace } from '../../core/edits';
import type { TextEdit } from '../../core/problem';
import { always } from '../rewrite';
import { ancestor, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { SharedChange } from '../use';
import type { StreamMaker } from './rustStream';
import { addedUse, bareUses, fullPath, importsOf, moduleOf, type RustImport } from './rustUses';

interface Named {
  readonly name: string;
  readonly shared: readonly SharedChange[];
}

/** How a type of the SDK can be called at a place: by its name where that is imported or free, else in full. */
export function namedAs(
  file: SyntaxFile,
  path: string,
  place: Node,
  beside: Node | undefined,
): Named {
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
export function blobNames(file: SyntaxFile, maker: StreamMaker, path: string): Named {
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
