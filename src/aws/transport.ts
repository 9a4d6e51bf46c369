import { setImmediate as immediate } from 'node:timers/promises';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Connection } from '../core/invocation/connection';
import { EventRequests, type EventToSend, questionOf } from './eventRequests';
import { keptWayOutOf } from './proxy';
import { type SentEvent, verdictOn } from './verdict';
import { Wire } from './wire';

/** Sends events to one endpoint, over connections that it keeps. */
export class Transport {
  private requests: EventRequests | undefined;
  private way: ReturnType<typeof keptWayOutOf> | undefined;
  private readonly ended = new AbortController();

  constructor(private readonly connection: Connection) {}

  /**
   * One request for one event; never repeats it. Never rejects for what network, service or credentials do.
   * @param findCredentials is asked first; what it throws is an outcome as well.
   */
  async send(
    event: EventToSend,
    findCredentials: () => Promise<AwsCredentialIdentity>,
    signal?: AbortSignal,
  ): Promise<SentEvent> {
    const { connection } = this;
    let wire: Wire | undefined;
    let thrown: unknown;
    try {
      const credentials = await findCredentials();
      this.requests ??= new EventRequests(connection);
      const request = await this.requests.signed(event, credentials);
      const { wayOut } = await this.wayOut();
      // Lets Node see what servers have done to idle connections before one of them is used.
      await immediate();
      this.ended.signal.throwIfAborted();
      wire = new Wire({ wayOut, timeoutMs: connection.timeoutMs, signal });
      const { response } = await wire.handle(request);
      if (response.statusCode >= 400) thrown = await this.requests.errorOf(event, response);
    } catch (error) {
      thrown = error;
    }
    const { stage, answer, certificate } = wire ?? {};
    const question = questionOf(event);
    return verdictOn({ connection, question, stage, answer, certificate, thrown });
  }

  /** Ends its connections, idle and running ones. Nothing is sent any more. */
  close(): void {
    this.ended.abort();
    void this.way?.then(
      ({ close }) => close(),
      () => {},
    );
    this.way = undefined;
  }

  /** Tried again after an error: the certificate file may have been corrected. */
  private wayOut(): ReturnType<typeof keptWayOutOf> {
    if (this.way) return this.way;
    const way = keptWayOutOf(this.connection);
    this.way = way;
    way.catch(() => {
      if (this.way === way) this.way = undefined;
    });
    return way;
  }
}
