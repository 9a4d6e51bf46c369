import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { resolveConnection } from '../../aws/connection';
import { explainError } from '../../aws/errors';
import type { MfaCode } from '../../aws/assumeRole';
import { readFunctionHealth, readFunctionSettings } from '../../aws/functionHealth';
import { asksForHelp, UsageError } from '../../cli/arguments';
import { capacityWarning, fewEvents, planCapacity } from '../../core/capacity';
import { doneLines, type RunProgress, type RunSummary } from '../../core/fileRun/run';
import { progressText } from '../../core/fileRun/runText';
import { oneLine } from '../../core/foreignText';
import { isQualified } from '../../core/functionIdentifier/qualifier';
import type { Connection } from '../../core/invocation/connection';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { FunctionSettings } from '../../core/invocation/functionHealth';
import { RunError } from '../runError';
import { type BegunRun, FileToSend } from '../sendFile';
import { readSendArguments, type SendArguments, usage } from './arguments';
import { ask, mayGoThere, type Terminal } from './terminal';
import { checkLines, stateLine } from './words';

/** How long a run may be kept waiting for its forecast, in milliseconds. */
const forecastMs = 5000;

/** How often progress is told, in milliseconds: to somebody who looks, and in the log of a job. */
const progressMs = { terminal: 250, log: 10_000 };

/**
 * Sends a file of events.
 * @param words what follows `send`
 * @returns the exit code, as the usage has it
 */
export async function send(words: readonly string[], terminal: Terminal): Promise<number> {
  if (asksForHelp(words)) {
    terminal.out(usage(terminal.program));
    return 0;
  }
  try {
    const given = readSendArguments(words, terminal.environment);
    if (given.file !== '-') return await sendFile(given, terminal);
    return await withStandardInput(terminal, (file) => sendFile({ ...given, file }, terminal));
  } catch (error) {
    if (error instanceof UsageError)
      terminal.error(`${oneLine(error.message)}\n\n${usage(terminal.program)}`);
    else if (error instanceof RunError || error instanceof ConnectionError) {
      terminal.error(oneLine(`${error.message} ${error.remedy}`));
    } else throw error;
    return 2;
  }
}

async function sendFile(given: SendArguments, terminal: Terminal): Promise<number> {
  const { functionName, api } = given;
  const connection = await resolveConnection({
    ...given,
    functionIdentifier: functionName,
    environment: terminal.environment,
  });
  const file = await FileToSend.open(given.file);
  try {
    const check = await file.check({ api });
    for (const line of checkLines(check)) terminal.error(line);
    if (given.dryRun) {
      terminal.out(
        JSON.stringify({ ...check, api, functionName, region: connection.region }, null, 2),
      );
      return check.invalid > 0 ? 1 : 0;
    }
    if (!(await mayGoThere(given, connection, terminal))) return 2;
    const mfaCode = async (serial: string) => ask(terminal, `MFA code of ${serial}: `);
    // A run that goes on is what it began as.
    const settings =
      given.unfinished === 'resume' ? undefined : await settingsOf(given, connection, mfaCode);
    const missing = settings && missingOption(given, settings);
    if (missing !== undefined) {
      terminal.error(oneLine(missing));
      return 2;
    }
    const isDurable = settings?.isDurable;
    const warning = await forecast(check.lines - check.invalid, given, connection);
    if (warning !== undefined) terminal.error(oneLine(`Warning: ${warning}`));
    const begun = await file.begin(
      { ...given, connection, isDurable },
      {
        onState: (progress) =>
          terminal.error(stateLine(progress, explain(progress, given, connection))),
        mfaCode,
      },
    );
    const summary = await follow(begun, terminal);
    terminal.out(JSON.stringify({ ...summary, journal: begun.folder.journal }, null, 2));
    return exitCodeOf(summary);
  } finally {
    await file.close();
  }
}

/** What the function wants of each event; `undefined` where that cannot be read. */
async function settingsOf(
  { functionName, qualifier }: SendArguments,
  connection: Connection,
  mfaCode: MfaCode,
): Promise<FunctionSettings | undefined> {
  const options = { timeoutMs: forecastMs, mfaCode };
  const reading = await readFunctionSettings(connection, { functionName, qualifier }, options);
  return reading.kind === 'known' ? reading.value : undefined;
}

/** What Lambda would reject every line for. */
function missingOption(
  given: SendArguments,
  { isDurable, isolatesTenants }: FunctionSettings,
): string | undefined {
  const { functionName, tenantId } = given;
  if (isDurable && !isQualified(given)) {
    return `${functionName} is durable: its executions run a version or alias. Name it with --qualifier.`;
  }
  if (isolatesTenants && tenantId === undefined) {
    return `${functionName} isolates tenants. Name the tenant of the events with --tenant-id.`;
  }
  return undefined;
}

/** What will go wrong with the events once Lambda has queued them, as far as the credentials may read it. */
async function forecast(
  events: number,
  { functionName, qualifier, rate = Infinity }: SendArguments,
  connection: Connection,
): Promise<string | undefined> {
  if (events < fewEvents) return undefined;
  const options = { timeoutMs: forecastMs, signal: AbortSignal.timeout(forecastMs) };
  const health = await readFunctionHealth(connection, { functionName, qualifier }, options);
  return capacityWarning(planCapacity({ events, rate }, health));
}

/** Tells progress, and stops the run when it is interrupted or cannot go on by itself. */
async function follow(begun: BegunRun, terminal: Terminal): Promise<RunSummary> {
  const { run } = begun;
  let interrupts = 0;
  terminal.onInterrupt(() => {
    interrupts += 1;
    if (interrupts > 1) return run.abort();
    terminal.error('Stopping: waiting for requests under way. Interrupt again to give up on them.');
    run.stop();
  });
  const timer = setInterval(
    () => {
      // There is nobody who could sign in and say so.
      if (run.progress.state === 'paused') run.stop();
      const line = progressText(run.progress);
      if (terminal.showProgress) terminal.showProgress(line);
      else terminal.error(line);
    },
    terminal.showProgress ? progressMs.terminal : progressMs.log,
  );
  try {
    return await begun.toTheEnd();
  } finally {
    clearInterval(timer);
  }
}

function exitCodeOf({ progress }: RunSummary): number {
  const { state, reason, counts, lines } = progress;
  if (state === 'finished') return counts.accepted === lines ? 0 : 1;
  return reason !== 'user' && doneLines(counts) === 0 ? 2 : 130;
}

/** The words for what the network, the service, or the credentials did. */
function explain(
  { error, reason }: RunProgress,
  { api, functionName }: SendArguments,
  connection: Connection,
) {
  if (!error) return undefined;
  if (reason === 'journal' || reason === 'fileChanged') return { cause: error.message, remedy: '' };
  const outcome = { kind: 'rejected', durationMs: 0, payloadBytes: 0, attempts: 1 } as const;
  return explainError({ ...outcome, api, functionName, error }, connection);
}

/** Keeps standard input in a file while it is sent: it can be read only once. */
async function withStandardInput(
  terminal: Terminal,
  action: (path: string) => Promise<number>,
): Promise<number> {
  terminal.error('Reading standard input. This run cannot be resumed.');
  const folder = await mkdtemp(join(tmpdir(), 'lambda-invoke-async-'));
  try {
    const path = join(folder, 'standard-input.jsonl');
    await pipeline(terminal.input, createWriteStream(path, { mode: 0o600 }));
    return await action(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
