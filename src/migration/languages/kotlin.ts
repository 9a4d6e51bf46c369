import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../core/problem';
import { byHand, isPinned } from '../byHand';
import { oncePerFile, oncePerName } from '../once';
import { insert, lineEnd, removeLines, replace } from '../../core/edits';
import { always, haveKeys, migrateEntries, touchedBy } from '../rewrite';
import { firstFrom } from '../sorted';
import { entriesIn } from '../tokenEntries';
import type { LexicalRules, Token, TokenFile } from '../tokens';
import type { SharedChange, Use } from '../use';

const model = 'aws.sdk.kotlin.services.lambda';
const javaModel = 'com.amazonaws.services.lambda';

/** `invokeAsync { … }` and `invokeAsync(request)` of the SDK for Kotlin, and of the one for Java v1. */
export const kotlin: LexicalRules = {
  worthReading: /\binvokeArgs\b|\bInvokeAsyncRequest\b|\binvokeAsync(?:Async)?\b/,
  uses: (file) =>
    ['invokeAsync', 'invokeAsyncAsync'].flatMap((name) =>
      file.places(name).flatMap((index) => useOf(file, index) ?? []),
    ),
};

const names = (path: string) =>
  oncePerFile(({ text }: TokenFile) =>
    new RegExp(`\\b${path.replaceAll('.', '\\.')}\\b`).test(text),
  );
const namesKotlin = names(model);
const namesJava = names(javaModel);

function useOf(file: TokenFile, index: number): Use | undefined {
  const name = file.tokens[index];
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
    return isOne ? { ...use, migration: { byHand: byHand.passedOn() } } : undefined;
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
  if (typeof edits === 'string') return { ...use, migration: { byHand: edits } };
  const shared = importChanges(file).filter(
    (change) => isAlways(change) || touchedBy(edits)(change),
  );
  return { ...use, migration: { edits, shared } };
}

/** Why an input that is no block of assignments has no certain fix. */
function reasonFor(file: TokenFile, request: number | undefined, sdk: Use['sdk']): string {
  if (sdk === 'java-v1')
    return l10n.t(
      'pass an InvokeRequest with InvocationType.Event and the payload, and read statusCode',
    );
  const isMade = file.is(afterName(file, request ?? -1) - 1, 'InvokeAsyncRequest');
  return isMade ? byHand.opaqueInput() : byHand.builtRequest();
}

/** Whether the file declares a request of its own by that name. */
const isOwnType = oncePerFile((file: TokenFile) =>
  file
    .places('InvokeAsyncRequest')
    .some((index) =>
      /^(?:class|interface|typealias|object)$/.test(file.tokens[index - 1]?.text ?? ''),
    ),
);

/** Past a name, which may be a full one. */
function afterName(file: TokenFile, index: number): number {
  let last = index;
  while (file.is(last + 1, '.')) last += 2;
  return last + 1;
}

/** Whether a request is made at a place, or the variable there begins with one or is declared as one. */
function isRequestAt(file: TokenFile, index: number, call: number): boolean {
  const last = afterName(file, index) - 1;
  if (file.is(last, 'InvokeAsyncRequest')) return isSdk(file);
  const name = file.tokens[index];
  return (
    name?.kind === 'word' &&
    last === index &&
    isSdk(file) &&
    declares(file, name.text, call, request)
  );
}

const isAlways = ({ needs }: SharedChange) => needs.length === 0;

const isSdk = (file: TokenFile) => (namesKotlin(file) || namesJava(file)) && !isOwnType(file);

const request = /^InvokeAsyncRequest$/;

/** Whether the last declaration of a name before a place gives it a type, or a value, of a kind. */
function declares(file: TokenFile, name: string, before: number, kind: RegExp): boolean {
  return kind.test(typeOf(file, name, before));
}

/** The type, or what makes the value, that a name is declared with: `val name: Type`, `val name = maker(…)`. */
function typeOf(file: TokenFile, name: string, before: number): string {
  const places = declarationsOf(file, name);
  const visible = places.slice(
    0,
    firstFrom(places, before, (index) => index),
  );
  const inReach = visible.findLast((index) => isInReach(file, index, before));
  // A member may be declared after the functions that use it.
  const declared = inReach ?? places.find((index) => isInReach(file, index, before));
  if (declared === undefined) return '';
  const start = declared + 2;
  if (file.is(declared + 1, ':') || file.is(declared + 1, '='))
    return file.tokens[afterName(file, start) - 1]?.text ?? '';
  return '';
}

