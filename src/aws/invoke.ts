import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../core/invocation/connection';
import type { Outcome } from '../core/invocation/outcome';
import { apiFor } from '../core/invocationHeaders';
import { forgetSessions, type MfaCode } from './assumeRole';
import { findCredentials } from './credentials';
import type { EventToSend } from './eventRequests';
import type { Sender } from './sender';
import type { SentEvent } from './verdict';
import { lendTransport } from './transportPool';

export interface InvokeRequest extends Omit<EventToSend, 'payload'> {
  /** Sent as UTF-8, byte for byte. */
  readonly payload: string;
}

export interface InvokeHooks {
  /** Cancels. On the wire that makes the outcome `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /** Before attempt `n` (2 or 3) is made by itself, after a pause of `delayMs`. */
  readonly onAttempt?: ((n: number, delayMs: number, reason: string) => void) | undefined;
  readonly mfaCode?: MfaCode | undefined;
  /** One of many events: carried by who carries the others. */
  readonly sender?: Pick<Sender, 'send'> | undefined;
  /** The pause before attempt `n` in milliseconds; full jitter unless told. */
  readonly backoffMs?: ((n: number) => number) | undefined;
}

/** Requests for one event at most, all but the last certainly not queued. */
export const maxAttempts = 3;

/** Longest pause that a throttled user is kept waiting, whatever the service asks for. */
const longestPauseMs = 20_000;

/**
 * Sends one event and says what became of it. Sends again by itself only after throttling or a refused
 * connection; the SDK's own repetition is off, since it repeats what may already be queued.
 * Never throws for what the network, the service, or missing credentials do: each is an outcome.
 */
export async function invoke(
  connection: Connection,
  request: InvokeRequest,
  hooks: InvokeHooks = {},
): Promise<Outcome> {
  const started = performance.now();
  const payload = Buffer.from(request.payload, 'utf8');
  const api = request.dryRun ? 'Invoke' : apiFor(request.api, request);
  let attempts = 0;
  for (let n = 1; ; n++) {
    const event = { ...request, payload };
    const { sent, resend, pauseMs = 0, kind, ...result } = await attempt(connection, event, hooks);
    if (sent) attempts++;
    const outcome: Outcome = {
      kind,
      api,
      functionName: request.functionName,
      ...result,
      durationMs: performance.now() - started,
      payloadBytes: payload.byteLength,
      attempts,
    };
    if (!resend || n === maxAttempts || !outcome.error) return outcome;
    const delayMs = Math.max(pauseMs, (hooks.backoffMs ?? fullJitter)(n + 1));
    if (hooks.signal?.aborted || delayMs > longestPauseMs) return outcome;
    hooks.onAttempt?.(n + 1, delayMs, `${outcome.error.name}: ${outcome.error.message}`);
    try {
      await sleep(delayMs, undefined, { signal: hooks.signal });
    } catch {
      return outcome;
    }
  }
}

/** Credentials are looked up for each that is sent alone: whoever sends one event after the other may have signed in between. */
async function attempt(
  connection: Connection,
  event: EventToSend,
  hooks: InvokeHooks,
): Promise<SentEvent> {
  const { signal, sender } = hooks;
  if (sender) return sender.send(event, signal);
  const search = findCredentials(connection, hooks);
  const credentials = await search.catch(() => undefined);
  const result = await lendTransport(connection, credentials, (transport) =>
    transport.send(event, () => search, signal),
  );
  if (result.error?.name === 'ExpiredTokenException') forgetSessions();
  return result;
}

/** Exponential, at random between nothing and 0.5 s, 1 s, …: clients that were throttled together part ways. */
function fullJitter(n: number): number {
  return Math.random() * 250 * 2 ** (n - 1);
}
