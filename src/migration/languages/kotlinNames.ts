import { oncePerFile, oncePerName } from '../once';
import { firstFrom } from '../sorted';
import type { TokenFile } from '../tokens';

/** What the names of a Kotlin file mean, as far as tokens tell: the SDK that it uses, its clients, requests and types. */

export const model = 'aws.sdk.kotlin.services.lambda';
const javaModel = 'com.amazonaws.services.lambda';

const names = (path: string) =>
  oncePerFile(({ text }: TokenFile) =>
    new RegExp(`\\b${path.replaceAll('.', '\\.')}\\b`).test(text),
  );
export const namesKotlin = names(model);
export const namesJava = names(javaModel);

/** Whether the file declares a request of its own by that name. */
export const isOwnType = oncePerFile((file: TokenFile) =>
  file
    .places('InvokeAsyncRequest')
    .some((index) =>
      /^(?:class|interface|typealias|object)$/.test(file.token(index - 1)?.text ?? ''),
    ),
);

/** Past a name, which may be a full one. */
export function afterName(file: TokenFile, index: number): number {
  let last = index;
  while (file.is(last + 1, '.')) last += 2;
  return last + 1;
}

/** Whether a request is made at a place, or the variable there begins with one or is declared as one. */
export function isRequestAt(file: TokenFile, index: number, call: number): boolean {
  const last = afterName(file, index) - 1;
  if (file.is(last, 'InvokeAsyncRequest')) return isSdk(file);
  const name = file.token(index);
  return (
    name?.kind === 'word' &&
    last === index &&
    isSdk(file) &&
    typeOf(file, name.text, call) === 'InvokeAsyncRequest'
  );
}

const isSdk = (file: TokenFile) => (namesKotlin(file) || namesJava(file)) && !isOwnType(file);

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
    return file.token(afterName(file, start) - 1)?.text ?? '';
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
  const next = functions[firstFrom(functions, after, (index) => index)] ?? file.length;
  return place < next;
}

const declarationsOf = oncePerName((file: TokenFile, name): readonly number[] =>
  file
    .places(name)
    .filter(
      (index) =>
        (file.is(index + 1, ':') && !file.is(index + 2, ':')) ||
        /^(?:val|var)$/.test(file.token(index - 1)?.text ?? ''),
    ),
);

export type Client = 'kotlin' | 'java' | 'async' | undefined;

/** The client that a call is made of, by the declaration of the last name before it. */
export function clientOf(file: TokenFile, call: number): Client {
  let end = call - 1;
  while (file.is(end, '.') || file.is(end, '?') || file.is(end, '!') || file.is(end, ':')) end--;
  const receiver = file.token(end);
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

/** Whether a name that the new call needs is taken, so that it is written in full. */
export const isTaken = (file: TokenFile) =>
  isDeclared(file, 'InvocationType') || isDeclared(file, 'InvokeRequest');

/** Whether the file gives a name to something else than the SDK's type. */
const isDeclared = oncePerName(
  (file: TokenFile, name) =>
    file
      .places(name)
      .some((index) =>
        /^(?:class|object|interface|typealias|as)$/.test(file.token(index - 1)?.text ?? ''),
      ) ||
    new RegExp(String.raw`^import (?!${model.replaceAll('.', '\\.')})[\w.]+\.${name}\b`, 'm').test(
      file.text,
    ),
);
