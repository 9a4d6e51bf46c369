import type { AwsCredentialIdentity } from '@smithy/types';
import type { Connection } from '../core/invocation/connection';
import { forgetSessions, type MfaCode } from './assumeRole';
import { findCredentials } from './credentials';
import type { EventToSend } from './eventRequests';
import { KeptCredentials } from './keptCredentials';
import { unlessAborted } from './limits';
import { Transport } from './transport';
import { keyOf } from './transportPool';
import type { SentEvent } from './verdict';

export type { EventToSend } from './eventRequests';
export type { SentEvent } from './verdict';

export interface SenderOptions {
  /** Events under way at once, each over its own connection; further ones wait. 16 by default. */
  readonly connections?: number | undefined;
  readonly mfaCode?: MfaCode | undefined;
}

const defaultConnections = 16;

/** Errors that other credentials may avoid. */
const refusals =
  /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch)/;

/** Sends many events over kept connections, with credentials that are looked up once. */
export class Sender {
  private readonly transport: Transport;
  private readonly credentials: KeptCredentials;
  private readonly waiting: (() => void)[] = [];
  private free: number;

  constructor(connection: Connection, { connections, mfaCode }: SenderOptions = {}) {
    this.free = Math.max(1, connections ?? defaultConnections);
    this.transport = new Transport(connection);
    this.credentials = new KeptCredentials((signal) =>
      findCredentials(connection, { mfaCode, signal }),
    );
  }

  /**
   * Makes one request for one event; never retries. Never rejects for what network, service or credentials do. `resend`
   * is also true for an event whose credentials were rejected when there are other ones by now.
   * @param signal cancels; an event that has left is `unknown` then.
   */
  async send(event: EventToSend, signal?: AbortSignal): Promise<SentEvent> {
    let used: AwsCredentialIdentity | undefined;
    let hasTurn = false;
    const prepare = async () => {
      await this.turn(signal);
      hasTurn = true;
      used = await this.credentials.get(signal);
      return used;
    };
    try {
      const result = await this.transport.send(event, prepare, signal);
      const { kind, error } = result;
      if (kind !== 'rejected' || !used || !refusals.test(error?.name ?? '')) return result;
      if (error?.name.startsWith('ExpiredToken')) forgetSessions();
      return { ...result, resend: await this.credentials.replaced(used, signal) };
    } finally {
      if (hasTurn) this.next();
    }
  }

  /** Ends idle and running connections. */
  close(): void {
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
      // Its turn came just now.
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

/** The senders of events that do not all go the same way: one for each profile, region and endpoint. */
export class Senders {
  private readonly senders = new Map<string, Sender>();

  constructor(private readonly options: SenderOptions) {}

  /** Opens no connection yet. */
  of(connection: Connection): Sender {
    const key = keyOf(connection);
    const sender = this.senders.get(key) ?? new Sender(connection, this.options);
    this.senders.set(key, sender);
    return sender;
  }

  close(): void {
    for (const sender of this.senders.values()) sender.close();
  }
}
