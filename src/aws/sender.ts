import type { AwsCredentialIdentity } from '@smithy/types';
import type { Connection } from '../core/invocation/connection';
import { forgetSessions, type MfaCode } from './assumeRole';
import { findCredentials } from './credentials';
import type { EventToSend } from './eventRequests';
import { KeptCredentials } from './keptCredentials';
import { unlessAborted } from './limits';
import { type SentEvent, Transport } from './transport';

export type { EventToSend } from './eventRequests';
export type { SentEvent } from './transport';

export interface SenderOptions {
  /** Events that are under way at once, each over a connection of its own; further ones wait. */
  readonly connections?: number | undefined;
  readonly mfaCode?: MfaCode | undefined;
}

const defaultConnections = 16;

/** Errors of the service that other credentials would not get. */
const refusals =
  /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch)/;

/** Sends many events with the credentials and the connections of the first. */
export class Sender {
  private readonly transport: Transport;
  private readonly credentials: KeptCredentials;
  private readonly waiting: (() => void)[] = [];
  private readonly ended = new AbortController();
  private free: number;

  constructor(connection: Connection, { connections, mfaCode }: SenderOptions = {}) {
    this.free = connections ?? defaultConnections;
    this.transport = new Transport(connection);
    this.credentials = new KeptCredentials((signal) =>
      findCredentials(connection, { mfaCode, signal }),
    );
  }

  /**
   * One request for one event; never repeats it. Never rejects for what network, service or credentials do. An event
   * whose credentials have been replaced meanwhile is worth another try.
   * @param signal cancels. On the wire that makes the outcome `unknown`.
   */
  async send(event: EventToSend, signal?: AbortSignal): Promise<SentEvent> {
    let used: AwsCredentialIdentity | undefined;
    let hasTurn = false;
    const prepare = async () => {
      await this.turn(signal);
      hasTurn = true;
      this.ended.signal.throwIfAborted();
      used = await this.credentials.get(signal);
      return used;
    };
    try {
      const result = await this.transport.send(event, prepare, signal);
      const { kind, error } = result;
      if (kind !== 'rejected' || !used || !refusals.test(error?.name ?? '')) return result;
      forgetSessions();
      return { ...result, resend: await this.credentials.replaced(used, signal) };
    } finally {
      if (hasTurn) this.next();
    }
  }

  /** Ends idle and running connections. */
  close(): void {
    this.ended.abort();
    this.credentials.close();
    this.transport.close();
    for (const go of this.waiting.splice(0)) go();
  }

  private async turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.free > 0) {
      this.free--;
      return;
    }
    let go = () => {};
    const called = new Promise<void>((resolve) => {
      go = resolve;
    });
    this.waiting.push(go);
    try {
      await unlessAborted(() => called, signal);
    } catch (error) {
      const index = this.waiting.indexOf(go);
      if (index >= 0) this.waiting.splice(index, 1);
      // Its turn came in the same moment.
      else this.next();
      throw error;
    }
  }

  private next(): void {
    const go = this.waiting.shift();
    if (go) go();
    else this.free++;
  }
}
