import * as l10n from '@vscode/l10n';
import { replace } from '../../core/edits';
import type { TextEdit } from '../../core/problem';
import { because, isPinned, manual } from '../manualReasons';
import { haveKeys, migrateEntries, touchedBy } from '../rewrite';
import { entriesIn } from '../tokenEntries';
import type { LexicalRules, Token, TokenFile } from '../tokens';
import type { ManualReason, SharedChange, Use } from '../use';
import { importChanges } from './kotlinImports';
import {
  afterName,
  type Client,
  clientOf,
  isOwnType,
  isRequestAt,
  isTaken,
  model,
  namesJava,
  namesKotlin,
} from './kotlinNames';
import { responseEdits } from './kotlinResponse';

/** `invokeAsync { … }` and `invokeAsync(request)` of the SDK for Kotlin, and of the one for Java v1. */
export const kotlin: LexicalRules = {
  worthReading: /\binvokeArgs\b|\bInvokeAsyncRequest\b|\binvokeAsync(?:Async)?\b/,
  uses: (file) =>
    ['invokeAsync', 'invokeAsyncAsync'].flatMap((name) =>
      file.places(name).flatMap((index) => useOf(file, index) ?? []),
    ),
};

function useOf(file: TokenFile, index: number): Use | undefined {
  const name = file.token(index);
  const isReference = file.is(index - 1, ':') && file.is(index - 2, ':');
  if (!name || !(isReference || file.is(index - 1, '.'))) return undefined;
  const client = clientOf(file, index);
  const sdk = namesJava(file) && !namesKotlin(file) ? 'java-v1' : 'kotlin';
  const use = { sdk, range: name.inner } as const;
  if (isReference) {
    // Of the asynchronous client of Java, `invokeAsync` may be the form of Invoke.
    const isOne =
      client === 'kotlin' ||
      client === 'java' ||
      (client === 'async' && name.text !== 'invokeAsync');
    return isOne ? { ...use, migration: manual.passedOn() } : undefined;
  }
  const request = file.is(index + 1, '(') ? index + 2 : undefined;
  const isRequest = request !== undefined && isRequestAt(file, request, index);
  const opener = request === undefined ? index + 1 : afterName(file, request);
  const entries = file.is(opener, '{') ? entriesIn(file, opener, '=') : [];
  const isInput = haveKeys(entries, 'functionName', 'invokeArgs');
  const isOwn = client === 'kotlin' || client === 'java';
  if (!isInput && !isRequest && !isOwn) return undefined;
  if (isOwnType(file) && !isInput && !isOwn) return undefined;
  const edits = isInput ? editsOf(file, index, opener, client) : reasonFor(file, request, sdk);
  if ('manualReason' in edits) return { ...use, migration: edits };
  const shared = importChanges(file).filter(
    (change) => isAlways(change) || touchedBy(edits)(change),
  );
  return { ...use, migration: { edits, shared } };
}

/** Why an input that is no block of assignments has no certain fix. */
function reasonFor(file: TokenFile, request: number | undefined, sdk: Use['sdk']): ManualReason {
  if (sdk === 'java-v1')
    return because(
      l10n.t(
        'pass an InvokeRequest with InvocationType.Event and the payload, and read statusCode',
      ),
    );
  const isMade = file.is(afterName(file, request ?? -1) - 1, 'InvokeAsyncRequest');
  return isMade ? manual.opaqueInput() : manual.builtRequest();
}

const isAlways = ({ needs }: SharedChange) => needs.length === 0;

function editsOf(
  file: TokenFile,
  index: number,
  opener: number,
  client: Client,
): TextEdit[] | ManualReason {
  const entries = entriesIn(file, opener, '=');
  const name = file.token(index) as Token;
  const args = entries.find(({ key }) => key === 'invokeArgs');
  const payload = args && payloadEdits(file.text, args.valueRange);
  if (isPinned(file)) return manual.pinned();
  if (client !== 'kotlin') return manual.receiver(file.token(index - 2)?.text ?? '');
  if (!payload)
    return because(l10n.t('payload takes a ByteArray, and invokeArgs is a stream here'));
  const event = `${isTaken(file) ? `${model}.model.` : ''}InvocationType.Event`;
  const edits = migrateEntries(file.text, entries, {
    invokeArgs: 'invokeArgs',
    payload: 'payload',
    invocationType: 'invocationType',
    event,
    entry: `invocationType = ${event}`,
    separators: [';', ''],
  });
  const response = responseEdits(file, index, file.is(index + 1, '(') ? index + 1 : opener);
  if ('manualReason' in edits) return edits;
  if ('manualReason' in response) return response;
  const requestName = file.is(index + 1, '(') ? file.token(opener - 1) : undefined;
  const isFull = file.is(opener - 2, '.');
  return [
    replace(name, 'invoke'),
    ...(requestName
      ? [
          replace(
            requestName,
            isTaken(file) && !isFull ? `${model}.model.InvokeRequest` : 'InvokeRequest',
          ),
        ]
      : []),
    ...edits,
    ...payload,
    ...response,
  ];
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
