import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../core/problem';
import { byHand } from '../byHand';
import { oncePerFile } from '../once';
import { insert, lineEnd, removeLines, replace } from '../../core/edits';
import { always, haveKeys, migrateEntries } from '../rewrite';
import { assignedName, entriesIn, renameMember } from '../tokenEntries';
import type { LexicalRules, TokenFile } from '../tokens';
import type { SharedChange, Use } from '../use';

/** `invokeAsync { … }` and `invokeAsync(InvokeAsyncRequest { … })` of a Lambda client. */
export const kotlin: LexicalRules = {
  worthReading: /\binvokeArgs\b|\bInvokeAsyncRequest\b/,
  uses: (file) =>
    file.tokens.flatMap((token, index) =>
      token.kind === 'word' && token.text === 'invokeAsync' && file.is(index - 1, '.')
        ? (useOf(file, index) ?? [])
        : [],
    ),
};

const model = 'aws.sdk.kotlin.services.lambda';

const namesSdk = oncePerFile(
  ({ text }: TokenFile) => text.includes(model) || text.includes('com.amazonaws.services.lambda'),
);

function useOf(file: TokenFile, index: number): Use | undefined {
  const name = file.tokens[index];
  const request = file.is(index + 1, '(') ? index + 2 : undefined;
  const isRequest = request !== undefined && file.is(request, 'InvokeAsyncRequest');
  const opener = isRequest ? request + 1 : index + 1;
  const entries = file.is(opener, '{') ? entriesIn(file, opener, '=') : [];
  const isInput = haveKeys(entries, 'functionName', 'invokeArgs');
  if (!name || !(isInput || (isRequest && namesSdk(file)))) return undefined;
  const use = { sdk: 'kotlin', range: name.inner } as const;
  if (!isInput) return { ...use, migration: { byHand: byHand.opaqueInput() } };
  const args = entries.find(({ key }) => key === 'invokeArgs');
  const payload = args && payloadEdits(file.text, args.valueRange);
  if (!payload)
    return {
      ...use,
      migration: {
        byHand: l10n.t('payload takes a ByteArray, and invokeArgs is a stream here'),
      },
    };
  const edits = migrateEntries(file.text, entries, {
    invokeArgs: 'invokeArgs',
    payload: 'payload',
    invocationType: 'invocationType',
    event: 'InvocationType.Event',
    entry: 'invocationType = InvocationType.Event',
    separators: [';', ''],
  });
  if (typeof edits === 'string') return { ...use, migration: { byHand: edits } };
  const variable = assignedName(file, index);
  const requestName = isRequest ? file.tokens[request] : undefined;
  const all = [
    replace(name, 'invoke'),
    ...(requestName ? [replace(requestName, 'InvokeRequest')] : []),
    ...edits,
    ...payload,
    ...(variable ? renameMember(file, variable, index, 'status', 'statusCode') : []),
  ];
  return { ...use, migration: { edits: all, shared: importChanges(file) } };
}

/** `ByteStream.fromString(s)` and `fromBytes(b)` hold bytes in memory, and byte arrays stay what they are. */
function payloadEdits(
  text: string,
  { start, end }: { start: number; end: number },
): TextEdit[] | undefined {
  const value = text.slice(start, end);
  const [maker, type] = /^(?:\w+\.)*ByteStream\.from(String|Bytes)\(/.exec(value) ?? [];
  if (maker === undefined) return /\.(?:to|encodeTo)ByteArray\(\)$/.test(value) ? [] : undefined;
  if (!value.endsWith(')')) return undefined;
  const argument = value.slice(maker.length, -1);
  const isSimple = /^(?:"(?:[^"\\]|\\.)*"|[\w.]+(?:\([^()]*\))?)$/.test(argument);
  const bytes =
    type === 'Bytes'
      ? argument
      : isSimple
        ? `${argument}.encodeToByteArray()`
        : `(${argument}).encodeToByteArray()`;
  return [replace({ start, end }, bytes)];
}

/** The imports that name the old call: the extension function and the request's type. */
const importChanges = oncePerFile((file: TokenFile): SharedChange[] => {
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
    const needs = file.tokens.filter(
      ({ kind, text, start }) =>
        kind === 'word' && text === word && (start < range.start || start > range.end),
    );
    const isThere = lineOf(next) !== null;
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
    lineOf(`${model}.model.InvocationType`) ||
    lineOf(`${model}.model.*`) ||
    new RegExp(String.raw`^import ${model.replaceAll('.', '\\.')}\.model\.\*`, 'm').test(file.text);
  if (!anchor || isKnown) return changes;
  const line = insert(anchor.index, `import ${model}.model.InvocationType${end}`);
  return [always(line), ...changes];
});
