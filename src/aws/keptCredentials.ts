import type { AwsCredentialIdentity } from '@smithy/types';
import { unlessAborted } from './limits';

/** Credentials are looked up again this long before they expire, in milliseconds, as the SDK does it. */
const earlyMs = 5 * 60_000;

/** Between two searches at least, when a source hands out what is about to expire. */
const pauseMs = 60_000;

interface Search {
  readonly found: Promise<AwsCredentialIdentity>;
  readonly ended: AbortController;
  waiting: number;
}

/** Credentials for many events: looked up once, before they expire, and when the service no longer accepts them. */
export class KeptCredentials {
  private current: AwsCredentialIdentity | undefined;
  private searchAgainAt = 0;
  private search: Search | undefined;

  constructor(private readonly find: (signal: AbortSignal) => Promise<AwsCredentialIdentity>) {}

  /** @throws what `find` throws, unless there are some that have not expired; the signal's reason. */
  async get(signal?: AbortSignal): Promise<AwsCredentialIdentity> {
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

  /** Told that the service does not accept some: whether there are others now. */
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

  /** Ends a search that is under way. */
  close(): void {
    this.search?.ended.abort();
    this.search = undefined;
  }

  /** One search for all that wait for it; it ends when nobody does any more. */
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
    // Whoever waits for it gets its error; perhaps nobody does.
    found.catch(() => {});
    return { found, ended, waiting: 0 };
  }
}
