import { check } from './check';

/**
 * The checks for CI, and sets the exit code.
 * @param program how the command is called, for its usage
 */
export async function runCheck(words: readonly string[], program: string): Promise<void> {
  try {
    process.exitCode = await check(words, {
      program,
      out: (text) => process.stdout.write(`${text}\n`),
      error: (text) => process.stderr.write(`${text}\n`),
    });
  } catch (error) {
    // Not 1, which would tell a CI job that uses were found.
    process.exitCode = 2;
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
}
