import type { AwsCredentialIdentity } from '@smithy/types';
import { unlessAborted } from './limits';

/** Credentials are looked up again this long before they expire, in milliseconds, as in the SDK. */
const earlyMs = 5 * 60_000;

/** Shortest time between two searches while the source returns credentials that are about to expire. */
const pauseMs = 60_000;

interface Search {
  readonly found: Promise<AwsCredentialIdentity>;
  readonly ended: AbortController;
  waiting: number;
}

/** Credentials for many events: looked up once, again before they expire, and when the service rejects them. */
export class KeptCredentials {
  private current: AwsCredentialIdentity | undefined;
  private searchAgainAt = 0;
  private search: Search | undefined;
  private readonly closed = new AbortController();

  constructor(private readonly find: (signal: AbortSignal) => Promise<AwsCredentialIdentity>) {}

  /** @throws what `find` throws, unless those found before have not expired yet; the signal's reason. */
  async get(signal?: AbortSignal): Promise<AwsCredentialIdentity> {
    this.closed.signal.throwIfAborted();
    const { current } = this;
    if (current && Date.now() < this.searchAgainAt) return current;
    try {
      return await this.searchFor(signal);
    } catch (error) {
      if (signal?.aborted || !current?.expiration || current.expiration.getTime() <= Date.now()) {
        throw error;
      }
      this.searchAgainAt = Date.now() + pauseMs;
      return current;
    }
  }

  /** To be called when the service rejects credentials: looks them up again and returns whether they have changed. */
  async replaced(refused: AwsCredentialIdentity, signal?: AbortSignal): Promise<boolean> {
    if (this.current === refused) this.current = undefined;
    try {
      const { accessKeyId, secretAccessKey, sessionToken } = await this.get(signal);
      return (
        accessKeyId !== refused.accessKeyId ||
        secretAccessKey !== refused.secretAccessKey ||
        sessionToken !== refused.sessionToken
      );
    } catch {
      return false;
    }
  }

  /** Ends a search that is under way; no other begins. */
  close(): void {
    this.closed.abort();
    this.search?.ended.abort();
    this.search = undefined;
  }

  /** All events share one search; it is cancelled when the last of them is. */
  private async searchFor(signal: AbortSignal | undefined): Promise<AwsCredentialIdentity> {
    const search = (this.search ??= this.begin());
    search.waiting++;
    try {
      return await unlessAborted(() => search.found, signal);
    } finally {
      search.waiting--;
      if (search.waiting === 0) {
        search.ended.abort();
        if (this.search === search) this.search = undefined;
      }
    }
  }

  private begin(): Search {
    const ended = new AbortController();
    const found = this.find(ended.signal).then((credentials) => {
      this.current = credentials;
      const expiresAt = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
      this.searchAgainAt = Math.max(Date.now() + pauseMs, expiresAt - earlyMs);
      return credentials;
    });
    // Those who wait get the error; there may be none left.
    found.catch(() => {});
    return { found, ended, waiting: 0 };
  }
}
