/** The options and paths of `--check`. */
export interface CheckArguments {
  /** Files and folders, as given. */
  readonly paths: readonly string[];
  readonly fix: boolean;
  readonly sarif: boolean;
}

export const usage = `Usage: node server.js --check PATH… [--fix] [--sarif]

Finds uses of the deprecated Lambda API InvokeAsync in files and folders.
In folders, files that Git ignores are not searched.

  --fix    apply the fixes that are certain, and report the remaining uses
  --sarif  print SARIF 2.1.0 for code scanning services
  --help   print this help

Skipped files (binary, larger than 4 MB, unreadable, or named but of an unsupported
type) are listed on stderr with the reason, and counted in the summary.

Exit codes:
  0  no uses found (with --fix: none left)
  1  uses found (with --fix: some left)
  2  invalid arguments, or a file could not be written and was left unchanged

A run that is killed leaves every file intact; it may leave a temporary file named
.invoke-async-….tmp, which can be deleted.`;

/** @throws {UsageError} */
export function readCheckArguments(words: readonly string[]): CheckArguments {
  const end = words.indexOf('--');
  const options = (end < 0 ? words : words.slice(0, end)).filter((word) => word.startsWith('-'));
  const unknown = options.find((option) => !['--check', '--fix', '--sarif'].includes(option));
  if (unknown !== undefined) throw new UsageError(`Unknown option ${unknown}.`);
  const paths = words.filter((word, index) => !word.startsWith('-') || (end >= 0 && index > end));
  if (paths.length === 0) throw new UsageError('No file or folder specified.');
  return { paths, fix: options.includes('--fix'), sarif: options.includes('--sarif') };
}

/** The command line cannot be run; the message says why. */
export class UsageError extends Error {}
