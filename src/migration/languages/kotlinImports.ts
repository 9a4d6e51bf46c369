import { insert, lineEnd, removeLines, replace } from '../../core/edits';
import { oncePerFile } from '../once';
import { always } from '../rewrite';
import type { TokenFile } from '../tokens';
import type { SharedChange } from '../use';
import { isTaken, model } from './kotlinNames';

/** The imports that name the old call: the extension function and the request's type. */
export const importChanges = oncePerFile((file: TokenFile): SharedChange[] => {
  const end = lineEnd(file.text);
  const lineOf = (path: string) =>
    new RegExp(String.raw`^import ${path.replaceAll('.', '\\.')}\r?$`, 'm').exec(file.text);
  const renames = [
    [`${model}.invokeAsync`, `${model}.invoke`],
    [`${model}.model.InvokeAsyncRequest`, `${model}.model.InvokeRequest`],
  ] as const;
  const changes = renames.flatMap(([old, next]): SharedChange[] => {
    const line = lineOf(old);
    if (!line) return [];
    const range = { start: line.index, end: line.index + `import ${old}`.length };
    const word = old.split('.').at(-1) ?? '';
    const needs = file
      .places(word)
      .flatMap((place) => file.token(place) ?? [])
      .filter(({ start }) => start < range.start || start > range.end);
    const isThere = lineOf(next) !== null || (isTaken(file) && word === 'InvokeAsyncRequest');
    return [
      {
        needs: needs.map(({ inner }) => inner),
        whenAll: [isThere ? removeLines(file.text, range) : replace(range, `import ${next}`)],
        whenSome: isThere ? [] : [insert(range.start, `import ${next}${end}`)],
      },
    ];
  });
  const anchor = new RegExp(String.raw`^import ${model.replaceAll('.', '\\.')}\..*`, 'm').exec(
    file.text,
  );
  const isKnown =
    isTaken(file) ||
    lineOf(`${model}.model.InvocationType`) ||
    new RegExp(String.raw`^import ${model.replaceAll('.', '\\.')}\.model\.\*`, 'm').test(file.text);
  if (!anchor || isKnown) return changes;
  const line = insert(anchor.index, `import ${model}.model.InvocationType${end}`);
  return [always(line), ...changes];
});
