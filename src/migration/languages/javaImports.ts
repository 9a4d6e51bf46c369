import type { TextEdit } from '../../core/problem';
import { insert, lineEnd, removeLines, replace } from '../../core/edits';
import { always, touchedBy } from '../rewrite';
import { oncePerName } from '../once';
import { ancestor, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { SharedChange } from '../use';

const model = 'com.amazonaws.services.lambda.model';
const renamed: Readonly<Record<string, string>> = {
  InvokeAsyncRequest: 'InvokeRequest',
  InvokeAsyncResult: 'InvokeResult',
};

/** The imports of the model's classes, one by one; a wildcard import covers the new names too. */
export function javaImportChanges(file: SyntaxFile, edits: readonly TextEdit[]): SharedChange[] {
  const names = Object.keys(renamed);
  const changes = names.flatMap((name) => importChange(file, name) ?? []).filter(touchedBy(edits));
  const [first] = names.flatMap((name) => importOf(file, name) ?? []);
  if (!first || importOf(file, 'InvocationType') || importOf(file, '*')) return changes;
  const line = insert(first.startIndex, `import ${model}.InvocationType;${lineEnd(file.text)}`);
  return [always(line), ...changes];
}

const importChange = oncePerName((file: SyntaxFile, name): SharedChange | undefined => {
  const declaration = importOf(file, name);
  const newName = renamed[name] ?? name;
  if (!declaration) return undefined;
  const line = `import ${model}.${newName};`;
  const isImported = importOf(file, newName) !== undefined;
  return {
    needs: file
      .occurrences(name)
      .filter((node) => !ancestor(node, ['import_declaration']))
      .map(rangeOf),
    whenAll: [
      isImported
        ? removeLines(file.text, rangeOf(declaration))
        : replace(rangeOf(declaration), line),
    ],
    whenSome: isImported ? [] : [insert(declaration.startIndex, line + lineEnd(file.text))],
  };
});

const importOf = oncePerName((file: SyntaxFile, name) =>
  file.root.namedChildren.find(
    ({ type, text }) =>
      type === 'import_declaration' &&
      text.includes(`${model}.${name}`) &&
      text.endsWith(`.${name};`),
  ),
);
