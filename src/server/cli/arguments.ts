/** What `--check` is told on the command line. */
export interface CheckArguments {
  /** Files and folders, as they were given. */
  readonly paths: readonly string[];
  readonly fix: boolean;
  readonly sarif: boolean;
}

export const usage = `Usage: node server.js --check PATH… [--fix] [--sarif]

Finds uses of the deprecated Lambda API InvokeAsync in files and folders; what git ignores is left out.

  --fix    replaces what certainly can be replaced, and tells of what is left
  --sarif  prints SARIF 2.1.0, for code-scanning services

Exits with 0 when nothing was found, with 1 when something was, with 2 when it cannot be run like this, or when a file
could not be written: that keeps its uses, and stays as it was. A run that is killed leaves every file whole, and at
most a .invoke-async-….tmp beside one, which can be deleted.`;

/** @throws {UsageError} */
export function readCheckArguments(words: readonly string[]): CheckArguments {
  const end = words.indexOf('--');
  const options = (end < 0 ? words : words.slice(0, end)).filter((word) => word.startsWith('-'));
  const unknown = options.find((option) => !['--check', '--fix', '--sarif'].includes(option));
  if (unknown !== undefined) throw new UsageError(`Unknown option ${unknown}.`);
  const paths = words.filter((word, index) => !word.startsWith('-') || (end >= 0 && index > end));
  if (paths.length === 0) throw new UsageError('No file or folder is named.');
  return { paths, fix: options.includes('--fix'), sarif: options.includes('--sarif') };
}

/** The command line cannot be run; the message says why. */
export class UsageError extends Error {}
