import { createInterface } from 'node:readline/promises';
import { askingPattern } from '../../core/guard';
import type { Connection } from '../../core/invocation/connection';

/** What a command needs of its process. */
export interface Terminal {
  /** How the program is called, for its usage. */
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly input: NodeJS.ReadStream;
  /** Lines without their line feed. */
  out(text: string): void;
  error(text: string): void;
  /** Replaces the last line of progress. Only where somebody looks. */
  readonly showProgress?: ((text: string) => void) | undefined;
  /** Calls back for Ctrl+C and for a wish of the system that we end. */
  onInterrupt(interrupted: () => void): void;
}

/** What a setting of the editor asks for before production, and a command as well. */
const confirmPatterns = ['*prod*'];

/** Asks before production where somebody can answer; elsewhere `--yes` has to say so. */
export async function mayGoThere(
  {
    functionName,
    qualifier,
    yes,
  }: {
    readonly functionName: string;
    readonly qualifier: string | undefined;
    readonly yes: boolean;
  },
  { profile, accountId }: Connection,
  terminal: Terminal,
): Promise<boolean> {
  const pattern = askingPattern(confirmPatterns, { functionName, qualifier, accountId, profile });
  if (pattern === undefined || yes) return true;
  if (!terminal.input.isTTY) {
    terminal.error(`${functionName} matches "${pattern}". To send to production, add --yes.`);
    return false;
  }
  const answer = await ask(terminal, `${functionName} matches "${pattern}". Send? [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}

/** Asks whoever sits at the terminal. */
export async function ask({ input }: Terminal, question: string): Promise<string> {
  const questions = createInterface({ input, output: process.stderr });
  try {
    return await questions.question(question);
  } finally {
    questions.close();
  }
}