/** Whether a declaration stands in a group of brackets around a place, or in the parameters before such a group. */
function isInReach(file: TokenFile, declaration: number, place: number): boolean {
  const opener = file.opener(declaration);
  if (opener < 0) return true;
  const closer = file.closer(opener);
  if (opener < place && place < closer) return true;
  if (!file.is(opener, '(') || place < closer) return false;
  // `fun name(parameters): Type {` and `class Name(parameters) : Other {` hold in what follows.
  for (let index = closer + 1; index < closer + 40; index++) {
    if (file.is(index, '{')) return place < file.closer(index);
    if (file.is(index, '='))
      return file.opener(place) === file.opener(opener) || isWithin(file, place, opener);
    if (file.is(index, 'fun') || file.is(index, '}')) return false;
  }
  return false;
}

/** Up to the next function after an expression body. */
function isWithin(file: TokenFile, place: number, after: number): boolean {
  const functions = file.places('fun');
  const next = functions[firstFrom(functions, after, (index) => index)] ?? file.tokens.length;
  return place < next;
}

const declarationsOf = oncePerName((file: TokenFile, name): readonly number[] =>
  file
    .places(name)
    .filter(
      (index) =>
        (file.is(index + 1, ':') && !file.is(index + 2, ':')) ||
        /^(?:val|var)$/.test(file.tokens[index - 1]?.text ?? ''),
    ),
);

type Client = 'kotlin' | 'java' | 'async' | undefined;

/** The client that a call is made of, by the declaration of the last name before it. */
function clientOf(file: TokenFile, call: number): Client {
  let end = call - 1;
  while (file.is(end, '.') || file.is(end, '?') || file.is(end, '!') || file.is(end, ':')) end--;
  const receiver = file.tokens[end];
  if (receiver?.kind !== 'word') return undefined;
  const type = clients[receiver.text] ?? clients[typeOf(file, receiver.text, call)];
  const isKnown = type === 'kotlin' ? namesKotlin(file) : namesJava(file);
  return isKnown ? type : undefined;
}

const clients: Readonly<Record<string, Client>> = {
  LambdaClient: 'kotlin',
  AWSLambda: 'java',
  AWSLambdaClient: 'java',
  AWSLambdaAsync: 'async',
  AWSLambdaAsyncClient: 'async',
};

function editsOf(
  file: TokenFile,
  index: number,
  opener: number,
  client: Client,
): TextEdit[] | string {
  const entries = entriesIn(file, opener, '=');
  const name = file.tokens[index] as Token;
  const args = entries.find(({ key }) => key === 'invokeArgs');
  const payload = args && payloadEdits(file.text, args.valueRange);
  if (isPinned(file)) return byHand.pinned();
  if (client !== 'kotlin') return byHand.receiver(file.tokens[index - 2]?.text ?? '');
  if (!payload) return l10n.t('payload takes a ByteArray, and invokeArgs is a stream here');
  const isTaken = isDeclared(file, 'InvocationType') || isDeclared(file, 'InvokeRequest');
  const event = `${isTaken ? `${model}.model.` : ''}InvocationType.Event`;
  const edits = migrateEntries(file.text, entries, {
    invokeArgs: 'invokeArgs',
    payload: 'payload',
    invocationType: 'invocationType',
    event,
    entry: `invocationType = ${event}`,
    separators: [';', ''],
  });
  const response = responseEdits(file, index, file.is(index + 1, '(') ? index + 1 : opener);
  if (typeof edits === 'string') return edits;
  if (typeof response === 'string') return response;
  const requestName = file.is(index + 1, '(') ? file.tokens[opener - 1] : undefined;
  const isFull = file.is(opener - 2, '.');
  return [
    replace(name, 'invoke'),
    ...(requestName
      ? [
          replace(
            requestName,
            isTaken && !isFull ? `${model}.model.InvokeRequest` : 'InvokeRequest',
          ),
        ]
      : []),
    ...edits,
    ...payload,
    ...response,
  ];
}

/** Whether the file gives a name to something else than the SDK's type. */
const isDeclared = oncePerName(
  (file: TokenFile, name) =>
    file
      .places(name)
      .some((index) =>
        /^(?:class|object|interface|typealias|as)$/.test(file.tokens[index - 1]?.text ?? ''),
      ) ||
    new RegExp(String.raw`^import (?!${model.replaceAll('.', '\\.')})[\w.]+\.${name}\b`, 'm').test(
      file.text,
    ),
);

/** Members that both responses have. */
const shared = /^(?:toString|hashCode)$/;
const printers = /^(?:print|println|trace|debug|info|warn|error)$/;

/** The renames of each `.status` that reads the response of a call, or why it is read where nobody sees it. */
function responseEdits(file: TokenFile, call: number, opener: number): TextEdit[] | string {
  const end = file.closer(opener);
  const member = memberAfter(file, end);
  if (member !== undefined) return readOf(file, member);
  const start = expressionStart(file, call);
  const variable = file.is(start - 1, '=') ? file.tokens[start - 2] : undefined;
  const isDeclaration = /^(?:val|var)$/.test(file.tokens[start - 3]?.text ?? '');
  if (variable && isDeclaration) return variableEdits(file, start - 2, end);
  return isStatement(file, start, end) ? [] : byHand.response();
}

