import { parseFunctionIdentifier } from './functionIdentifier/parse';
import { anyCharacter, Automaton, text, zeroOrMore } from './patterns/automaton';

/** Where an event is about to go, as far as it is known. */
export interface Destination {
  /** Name, ARN or partial ARN, as it is sent. */
  readonly functionName: string;
  /** Alias or version that is not part of the name. */
  readonly qualifier?: string | undefined;
  /** Absent when nobody could tell. */
  readonly accountId?: string | undefined;
  readonly profile?: string | undefined;
  /** Name of the environment that is selected for its folder. */
  readonly environment?: string | undefined;
}

/**
 * The first of the patterns that asks before an event goes there; `undefined` when none does. A pattern covers the
 * function's name, its alias, `name:alias`, the whole identifier, the account, the profile or the environment, in any case; `*` stands
 * for any characters and `?` for one. While the account is not known, a pattern that may name one asks.
 */
export function askingPattern(
  patterns: readonly string[],
  destination: Destination,
): string | undefined {
  const names = namesOf(destination);
  const accountIsUnknown = destination.accountId === undefined;
  return patterns.find((pattern) => {
    if (accountIsUnknown && couldNameAccount(pattern)) return true;
    const automaton = toAutomaton(pattern);
    return names.some((name) => automaton.matches(name.toLowerCase()));
  });
}

function namesOf({
  functionName,
  qualifier,
  accountId,
  profile,
  environment,
}: Destination): string[] {
  const parsed = parseFunctionIdentifier(functionName);
  const identifier = parsed.ok ? parsed.identifier : undefined;
  const name = identifier?.name.text ?? functionName;
  const alias = qualifier ?? identifier?.qualifier?.text;
  const names = [
    functionName,
    name,
    alias,
    alias && `${name}:${alias}`,
    accountId,
    profile,
    environment,
  ];
  return names.filter((one): one is string => Boolean(one));
}

function couldNameAccount(pattern: string): boolean {
  return /^[\d*?]+$/.test(pattern.trim()) && /\d/.test(pattern);
}

/** The characters of a pattern in lower case; `*` and `?` stand for others. */
function toAutomaton(pattern: string): Automaton {
  const single = pattern.trim().toLowerCase().replaceAll(/\*+/g, '*');
  const characters = Array.from(single, (character) => {
    if (character === '*') return zeroOrMore(anyCharacter);
    return character === '?' ? [anyCharacter] : text(character);
  });
  return new Automaton(characters.flat());
}
