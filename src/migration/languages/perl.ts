import * as l10n from '@vscode/l10n';
import { replace } from '../../core/edits';
import type { TextEdit } from '../../core/problem';
import { because, manual } from '../manualReasons';
import { oncePerFile, oncePerName } from '../once';
import { haveKeys, migrateEntries } from '../rewrite';
import { firstFrom } from '../sorted';
import { assignedName, entriesIn, renameMember } from '../tokenEntries';
import type { LexicalRules, TokenFile } from '../tokens';
import type { ManualReason, Use } from '../use';

/** `$lambda->InvokeAsync(FunctionName => …, InvokeArgs => …)` of Paws, and the method by its name. */
export const perl: LexicalRules = {
  worthReading: /\bInvokeAsync\b/,
  uses: (file) =>
    named(file).flatMap((index) => (isMethod(file, index) ? callUse : nameUse)(file, index) ?? []),
};

/** Words and strings. */
const named = (file: TokenFile) => [
  ...file.places('InvokeAsync'),
  ...file.strings().flatMap(([index, { text }]) => (text === 'InvokeAsync' ? index : [])),
];

const isMethod = (file: TokenFile, index: number) =>
  file.is(index - 1, '>') && file.is(index - 2, '-') && file.is(index + 1, '(');

const namesPaws = oncePerFile(({ text }: TokenFile) => /\bPaws\b/.test(text));

function callUse(file: TokenFile, index: number): Use | undefined {
  const name = file.token(index);
  const opener = index + 1;
  if (!name) return undefined;
  const entries = entriesIn(file, opener, '=>');
  const isInput = haveKeys(entries, 'FunctionName', 'InvokeArgs');
  if (!isInput && !isLambda(file, index - 3)) return undefined;
  const use = { sdk: 'paws', range: name.inner } as const;
  const hasHash = file.group(opener).some((item) => file.is(item, '%'));
  const edits = hasHash
    ? manual.spread()
    : migrateEntries(file.text, entries, {
        invokeArgs: 'InvokeArgs',
        payload: 'Payload',
        invocationType: 'InvocationType',
        event: "'Event'",
        entry: "InvocationType => 'Event'",
      });
  const reads = statusReads(file, index);
  if ('manualReason' in edits) return { ...use, migration: edits };
  if ('manualReason' in reads) return { ...use, migration: reads };
  return { ...use, migration: { edits: [replace(name, 'Invoke'), ...edits, ...reads] } };
}

/** `$lambda->can('InvokeAsync')`, `my $method = 'InvokeAsync'` in a file of Paws. */
function nameUse(file: TokenFile, index: number): Use | undefined {
  const token = file.token(index);
  const isValue = file.is(index - 1, '(') || file.is(index - 1, '=');
  const isGiven = isValue && (file.is(index - 2, 'can') || file.is(index - 1, '='));
  return token?.kind === 'string' && isGiven && namesPaws(file)
    ? { sdk: 'paws', range: token.inner, migration: manual.passedOn() }
    : undefined;
}

/** Whether what stands before `->InvokeAsync` is a client: by what it was given last, else by the file. */
function isLambda(file: TokenFile, receiver: number): boolean {
  const variable = file.token(receiver);
  if (!namesPaws(file) || !variable) return false;
  if (!variable.text.startsWith('$') || file.is(receiver - 1, '>')) return true;
  const given = assignmentsOf(file, variable.text);
  const last = given[firstFrom(given, receiver, (place) => place) - 1];
  return last === undefined || makesClient(file, last);
}

const assignmentsOf = oncePerName((file: TokenFile, name) =>
  file.places(name).filter((place) => file.is(place + 1, '=') && !file.is(place + 2, '=')),
);

/** `= Paws->service('Lambda')`, or a value that does not show what it is. */
function makesClient(file: TokenFile, variable: number): boolean {
  const value = file.slice(variable + 2, variable + 14).map(({ text }) => text);
  const service = value.indexOf('service');
  const isOpaque = /^[$@]|^shift$/.test(value[0] ?? '') && service < 0;
  return isOpaque || (service >= 0 && value[service + 2] === 'Lambda');
}

/** The renames of each `->Status` that reads the answer, or why they cannot all be known. */
function statusReads(file: TokenFile, index: number): TextEdit[] | ManualReason {
  const end = file.closer(index + 1);
  const own = file.token(end + 3);
  if (own && file.is(end + 3, 'Status') && file.is(end + 2, '>'))
    return [replace(own, 'StatusCode')];
  const variable = assignedName(file, index);
  const edits = variable ? renameMember(file, variable, index, 'Status', 'StatusCode') : [];
  const isPassedOn = variable ? goesOn(file, variable, index) : !isStatement(file, index);
  return isPassedOn && file.places('Status').length > edits.length ? passedOn() : edits;
}

/** Whether a variable is used otherwise than to call its methods, before it gets another value. */
function goesOn(file: TokenFile, variable: string, from: number): boolean {
  const places = file.places(variable);
  for (let at = firstFrom(places, from, (place) => place); at < places.length; at++) {
    const place = places[at] ?? from;
    if (file.is(place + 1, '=') && !file.is(place + 2, '=')) return false;
    if (!file.is(place + 2, '>')) return true;
  }
  return false;
}

const passedOn = () =>
  because(
    l10n.t(
      'its result is passed on, and this file reads {0}; rename what reads it to {1}',
      'Status',
      'StatusCode',
    ),
  );

/** Whether a call stands by itself: not as the last statement, whose value a Perl function returns. */
function isStatement(file: TokenFile, method: number): boolean {
  const end = file.closer(method + 1);
  let start = method - 2;
  while (/^(?:[\w$@]+|->?|>)$/.test(file.token(start - 1)?.text ?? '')) start--;
  return (
    /^[;{}]$/.test(file.token(start - 1)?.text ?? ';') &&
    file.is(end + 1, ';') &&
    !file.is(end + 2, '}')
  );
}