/** The member that is read after an expression: `.name` or `?.name`. */
function memberAfter(file: TokenFile, end: number): number | undefined {
  const at = file.is(end + 1, '!') && file.is(end + 2, '!') ? end + 2 : end;
  const dot = file.is(at + 1, '?') ? at + 2 : at + 1;
  return file.is(dot, '.') ? dot + 1 : undefined;
}

function readOf(file: TokenFile, member: number): TextEdit[] | string {
  const token = file.tokens[member];
  if (token?.text === 'status') return [replace(token, 'statusCode')];
  return shared.test(token?.text ?? '') ? [] : byHand.response();
}

/** Where the expression of a call begins: `a.b.call(` at `a`. */
function expressionStart(file: TokenFile, call: number): number {
  let index = call;
  while (file.is(index - 1, '.')) {
    index -= 2;
    while (file.is(index, '?') || file.is(index, '!')) index--;
    if (file.is(index, ')')) return index;
  }
  return index;
}

/** On a line of its own, in a group of statements and not the last of them, whose value a lambda gives back. */
function isStatement(file: TokenFile, start: number, end: number): boolean {
  const before = file.tokens[start - 1];
  const opener = file.opener(start);
  const isFirst = start - 1 === opener || lineBreak(file, before, file.tokens[start]);
  const isBody = file.is(opener, '{') && isFunctionBody(file, opener);
  const isLast = end + 1 === file.closer(opener);
  return (
    isFirst &&
    before?.text !== '=' &&
    before?.text !== 'return' &&
    file.is(opener, '{') &&
    (isBody || !isLast) &&
    !/^(?:\?|:|as|[-+*/&|])$/.test(file.tokens[end + 1]?.text ?? '')
  );
}

const lineBreak = (file: TokenFile, a: Token | undefined, b: Token | undefined) =>
  /[\n;]/.test(file.text.slice(a?.end ?? 0, b?.start ?? 0)) || a?.text === ';';

/** `fun name(…): Type {`: what such a body ends with is given back to nobody. */
function isFunctionBody(file: TokenFile, opener: number): boolean {
  for (let index = opener - 1; index > opener - 60 && index >= 0; index--) {
    if (file.is(index, 'fun')) return true;
    if (file.is(index, '{') || file.is(index, '}') || file.is(index, '=')) return false;
  }
  return false;
}

function variableEdits(file: TokenFile, declared: number, from: number): TextEdit[] | string {
  const name = file.tokens[declared]?.text ?? '';
  const opener = file.opener(declared);
  const end = opener < 0 ? file.tokens.length : file.closer(opener);
  const edits: TextEdit[] = [];
  for (const place of file.places(name)) {
    if (place <= from || place >= end || file.is(place - 1, '.')) continue;
    const member = memberAfter(file, place);
    const caller = file.tokens[file.opener(place) - 1]?.text ?? '';
    const isPrinted = file.is(file.opener(place), '(') && printers.test(caller);
    const isCompared = file.is(place + 1, '=') || file.is(place + 1, '!');
    const read =
      member === undefined
        ? isPrinted || isCompared
          ? []
          : byHand.response()
        : readOf(file, member);
    if (typeof read === 'string') return read;
    edits.push(...read);
  }
  // In a string, `$name` and `${name.status}` are no tokens.
  const text = file.text.slice(file.tokens[from]?.end ?? 0, file.tokens[end]?.start);
  return new RegExp(String.raw`\$(?:${name}\b|\{[^}]*\b${name}\b)`).test(text)
    ? byHand.response()
    : edits;
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
  const isTaken = isDeclared(file, 'InvocationType') || isDeclared(file, 'InvokeRequest');
  const changes = renames.flatMap(([old, next]): SharedChange[] => {
    const line = lineOf(old);
    if (!line) return [];
    const range = { start: line.index, end: line.index + `import ${old}`.length };
    const word = old.split('.').at(-1) ?? '';
    const needs = file.tokens.filter(
      ({ kind, text, start }) =>
        kind === 'word' && text === word && (start < range.start || start > range.end),
    );
    const isThere = lineOf(next) !== null || (isTaken && word === 'InvokeAsyncRequest');
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
    isTaken ||
    lineOf(`${model}.model.InvocationType`) ||
    new RegExp(String.raw`^import ${model.replaceAll('.', '\\.')}\.model\.\*`, 'm').test(file.text);
  if (!anchor || isKnown) return changes;
  const line = insert(anchor.index, `import ${model}.model.InvocationType${end}`);
  return [always(line), ...changes];
});
