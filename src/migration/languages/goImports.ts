import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { insert, lineEnd, remove, removeLines } from '../../core/edits';
import { oncePerFile, oncePerName } from '../once';
import { field, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { SharedChange } from '../use';
import { isPackageAt } from './goTypes';

export interface Import {
  /** What the file calls the package; `.` and `_` stand for themselves. */
  readonly name: string;
  readonly path: string;
  readonly spec: Node;
}

export const importsOf = oncePerFile((file: SyntaxFile): readonly Import[] =>
  file
    .nodesBy('import', 'import_declaration')
    .flatMap((declaration) => declaration.descendantsOfType('import_spec'))
    .map((spec) => {
      const path = field(spec, 'path')?.text.slice(1, -1) ?? '';
      return { name: field(spec, 'name')?.text ?? packageOf(path), path, spec };
    }),
);

/** The name that a package has by its path: its last part, without a version. */
function packageOf(path: string): string {
  const parts = path.split('/').filter((part) => !/^v\d+$/.test(part));
  return (parts.at(-1) ?? path).replace(/\.v\d+$/, '');
}

/** The removal of imports with their last uses; an empty line that they leave behind goes too. */
export const importRemovals = oncePerFile((file: SyntaxFile): SharedChange[] => {
  const removable = importsOf(file).filter(
    ({ path, name }) => /^(?:bytes|strings)$/.test(path) && name !== '_' && name !== '.',
  );
  const removals = removable.map(({ name, spec }) => ({ spec, needs: needsOf(file, name) }));
  const changes = removals.map(({ spec, needs }) => ({
    needs,
    whenAll: [removeLines(file.text, rangeOf(specOrDeclaration(spec)))],
    whenSome: [],
  }));
  return [...changes, ...blankLines(file.text, removals)];
});

interface Removal {
  readonly spec: Node;
  readonly needs: SharedChange['needs'];
}

/** Of each row of imports that go and have an empty line on both sides, or the block's end on one, the line after it. */
function blankLines(text: string, removals: readonly Removal[]): SharedChange[] {
  const lines = text.split('\n');
  const isBlank = (row: number) => (lines[row] ?? '').trim() === '';
  const rows = new Map(removals.map((removal) => [removal.spec.startPosition.row, removal]));
  return [...rows.keys()].flatMap((row) => {
    if (rows.has(row - 1)) return [];
    let last = row;
    while (rows.has(last + 1)) last++;
    const opens = /^import \($/.test((lines[row - 1] ?? '').trim());
    const closes = (lines[last + 1] ?? '').trim() === ')';
    const blank =
      isBlank(last + 1) && (opens || isBlank(row - 1)) ? last + 1 : closes ? row - 1 : -1;
    if (blank < 0 || !isBlank(blank)) return [];
    const start = lines.slice(0, blank).reduce((sum, line) => sum + line.length + 1, 0);
    const end = start + (lines[blank]?.length ?? 0) + 1;
    const needs = [...rows].flatMap(([at, one]) => (row <= at && at <= last ? one.needs : []));
    return { needs, whenAll: [remove({ start, end })], whenSome: [] };
  });
}

const needsOf = oncePerName((file: SyntaxFile, name) =>
  file
    .occurrences(name)
    .filter(({ type, parent }) => type !== 'field_identifier' && users.has(parent?.type ?? ''))
    .filter((node) => isPackageAt(file, name, node))
    .map(rangeOf),
);

const users = new Set(['selector_expression', 'qualified_type']);

/** `import "bytes"` goes as a whole. */
const specOrDeclaration = (spec: Node) =>
  spec.parent?.type === 'import_declaration' ? spec.parent : spec;

/**
 * What to call a package at all the given places, with the edit that imports it: the name that the file has for it,
 * the package's own where that is free, or an alias.
 */
export function packageName(
  file: SyntaxFile,
  path: string,
  alias: string,
  isVisible: (name: string) => boolean,
): { readonly name: string; readonly edit?: TextEdit } {
  const own = packageOf(path);
  const imported = importsOf(file).filter(
    (one) => one.path === path && !/^[._]$/.test(one.name) && isVisible(one.name),
  );
  const [known] = [...imported.filter((one) => one.name === own), ...imported];
  if (known) return { name: known.name };
  const names = [own, alias, ...[2, 3, 4, 5].map((number) => `${alias}${number}`)];
  const name = names.find((one) => isFree(file, one)) ?? `${alias}sdk`;
  return { name, edit: addedImport(file, path, name === own ? '' : `${name} `) };
}

/** Neither imported nor declared nor used anywhere in the file, but as a field or method. */
const isFree = (file: SyntaxFile, name: string) =>
  importsOf(file).every((one) => one.name !== name) &&
  file.occurrences(name).every(({ type }) => type === 'field_identifier');

/** Adds an import beside the SDK's own, in the order of paths. */
function addedImport(file: SyntaxFile, path: string, alias: string): TextEdit {
  const end = lineEnd(file.text);
  const siblings = importsOf(file).filter((one) => /\baws\/aws-sdk-go\b/.test(one.path));
  const next = siblings.find((one) => one.path > path)?.spec;
  const last = (siblings.at(-1) ?? importsOf(file).at(-1))?.spec;
  const line = `${alias}"${path}"`;
  const above = siblings.find((one) => path.startsWith(`${one.path}/`))?.spec;
  if (above?.parent?.type === 'import_spec_list')
    return insert(endOfLine(file.text, above.endIndex), `${end}\t${line}`);
  if (next?.parent?.type === 'import_spec_list') return insert(next.startIndex, `${line}${end}\t`);
  if (last?.parent?.type === 'import_spec_list')
    return insert(endOfLine(file.text, last.endIndex), `${end}\t${line}`);
  return insert(endOfLine(file.text, last?.endIndex ?? 0), `${end}import ${line}`);
}

/** Past a comment that belongs to the line. */
const endOfLine = (text: string, at: number) =>
  at + (/^[^\r\n]*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0);
