import { parseArgs, type ParseArgsConfig } from 'node:util';
import { closest } from '../core/functionIdentifier/closest';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The command line cannot be run; the message says why. */
export class UsageError extends Error {}

/** An option with a value, and one without. */
export const withValue = { type: 'string' } as const;
export const flag = { type: 'boolean' } as const;

/**
 * The options and what stands between them. Whatever follows `--` is no option.
 * @throws {UsageError} for an option that is not known, or has a value too few or too many
 */
export function readWords<const Known extends Options>(words: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(reasonOf(error, Object.keys(options)));
  }
}

/** Whether only the usage is wanted, whatever else is wrong with the words. */
export function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end < 0 ? words : words.slice(0, end)).some((word) => word === '--help' || word === '-h');
}

/** The name that is meant by one that there is not, for the end of a message. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = closest(word, known, 1 + Math.floor(word.length / 4));
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}

/** Node's words, without its advice on file names that begin with a dash. */
function reasonOf(error: unknown, known: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = /^Unknown option '(?<option>-[^']*)'/.exec(message);
  if (!unknown) return message;
  const names = known.map((name) => `--${name}`);
  return `${unknown[0]}.${didYouMean(unknown[1] ?? '', names)}`;
}

/**
 * A number above 0.
 * @throws {UsageError}
 */
export function positive(option: string, given: string | undefined, usual: number): number {
  if (given === undefined) return usual;
  const number = Number(given);
  if (Number.isFinite(number) && number > 0) return number;
  throw new UsageError(`${option} must be a number above 0, not ${given}.`);
}
