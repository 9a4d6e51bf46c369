import * as l10n from '@vscode/l10n';
import { oncePerFile, oncePerName } from '../once';
import { firstFrom } from '../sorted';
import type { LexicalRules, TokenFile } from '../tokens';
import type { Use } from '../use';
import { because } from '../manualReasons';

/** `invokeAsync(input: InvokeAsyncInput(…))` of AWS's SDK, `invokeAsync(functionName:, invokeArgs:)` of Soto. */
export const swift: LexicalRules = {
  worthReading: /\binvokeArgs\b|\bInvokeAsync(?:Input|Request)\b|\bimport (?:AWS|Soto)Lambda\b/,
  uses: (file) => file.places('invokeAsync').flatMap((index) => useOf(file, index) ?? []),
};

type Sdk = 'swift' | 'soto';

function useOf(file: TokenFile, index: number): Use | undefined {
  const name = file.token(index);
  if (!name || !file.is(index - 1, '.')) return undefined;
  const opener = index + 1;
  const sdk = (file.is(opener, '(') && sdkOfArguments(file, opener)) || sdkOfClient(file, index);
  if (!sdk) return undefined;
  const request = sdk === 'swift' ? 'InvokeInput' : 'InvocationRequest';
  const migration = because(
    l10n.t(
      'pass {0} with invocationType: .event and the bytes as payload, and read statusCode',
      request,
    ),
  );
  return { sdk, range: name.inner, migration };
}

/** What the arguments of a call name, or what one of them begins as. */
function sdkOfArguments(file: TokenFile, opener: number): Sdk | undefined {
  const holds = (word: string) => {
    const places = file.places(word);
    const next = places[firstFrom(places, opener, (place) => place)] ?? Infinity;
    return next < file.closer(opener);
  };
  if (holds('InvokeAsyncInput'))
    return ownTypes(file).has('InvokeAsyncInput') ? undefined : 'swift';
  if (holds('InvokeAsyncRequest'))
    return ownTypes(file).has('InvokeAsyncRequest') ? undefined : 'soto';
  if (holds('functionName') && holds('invokeArgs')) return 'soto';
  const argument = file.group(opener).findLast((index) => file.token(index)?.kind === 'word');
  const type = argument === undefined ? '' : typeOf(file, argument);
  if (ownTypes(file).has(type)) return undefined;
  if (type === 'InvokeAsyncInput') return 'swift';
  return type === 'InvokeAsyncRequest' ? 'soto' : undefined;
}

/** The SDK whose client the last name before a call is declared as. */
function sdkOfClient(file: TokenFile, call: number): Sdk | undefined {
  let receiver = call - 2;
  while (file.is(receiver, '?') || file.is(receiver, '!')) receiver--;
  const type = typeOf(file, receiver);
  if (type === 'LambdaClient' && imports(file).has('AWSLambda')) return 'swift';
  return type === 'Lambda' && imports(file).has('SotoLambda') ? 'soto' : undefined;
}

const imports = oncePerFile(
  (file: TokenFile) => new Set(file.places('import').map((index) => file.token(index + 1)?.text)),
);

const ownTypes = oncePerFile(
  (file: TokenFile) =>
    new Set(
      ['struct', 'class', 'enum', 'typealias'].flatMap((word) =>
        file.places(word).map((index) => file.token(index + 1)?.text ?? ''),
      ),
    ),
);

/** The type, or what makes the value, of the last declaration of a name before a place; else of any that it can see. */
function typeOf(file: TokenFile, place: number): string {
  const places = declarationsOf(file, file.token(place)?.text ?? '');
  const isVisible = (index: number) => {
    const opener = file.opener(index);
    const isInHead = file.is(opener, '(');
    return (
      opener < 0 ||
      (opener < place && place < file.closer(opener)) ||
      (isInHead && place < bodyEnd(file, file.closer(opener)))
    );
  };
  const before = places.slice(
    0,
    firstFrom(places, place, (index) => index),
  );
  const declared = before.findLast(isVisible) ?? places.find(isVisible);
  if (declared === undefined) return '';
  let last = declared + 2;
  while (/^(?:try|await|some|any|!|\?)$/.test(file.token(last)?.text ?? '')) last++;
  while (file.is(last + 1, '.') && file.token(last + 2)?.kind === 'word') last += 2;
  return file.token(last)?.text ?? '';
}

/** Where the body ends that follows on parameters. */
function bodyEnd(file: TokenFile, closer: number): number {
  for (let index = closer + 1; index < closer + 30; index++) {
    if (file.is(index, '{')) return file.closer(index);
    if (file.is(index, 'func') || file.is(index, '}')) break;
  }
  return closer;
}

/** `name: Type` of a parameter or property, `let name = maker(…)`. */
const declarationsOf = oncePerName((file: TokenFile, name): readonly number[] =>
  file
    .places(name)
    .filter(
      (index) =>
        /^(?:let|var)$/.test(file.token(index - 1)?.text ?? '') || isParameter(file, index),
    ),
);

/** In the parentheses after `func name`, and no argument of a call. */
function isParameter(file: TokenFile, index: number): boolean {
  const opener = file.opener(index);
  const isOne = file.is(index + 1, ':') && file.is(opener, '(');
  return isOne && (file.is(opener - 2, 'func') || file.is(opener - 1, 'init'));
}
