import { buffer } from 'node:stream/consumers';
import { resolveConnection } from '../../aws/connection';
import { explainError } from '../../aws/errors';
import { invoke as sendEvent } from '../../aws/invoke';
import { asksForHelp, UsageError } from '../../cli/arguments';
import { fileLimitBytes } from '../../core/fileLimits';
import { oneLine } from '../../core/foreignText';
import type { Connection } from '../../core/invocation/connection';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { InvokeApi, Outcome, OutcomeKind } from '../../core/invocation/outcome';
import { apiFor } from '../../core/invocationHeaders';
import { sendingFault } from '../../core/payload/sendingFault';
import { needsEditor } from '../../core/payload/variables';
import { payloadBytes } from '../../core/payload/size';
import { headersOf, type Target } from '../../core/target';
import { unreadText } from '../../files/fileReading';
import { payloadFolder, targetOfFile } from '../../files/payloadFolder';
import { readFileIn } from '../../files/readFile';
import { utf8Text } from '../../files/utf8Text';
import { type InvokeArguments, readInvokeArguments, usage } from './invokeArguments';
import { ask, mayGoThere, type Terminal } from './terminal';

const exitCodes: Readonly<Record<OutcomeKind, number>> = {
  accepted: 0,
  rejected: 1,
  notSent: 1,
  unknown: 3,
};

/** One event, complete: nothing is left to look up. */
interface Event extends InvokeArguments {
  readonly functionName: string;
  readonly api: InvokeApi;
  readonly payload: string;
}

/** Why an event stays here, and what to do about it. */
class NotSent extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly remedy = '',
  ) {
    super(message);
  }
}

/**
 * Sends one event.
 * @param words what follows `invoke`
 * @returns the exit code, as the usage has it
 */
export async function invoke(words: readonly string[], terminal: Terminal): Promise<number> {
  if (asksForHelp(words)) {
    terminal.out(usage(terminal.program));
    return 0;
  }
  try {
    const outcome = await outcomeOf(readInvokeArguments(words), terminal);
    terminal.out(JSON.stringify(outcome, null, 2));
    return exitCodes[outcome.kind];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.error(`${oneLine(error.message)}\n\n${usage(terminal.program)}`);
    return 2;
  }
}

async function outcomeOf(given: InvokeArguments, terminal: Terminal): Promise<Outcome> {
  let known = given;
  try {
    const payload = given.payload ?? (await payloadOf(given.file, terminal));
    known = { ...given, payload };
    const event = complemented({ ...given, payload }, await targetOf(given.file));
    known = event;
    return await send(event, terminal);
  } catch (error) {
    if (!(error instanceof NotSent || error instanceof ConnectionError)) throw error;
    const { name, message, remedy } = error;
    terminal.error(oneLine(`Not sent. ${message} ${remedy}`.trimEnd()));
    return {
      kind: 'notSent',
      api: known.api ?? 'Invoke',
      functionName: known.functionName ?? '',
      error: { name, message },
      durationMs: 0,
      payloadBytes: payloadBytes(known.payload ?? ''),
      attempts: 0,
    };
  }
}

async function send(event: Event, terminal: Terminal): Promise<Outcome> {
  const { api, payload, functionName, dryRun } = event;
  const connection = await resolveConnection({
    ...event,
    functionIdentifier: functionName,
    environment: terminal.environment,
  });
  const fault = sendingFault(payload, dryRun ? 'Invoke' : api);
  if (fault) throw new NotSent('InvalidPayload', fault.message, 'Fix the payload, then try again.');
  if (!dryRun && !(await mayGoThere(event, connection, terminal))) {
    throw new NotSent('NotConfirmed', 'Sending to production was not confirmed.');
  }
  const interruption = new AbortController();
  terminal.onInterrupt(() => interruption.abort());
  const outcome = await sendEvent(connection, event, {
    signal: interruption.signal,
    onAttempt: (n, delayMs, reason) =>
      terminal.error(oneLine(`Attempt ${n} in ${Math.round(delayMs)} ms, since ${reason}`)),
    // Without it, the error says that a code is needed.
    ...(terminal.input.isTTY && {
      mfaCode: async (serial: string) => ask(terminal, `MFA code of ${serial}: `),
    }),
  });
  terminal.error(oneLine(wordsOf(outcome, connection)));
  return outcome;
}

function wordsOf(outcome: Outcome, connection: Connection): string {
  const { kind, status, requestId = '' } = outcome;
  if (status === 204) return 'Permitted. Nothing was queued.';
  if (kind === 'accepted') {
    return `Accepted: the event is queued, the function has not run yet. Request ID ${requestId}`;
  }
  const heading = { rejected: 'Rejected.', notSent: 'Not sent.', unknown: 'Unknown.' }[kind];
  const { cause, remedy } = explainError(outcome, connection);
  return `${heading} ${/[.!?…]$/.test(cause) ? cause : `${cause}.`} ${remedy}`;
}

/** Where a file goes that no option sends elsewhere. */
async function targetOf(file: string | undefined): Promise<Target | undefined> {
  if (file === undefined || file === '-') return undefined;
  const reading = await targetOfFile(file, payloadFolder(file));
  if (reading.kind === 'target' && !reading.target?.variables) return reading.target;
  if (reading.kind === 'target')
    throw new NotSent('HasVariables', needsEditor(file), 'Send it from the editor.');
  throw new NotSent(
    'TargetsError',
    `Nobody can say where ${file} goes. ${reading.reason}`,
    'Fix the file of targets, then try again.',
  );
}

function complemented(
  given: InvokeArguments & { readonly payload: string },
  target: Target | undefined,
): Event {
  const functionName = given.functionName ?? target?.function;
  if (functionName === undefined) {
    throw new UsageError('The file has no target. Specify the function with --function.');
  }
  const headers = headersOf(given, target);
  return {
    ...given,
    ...headers,
    functionName,
    api: apiFor(given.api ?? target?.api ?? 'Invoke', headers),
    profile: given.profile ?? target?.profile,
    region: given.region ?? target?.region,
  };
}

async function payloadOf(file: string | undefined, { input }: Terminal): Promise<string> {
  const bytes = file === '-' ? await buffer(input) : await bytesOf(file ?? '');
  const text = utf8Text(bytes);
  if (text !== undefined) return text;
  throw new NotSent(
    'PayloadError',
    `${file === '-' ? 'Standard input' : file} is not UTF-8 text, and Lambda accepts only UTF-8 JSON.`,
    'Save it as UTF-8, then try again.',
  );
}

async function bytesOf(file: string): Promise<Uint8Array> {
  const reading = await readFileIn(undefined, file, fileLimitBytes.payload);
  if (reading.kind === 'content') return reading.bytes;
  throw new NotSent('PayloadError', `${file} cannot be read. ${unreadText(reading)}`);
}
