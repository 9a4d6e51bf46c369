import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repository } from './repository';
import type { RunSummary } from '../../src/core/fileRun/run';

export interface SendFileProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  /** `null` after a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What it printed, when it came so far. */
  readonly summary: (RunSummary & { readonly journal: string }) | undefined;
}

/** Starts `dist/sendFile.js send` with made-up credentials, and nothing else of this process's environment. */
export function startSendFile(
  words: readonly string[],
  { input, environment = {} }: { input?: string; environment?: Record<string, string> } = {},
): SendFileProcess {
  const child = spawn(process.execPath, [join(repository, 'dist/sendFile.js'), 'send', ...words], {
    env: {
      PATH: process.env['PATH'],
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
      ...environment,
    },
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const outputs = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const ended = outputs.then(([stdout, stderr]) => ({
    code: child.exitCode,
    stdout,
    stderr,
    summary: stdout.startsWith('{') ? (JSON.parse(stdout) as Ended['summary']) : undefined,
  }));
  return { child, ended };
}
