import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repository } from './repository';

export interface CommandLine {
  readonly child: ChildProcess;
  readonly ended: Promise<EndedCommand>;
}

export interface EndedCommand {
  /** `null` after a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Of standard input. */
  readonly input?: string;
  readonly folder?: string;
}

/** Made-up credentials, and nothing else of this process's environment. */
export const madeUpEnvironment = {
  PATH: process.env['PATH'],
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
};

/** Starts `dist/cli.js`. */
export function startCommand(
  words: readonly string[],
  { input, folder }: CommandOptions = {},
): CommandLine {
  const child = spawn(process.execPath, [join(repository, 'dist/cli.js'), ...words], {
    env: madeUpEnvironment,
    cwd: folder,
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const outputs = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const ended = outputs.then(([stdout, stderr]) => ({ code: child.exitCode, stdout, stderr }));
  return { child, ended };
}

export async function runCommand(
  words: readonly string[],
  options: CommandOptions = {},
): Promise<EndedCommand> {
  return startCommand(words, options).ended;
}
