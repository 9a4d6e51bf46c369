import * as l10n from '@vscode/l10n';
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { AwsCredentialIdentity } from '@smithy/types';
import { ConnectionError } from '../core/invocation/connectionError';

/** As much as Node's `exec`, and with it the SDK, takes. */
const longestOutputBytes = 1024 * 1024;

/** What is looked at of a program's complaints. */
const longestComplaintBytes = 64 * 1024;

/** How long output is waited for once the program is gone, because a child of it may hold the pipe open. */
const lastOutputMs = 1000;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly complaint: string;
}

/**
 * Runs a profile's `credential_process` in the shell, as the AWS CLI does, and reads the credentials that it prints.
 * When `signal` ends, or more than 1 MB is printed, the program and all its children are ended; on Linux and macOS
 * they also end with this process, however that ends.
 * @throws ConnectionError `CredentialProcessFailed`, which quotes nothing that the program or its arguments say: it may
 *   be a secret. Else the signal's reason.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export async function credentialsOfProcess(
  commandLine: string,
  { environment, signal }: { environment: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<AwsCredentialIdentity> {
  const program = nameOf(commandLine);
  const { code, signal: killer, output, complaint } = await run(commandLine, environment, signal);
  const problem = code === 0 ? undefined : endWords(program, code, killer);
  if (problem) throw failed(problem, complaint);
  if (output.trim() === '') {
    throw failed(l10n.t('{0} printed nothing, though it exited with code 0.', program), complaint);
  }
  return credentialsIn(output, program);
}

/**
 * What a message calls the program: without its folder, and without a name where the first word is not certain to be
 * one. `PASSWORD=… helper` begins with a secret.
 */
function nameOf(commandLine: string): string {
  const [, quoted, bare] = /^\s*(?:"([^"]+)"|([^\s"']+))(?=\s|$)/.exec(commandLine) ?? [];
  const name = (quoted ?? bare)?.split(/[/\\]/).at(-1);
  const isName = name && /^[\w.+ -]{1,64}$/.test(name);
  return isName ? `credential_process (${name})` : 'credential_process';
}

async function run(
  commandLine: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Ended> {
  signal.throwIfAborted();
  const child = start(commandLine, environment);
  const program = nameOf(commandLine);
  const output: Buffer[] = [];
  const complaint: Buffer[] = [];
  let grace: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Ended>((resolve, reject) => {
      const end = (code: number | null, killer: NodeJS.Signals | null) =>
        resolve({
          code,
          signal: killer,
          output: Buffer.concat(output).toString('utf8'),
          complaint: Buffer.concat(complaint).toString('utf8'),
        });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      collect(child.stdout, output, longestOutputBytes, () =>
        reject(failed(l10n.t('{0} printed more than 1 MB.', program))),
      );
      collect(child.stderr, complaint, longestComplaintBytes);
      child.on('error', ({ name, code = name }: NodeJS.ErrnoException) =>
        reject(failed(l10n.t('{0} could not be started: {1}.', program, code))),
      );
      child.on('close', end);
      child.on('exit', (code, killer) => {
        allIsWell(child);
        grace = setTimeout(end, lastOutputMs, code, killer);
      });
    });
  } catch (error) {
    endWithChildren(child);
    throw error;
  } finally {
    clearTimeout(grace);
    release(child);
  }
}

/**
 * Watches the pipe that only we hold: a line on it means that all went well, its end that we are gone. The shell's
 * process group is its own, so that signal 9 to group 0 ends the program and its children.
 */
const watcher = '{ read -r _ <&3 || kill -9 0; } </dev/null >/dev/null 2>&1 &\nexec 3<&-\n';

const onWindows = process.platform === 'win32';

function start(commandLine: string, environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(onWindows ? commandLine : watcher + commandLine, {
    shell: true,
    env: environment,
    detached: !onWindows,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe', onWindows ? 'ignore' : 'pipe'],
  });
  // What is written to a pipe whose reader is gone fails, and that is no news.
  for (const stream of child.stdio) stream?.on('error', () => {});
  return child;
}

/** Sends the watcher away: a child that the program left running on purpose stays. */
function allIsWell(child: ChildProcess): void {
  const lifeline = child.stdio[3];
  if (lifeline && 'end' in lifeline) lifeline.end('\n');
}

/** Lets go of what may still be open; the watcher, where it still waits, is gone with the group. */
function release(child: ChildProcess): void {
  child.stdio[3]?.destroy();
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function endWithChildren({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (onWindows) {
    const options = { stdio: 'ignore', windowsHide: true } as const;
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], options).on('error', () => {});
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group has ended by itself.
  }
}

/** Keeps the first bytes of a stream and reads on, so that the program is not held up. */
function collect(
  stream: Readable | null,
  chunks: Buffer[],
  limit: number,
  onOverflow?: () => void,
): void {
  let length = 0;
  stream?.on('data', (chunk: Buffer) => {
    if (length + chunk.length > limit) onOverflow?.();
    if (length < limit) chunks.push(chunk.subarray(0, limit - length));
    length += chunk.length;
  });
}

function endWords(program: string, code: number | null, killer: NodeJS.Signals | null): string {
  if (code === 127) return l10n.t('{0} was not found (exit code 127).', program);
  return code === null
    ? l10n.t('{0} was terminated by {1}.', program, killer ?? '?')
    : l10n.t('{0} exited with code {1}.', program, code);
}

/** What the program printed, in the AWS CLI's format of version 1. */
function credentialsIn(output: string, program: string): AwsCredentialIdentity {
  const printed = jsonObject(output);
  if (!printed) throw failed(l10n.t('{0} did not print a JSON object.', program));
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration, AccountId } = printed;
  if (Version !== 1) throw failed(l10n.t('{0} did not print "Version": 1.', program));
  if (!isText(AccessKeyId) || !isText(SecretAccessKey)) {
    throw failed(l10n.t('{0} did not print AccessKeyId and SecretAccessKey.', program));
  }
  const expiration = isText(Expiration) ? new Date(Expiration) : undefined;
  if (expiration && !(expiration.getTime() > Date.now())) {
    throw failed(l10n.t('{0} printed credentials that have expired.', program));
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(isText(SessionToken) && { sessionToken: SessionToken }),
    ...(expiration && { expiration }),
    ...(isText(AccountId) && { accountId: AccountId }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function failed(problem: string, complaint = ''): ConnectionError {
  const asksToSignIn = /\bexpired|\b(sign|log)[ -]?(in|on)\b/i.test(complaint);
  const hint = asksToSignIn ? ` ${l10n.t('You may need to sign in again.')}` : '';
  return new ConnectionError('CredentialProcessFailed', problem + hint, processRemedy());
}

export function processRemedy(): string {
  return l10n.t(
    'Run the profile’s credential_process in a terminal: its output is not shown here, because it may contain secrets.',
  );
}
