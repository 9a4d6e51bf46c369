import { flag, readWords, UsageError } from '../../cli/arguments';

/** The options and paths of the check. */
export interface CheckArguments {
  /** Files and folders, as given. */
  readonly paths: readonly string[];
  readonly payloads: boolean;
  readonly identifiers: boolean;
  readonly fix: boolean;
  readonly sarif: boolean;
}

/** @param program how the command is called */
export const usage = (program: string) => `Usage: ${program} PATH… [options]

Finds uses of the deprecated Lambda API InvokeAsync in files and folders.
In folders, files that Git ignores are not searched.

  --payloads     also validate payloads, event files and .lambda/targets.json, with their
                 schemas: what lies in .lambda/payloads and in folders named events, and each
                 JSON or JSON Lines file that is named
  --identifiers  also check the names and ARNs of Lambda functions, in all text files
  --fix          replace the uses of InvokeAsync where that is certain, and report the rest
  --sarif        print SARIF 2.1.0 for code scanning services
  --help         print this help

Skipped files (binary, larger than 4 MB, unreadable, or named but of an unsupported
type) are listed on stderr with the reason, and counted in the summary.

Exit codes:
  0  nothing found (with --fix: nothing left)
  1  something found (with --fix: something left)
  2  invalid arguments, or a file could not be written and was left unchanged

A run that is killed leaves every file intact; it may leave a temporary file named
.invoke-async-….tmp, which can be deleted.`;

/** @throws {UsageError} */
export function readCheckArguments(words: readonly string[]): CheckArguments {
  const { values, positionals: paths } = readWords(words, {
    payloads: flag,
    identifiers: flag,
    fix: flag,
    sarif: flag,
  });
  if (paths.length === 0) throw new UsageError('No file or folder specified.');
  const { payloads = false, identifiers = false, fix = false, sarif = false } = values;
  return { paths, payloads, identifiers, fix, sarif };
}
