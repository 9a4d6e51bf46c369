import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { insert, lineEnd } from '../../core/edits';
import { oncePerFile } from '../once';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';

/** A name that a `use` declaration brings in. */
export interface RustImport {
  /** What the file calls it; `*` stands for all names of the module. */
  readonly name: string;
  readonly path: string;
  /** The name where it is brought in. */
  readonly leaf: Node;
  readonly declaration: Node;
}

export const importsOf = oncePerFile((file: SyntaxFile): readonly RustImport[] =>
  file
    .nodesBy('use', 'use_declaration')
    .flatMap((declaration) =>
      leavesOf(field(declaration, 'argument'), '', (leaf) => ({ ...leaf, declaration })),
    ),
);

function leavesOf(
  node: Node | undefined,
  prefix: string,
  toImport: (leaf: Omit<RustImport, 'declaration'>) => RustImport,
): RustImport[] {
  if (!node) return [];
  const path = (part: Node | undefined) => `${prefix}${part?.text ?? ''}`;
  switch (node.type) {
    case 'scoped_use_list': {
      const inner = `${path(field(node, 'path'))}::`;
      return items(field(node, 'list')).flatMap((item) => leavesOf(item, inner, toImport));
    }
    case 'use_list':
      return items(node).flatMap((item) => leavesOf(item, prefix, toImport));
    case 'use_as_clause':
      return [
        toImport({
          name: field(node, 'alias')?.text ?? '',
          path: path(field(node, 'path')),
          leaf: node,
        }),
      ];
    case 'use_wildcard':
      return [toImport({ name: '*', path: path(items(node)[0]), leaf: node })];
    case 'self':
      return [
        toImport({
          name: /(\w+)::$/.exec(prefix)?.[1] ?? '',
          path: prefix.slice(0, -2),
          leaf: node,
        }),
      ];
    default: {
      const leaf = field(node, 'name') ?? node;
      return [toImport({ name: leaf.text, path: path(node), leaf })];
    }
  }
}

/** A path as the file writes it, with what its first part stands for. */
export function fullPath(file: SyntaxFile, path: string): string {
  const [first = '', ...rest] = path.replace(/^::/, '').split('::');
  const found = importsOf(file).find(({ name }) => name === first);
  return [found?.path ?? first, ...rest].join('::');
}

/** The `mod name { … }` around a node; the file where there is none. */
export const moduleOf = (file: SyntaxFile, node: Node) => ancestor(node, ['mod_item']) ?? file.root;

/** What an import of a path adds to a row of `use` declarations, where rustfmt puts it. */
export function addedUse(file: SyntaxFile, path: string, beside: Node): TextEdit {
  const row = rowOf(beside);
  const next = row.find((declaration) => isBefore(path, pathOf(declaration)));
  const end = lineEnd(file.text);
  const line = `use ${path};`;
  return next ? insert(next.startIndex, line + end) : insert(row.at(-1)?.endIndex ?? 0, end + line);
}

/** The declarations on the lines around one. */
function rowOf(declaration: Node): readonly Node[] {
  const before = rowFrom(declaration, (node) => node.previousNamedSibling);
  const after = rowFrom(declaration, (node) => node.nextNamedSibling);
  return [...before.toReversed(), declaration, ...after];
}

/** Sibling by sibling: a file has thousands of items, and a few declarations. */
function rowFrom(declaration: Node, beside: (node: Node) => Node | null): Node[] {
  const row: Node[] = [];
  let last = declaration;
  for (let node = beside(declaration); node; node = beside(node)) {
    // Comments stand on the lines of others, or end the row.
    if (node.isExtra) continue;
    const [first, second] = rangeOf(node).start < last.startIndex ? [node, last] : [last, node];
    const isNext = second.startPosition.row === first.endPosition.row + 1;
    if (!isNext || node.type !== 'use_declaration' || last.type !== 'use_declaration') break;
    row.push(node);
    last = node;
  }
  return row;
}

const pathOf = (declaration: Node) => field(declaration, 'argument')?.text ?? '';

/** As rustfmt sorts: modules, then types, then lists, each by name. */
function isBefore(path: string, other: string): boolean {
  const [parts, others] = [path.split('::'), other.split('::')];
  for (const [at, part] of parts.entries()) {
    const against = others[at] ?? '';
    if (part !== against) return keyOf(part) < keyOf(against);
  }
  return true;
}

const keyOf = (part: string) =>
  `${/^(?:crate|self|super)$/.test(part) ? 0 : /^[a-z_]/.test(part) ? 1 : /^\w/.test(part) ? 2 : 3}${part}`;

/** Everywhere that a name stands for itself: neither in a `use`, nor behind `::` or `.`. */
export const bareUses = (file: SyntaxFile, name: string) =>
  file
    .occurrences(name)
    .filter(
      (node) =>
        !ancestor(node, ['use_declaration']) &&
        !/(?:::|[^.]\.)\s*$/.test(
          file.text.slice(Math.max(0, node.startIndex - 50), node.startIndex),
        ),
    )
    .map(rangeOf);
