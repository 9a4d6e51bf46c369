import * as l10n from '@vscode/l10n';
import { ConnectionError } from '../core/invocation/connectionError';

/** What ends the search for credentials. */
export interface Limits {
  /** For each step that no person takes part in, in milliseconds. */
  readonly timeoutMs: number;
  /** Cancels. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What `work` comes to, unless it is cancelled first or takes longer than its limit. Its signal ends then too; work that
 * does not listen to it is no longer waited for.
 * @param who in words, for the message: `AWS STS`
 * @throws the signal's reason when cancelled; ConnectionError `CredentialsTimedOut` at the limit.
 */
export async function withinLimits<T>(
  work: (signal: AbortSignal) => Promise<T>,
  who: string,
  { timeoutMs, signal }: Limits,
): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(timedOut(who, timeoutMs)), timeoutMs);
  try {
    const both = signal ? AbortSignal.any([signal, limit.signal]) : limit.signal;
    return await unlessAborted(() => work(both), both);
  } finally {
    clearTimeout(timer);
  }
}

/** What `work` comes to, unless the signal ends the wait for it. */
export async function unlessAborted<T>(
  work: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return work();
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    void work()
      .then(resolve, (error: unknown) => reject(signal.aborted ? signal.reason : error))
      .finally(() => signal.removeEventListener('abort', stop));
  });
}

function timedOut(who: string, timeoutMs: number): ConnectionError {
  return new ConnectionError(
    'CredentialsTimedOut',
    l10n.t('{who} returned no credentials within {seconds} s.', { who, seconds: timeoutMs / 1000 }),
    l10n.t('Check the network, sign in beforehand, or raise the setting invokeAsync.timeout.'),
  );
}
