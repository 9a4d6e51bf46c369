import { insert, lineEnd, removeLines, replace } from '../../core/edits';
import { always } from '../rewrite';
import { oncePerFile, oncePerName } from '../once';
import { ancestor, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { SharedChange } from '../use';

export const model = 'com.amazonaws.services.lambda.model';

/** The deprecated types of the SDK for Java v1, which Kotlin calls too, and what they become. */
export const javaV1Types: Readonly<Record<string, string>> = {
  InvokeAsyncRequest: 'InvokeRequest',
  InvokeAsyncResult: 'InvokeResult',
};

/** Whether a simple name means the type of the SDK: imported by it, or by the whole package with no other of the name. */
export const isSdkName = oncePerName((file: SyntaxFile, name): boolean => {
  if (importOf(file, name)) return true;
  return importOf(file, '*') !== undefined && !isTaken(file, name);
});

/** How the file can call a type of the SDK: by its name with an import, or in full where another has the name. */
export const spelling = oncePerName(
  (file: SyntaxFile, type): { readonly name: string; readonly shared: readonly SharedChange[] } => {
    const old = Object.entries(javaV1Types).find(([, renamed]) => renamed === type)?.[0];
    const isFree = isSdkName(file, type) || !isUsed(file, type);
    const change = old === undefined ? undefined : importChange(file, old, isFree);
    const changes = change ? [change] : [];
    if (!isFree) return { name: `${model}.${type}`, shared: changes };
    if (isSdkName(file, type) || change) return { name: type, shared: changes };
    const [first] = Object.keys(javaV1Types).flatMap((name) => importOf(file, name) ?? []);
    if (!first) return { name: `${model}.${type}`, shared: [] };
    const line = `import ${model}.${type};${lineEnd(file.text)}`;
    return { name: type, shared: [always(insert(first.startIndex, line))] };
  },
);

function importChange(file: SyntaxFile, old: string, isFree: boolean): SharedChange | undefined {
  const declaration = importOf(file, old);
  if (!declaration) return undefined;
  const type = javaV1Types[old] ?? old;
  const line = `import ${model}.${type};`;
  const isThere = importOf(file, type) !== undefined || !isFree;
  return {
    needs: file
      .occurrences(old)
      .filter((node) => !ancestor(node, ['import_declaration', 'scoped_type_identifier']))
      .map(rangeOf),
    whenAll: [
      isThere ? removeLines(file.text, rangeOf(declaration)) : replace(rangeOf(declaration), line),
    ],
    whenSome: isThere ? [] : [insert(declaration.startIndex, line + lineEnd(file.text))],
  };
}

/** Whether the file gives a name to another type than the SDK's: by an import, or by declaring it. */
const isTaken = (file: SyntaxFile, name: string) =>
  importsOf(file).some(({ path }) => path.endsWith(`.${name}`) && path !== `${model}.${name}`) ||
  file
    .occurrences(name)
    .some(({ parent }) => /^(?:class|interface|enum|record)_declaration$/.test(parent?.type ?? ''));

/** Whether the file means anything by a simple name. */
const isUsed = (file: SyntaxFile, name: string) =>
  file
    .occurrences(name)
    .some(
      (node) => !ancestor(node, ['scoped_type_identifier']) && node.parent?.type !== 'field_access',
    );

const importsOf = oncePerFile((file: SyntaxFile) =>
  file
    .nodesBy('import', 'import_declaration')
    .map((node) => ({ node, path: /^import\s+([\w.*]+)/.exec(node.text)?.[1] ?? '' })),
);

const importOf = (file: SyntaxFile, name: string) =>
  importsOf(file).find(({ path }) => path === `${model}.${name}`)?.node;
