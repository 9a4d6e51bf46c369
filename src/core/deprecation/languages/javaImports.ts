import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../problem';
import { always, insert, lineEnd, removeLines, replace } from '../rewrite';
import { ancestor, contains, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { SharedChange } from '../use';

const model = 'com.amazonaws.services.lambda.model';
const renamed: Readonly<Record<string, string>> = {
  InvokeAsyncRequest: 'InvokeRequest',
  InvokeAsyncResult: 'InvokeResult',
};

/** The imports of the model's classes, one by one; a wildcard import covers the new names too. */
export function javaImportChanges(file: SyntaxFile, edits: readonly TextEdit[]): SharedChange[] {
  const touched = Object.keys(renamed).flatMap((name) => renameImport(file, name, edits) ?? []);
  const [first] = Object.keys(renamed).flatMap((name) => importOf(file, name) ?? []);
  if (!first || importOf(file, 'InvocationType') || importOf(file, '*')) return touched;
  const line = insert(first.startIndex, `import ${model}.InvocationType;${lineEnd(file.text)}`);
  return [always(line), ...touched];
}

function renameImport(
  file: SyntaxFile,
  name: string,
  edits: readonly TextEdit[],
): SharedChange | undefined {
  const declaration = importOf(file, name);
  const newName = renamed[name] ?? name;
  if (!declaration) return undefined;
  const needs = file
    .occurrences(name)
    .filter((node) => !ancestor(node, ['import_declaration']))
    .map(rangeOf);
  if (!needs.some((place) => edits.some(({ range }) => contains(range, place)))) return undefined;
  const line = `import ${model}.${newName};`;
  const isImported = importOf(file, newName) !== undefined;
  return {
    needs,
    whenAll: [
      isImported
        ? removeLines(file.text, rangeOf(declaration))
        : replace(rangeOf(declaration), line),
    ],
    whenSome: isImported ? [] : [insert(declaration.startIndex, line + lineEnd(file.text))],
  };
}

function importOf(file: SyntaxFile, name: string): Node | undefined {
  return file.root.namedChildren.find(
    (node) =>
      node.type === 'import_declaration' &&
      node.text.includes(`${model}.${name}`) &&
      node.text.endsWith(`.${name};`),
  );
}
