import type { Outcome } from '../invocation/outcome';
import type { RunReason } from './run';

/** What became of an attempt at one of many events. */
interface Attempt extends Pick<Outcome, 'kind' | 'status' | 'error'> {
  /** Certainly not queued, and worth another try. */
  readonly resend: boolean;
}

/**
 * What a run does after an attempt at a line:
 * - `settle`: the line is done.
 * - `again`: it was certainly not queued, or runs once however often it is sent; it is sent again, more slowly or when
 *   the network is back.
 * - `pause`, `stop`: neither is this line done, nor would another be.
 */
export type Verdict =
  | { readonly kind: 'settle' }
  | { readonly kind: 'again'; readonly because: Hindrance }
  | { readonly kind: 'pause' | 'stop'; readonly reason: RunReason };

/**
 * `renewed`: with credentials that were replaced meanwhile, nothing is in the way any more.
 * `unknown`: it may have been queued, and runs once all the same.
 */
export type Hindrance = 'throttled' | 'network' | 'cancelled' | 'renewed' | 'unknown';

/** Errors with 403 that new credentials mend. */
const expired = /^(ExpiredToken|RequestExpired|UnrecognizedClient|InvalidClientTokenId)/;

/** A system's code for what ends a connection before it stands. */
const systemCode = /^E[A-Z_]+$/;

/**
 * What follows from an attempt at a line, whatever came before.
 * @param runsOnce whether a line runs once however often it is sent
 */
export function verdictOf(sent: Attempt, runsOnce = false): Verdict {
  const { kind, error, status, resend } = sent;
  const name = error?.name ?? '';
  if (kind === 'unknown' && runsOnce) return { kind: 'again', because: 'unknown' };
  if (kind === 'notSent') return notSent(name);
  if (kind !== 'rejected') return { kind: 'settle' };
  if (resend) return { kind: 'again', because: status === 403 ? 'renewed' : 'throttled' };
  if (expired.test(name)) return { kind: 'pause', reason: 'credentials' };
  if (status === 403) return { kind: 'stop', reason: 'denied' };
  if (status === 404) return { kind: 'stop', reason: 'notFound' };
  return { kind: 'settle' };
}

function notSent(name: string): Verdict {
  if (name === 'Cancelled') return { kind: 'again', because: 'cancelled' };
  if (name.startsWith('Credentials')) return { kind: 'pause', reason: 'credentials' };
  if (name === 'TimedOut' || systemCode.test(name)) return { kind: 'again', because: 'network' };
  return { kind: 'stop', reason: 'configuration' };
}
