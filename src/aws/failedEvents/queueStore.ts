import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { FailedEventPlace } from '../../core/failedEvents/place';
import type { Connection } from '../../core/invocation/connection';
import { readingConfig, type ReadingOptions } from '../client';
import { readingError } from '../errors';
import { describeError } from '../failure';
import type { FailedEventStore, StoredEvent } from '../../core/failedEvents/store';

export interface QueueOptions extends ReadingOptions {
  /** How long nobody else gets what was read, in seconds; it is renewed in time until the store is closed. */
  readonly holdSeconds?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** Long enough to outlast a slow renewal; short enough to wait for when the editor was killed. */
const usualHoldSeconds = 120;

/** SQS gives and takes no more at once. */
const batchSize = 10;
const pageSize = 100;

/** A queue can have no messages for one request and some for the next: it asks only some of its servers each time. */
const emptyAnswers = 2;

/** What SQS says of a message that was deleted, given back or taken by somebody else. */
const goneErrors = new Set([
  'MessageNotInflight',
  'ReceiptHandleIsInvalid',
  'InvalidParameterValue',
  'InvalidParameterValueException',
]);

interface Held {
  readonly receipt: string;
  /** By the clock of `now`. */
  readonly until: number;
}

/**
 * A queue of SQS. Its messages are held back from others while they are looked at, and given back by `close`; after a
 * crash the queue gives them back by itself.
 */
export class QueueStore implements FailedEventStore {
  hasMore = true;
  readonly #held = new Map<string, Held>();
  readonly #renewal: NodeJS.Timeout;
  #isRenewing = false;

  private constructor(
    private readonly client: SQSClient,
    private readonly url: string,
    private readonly connection: Connection,
    private readonly holdSeconds: number,
    private readonly now: () => number,
  ) {
    this.#renewal = setInterval(() => void this.#renew(), (holdSeconds * 1000) / 2);
    this.#renewal.unref();
  }

  /** @throws ConnectionError when there is no such queue, or it may not be asked for. */
  static async open(
    connection: Connection,
    { name, region = connection.region, accountId }: FailedEventPlace,
    { holdSeconds = usualHoldSeconds, now = Date.now, ...options }: QueueOptions = {},
  ): Promise<QueueStore> {
    const own = { ...connection, region };
    let client: SQSClient | undefined;
    try {
      const config = await readingConfig(own, 'sqs', options);
      client = new SQSClient({ ...config, useQueueUrlAsEndpoint: false });
      const { QueueUrl = '' } = await client.send(
        new GetQueueUrlCommand({
          QueueName: name,
          ...(accountId && { QueueOwnerAWSAccountId: accountId }),
        }),
      );
      return new QueueStore(client, QueueUrl, own, holdSeconds, now);
    } catch (error) {
      client?.destroy();
      throw readingError(error, 'sqs:GetQueueUrl', own);
    }
  }

  async next(): Promise<StoredEvent[]> {
    const found = new Map<string, StoredEvent>();
    let empty = 0;
    try {
      while (found.size < pageSize && empty < emptyAnswers) {
        const until = this.now() + this.holdSeconds * 1000;
        const { Messages = [] } = await this.client.send(
          new ReceiveMessageCommand({
            QueueUrl: this.url,
            MaxNumberOfMessages: batchSize,
            VisibilityTimeout: this.holdSeconds,
            MessageAttributeNames: ['All'],
            // Under its old name: emulators do not know the new one.
            AttributeNames: ['All'],
            // Asks all servers of the queue.
            WaitTimeSeconds: 1,
          }),
        );
        const before = found.size;
        for (const message of Messages) {
          const { MessageId: id = '', ReceiptHandle: receipt = '' } = message;
          const isKnown = this.#held.has(id);
          this.#held.set(id, { receipt, until });
          if (!isKnown) found.set(id, storedEvent(id, message));
        }
        // A queue may deliver what is held already once more.
        if (found.size === before) empty++;
      }
    } catch (error) {
      throw readingError(error, 'sqs:ReceiveMessage', this.connection);
    }
    this.hasMore = empty < emptyAnswers;
    return [...found.values()];
  }

  async claim(id: string): Promise<boolean> {
    const held = this.#held.get(id);
    // After a sleep of the computer, somebody else may have it by now.
    if (!held || held.until <= this.now()) return false;
    const until = this.now() + this.holdSeconds * 1000;
    try {
      await this.client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: this.url,
          ReceiptHandle: held.receipt,
          VisibilityTimeout: this.holdSeconds,
        }),
      );
    } catch (error) {
      if (goneErrors.has(describeError(error).name)) return false;
      throw readingError(error, 'sqs:ChangeMessageVisibility', this.connection);
    }
    this.#held.set(id, { ...held, until });
    return true;
  }

  async remove(id: string): Promise<void> {
    const held = this.#held.get(id);
    if (!held) return;
    try {
      await this.client.send(
        new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle: held.receipt }),
      );
    } catch (error) {
      throw readingError(error, 'sqs:DeleteMessage', this.connection);
    }
    this.#held.delete(id);
  }

  async close(): Promise<void> {
    clearInterval(this.#renewal);
    const held = [...this.#held.entries()];
    this.#held.clear();
    // Whatever cannot be given back comes back by itself.
    await this.#changeVisibility(held, 0).catch(() => undefined);
    this.client.destroy();
  }

  /** Holds what is shown for longer. What cannot be held any more is found out when it is claimed. */
  async #renew(): Promise<void> {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    try {
      const until = this.now() + this.holdSeconds * 1000;
      const held = [...this.#held.entries()].filter(([, one]) => one.until > this.now());
      for (const id of await this.#changeVisibility(held, this.holdSeconds)) {
        const one = this.#held.get(id);
        if (one) this.#held.set(id, { ...one, until });
      }
    } catch {
      // The network is gone; the next renewal may be in time.
    } finally {
      this.#isRenewing = false;
    }
  }

  /** Resolves to the ids of those that SQS has changed. */
  async #changeVisibility(
    held: readonly (readonly [string, Held])[],
    VisibilityTimeout: number,
  ): Promise<string[]> {
    const changed: string[] = [];
    for (let start = 0; start < held.length; start += batchSize) {
      const batch = held.slice(start, start + batchSize);
      const { Successful = [] } = await this.client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: this.url,
          Entries: batch.map(([, { receipt }], index) => ({
            Id: String(index),
            ReceiptHandle: receipt,
            VisibilityTimeout,
          })),
        }),
      );
      for (const { Id } of Successful) {
        const id = batch[Number(Id)]?.[0];
        if (id !== undefined) changed.push(id);
      }
    }
    return changed;
  }
}

function storedEvent(id: string, { Body, Attributes, MessageAttributes }: Message): StoredEvent {
  const attributes = Object.entries(MessageAttributes ?? {}).flatMap(([name, { StringValue }]) =>
    StringValue === undefined ? [] : [[name, StringValue] as const],
  );
  return {
    id,
    message: { body: Body ?? '', attributes: Object.fromEntries(attributes) },
    storedAt: Number(Attributes?.SentTimestamp ?? 0),
  };
}
