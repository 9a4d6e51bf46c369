import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Connection } from '../../core/invocation/connection';
import { readingEndpoint, type ReadingOptions } from '../client';
import { clientConfiguration, readingHandler } from '../clientConfiguration';
import type { ServiceKey } from '../endpoint';
import { KeptCredentials } from '../keptCredentials';
import { findCredentials } from '../credentials';
import { StreamedAnswers } from '../streamedAnswers';
import { stepFunctionsError } from './errors';

/** A part of a file may take longer than an event, in milliseconds. */
const partTimeoutMs = 10 * 60_000;

/**
 * The services that an execution takes, with the connection of its events. Every call may be repeated: parts are numbered,
 * executions have names, and all else only reads or sets a value. To be closed after use.
 */
export class StepFunctionsConnection {
  readonly #credentials: KeptCredentials;
  /** Ends every call. */
  readonly signal: AbortSignal | undefined;

  /** @param options `mfaCode` asks the user; without it, a role that needs a code cannot be assumed */
  constructor(
    readonly connection: Connection,
    { signal, mfaCode }: Pick<ReadingOptions, 'mfaCode' | 'signal'> = {},
  ) {
    this.signal = signal;
    this.#credentials = new KeptCredentials((ended) =>
      findCredentials(connection, { signal: ended, mfaCode }),
    );
  }

  close(): void {
    this.#credentials.close();
  }

  /**
   * @param action the IAM action that the call needs
   * @throws {ConnectionError} in words for people
   */
  async s3<Value>(action: string, call: (client: S3Client) => Promise<Value>): Promise<Value> {
    return this.#call(action, async () => {
      const own = await this.#configuration('s3', partTimeoutMs);
      return new S3Client({
        ...own,
        // What stands in for AWS has no host for each bucket.
        forcePathStyle: own.endpoint !== undefined,
        requestHandler: new StreamedAnswers(own.requestHandler),
      });
    })(call);
  }

  /** As `s3`. */
  async sfn<Value>(action: string, call: (client: SFNClient) => Promise<Value>): Promise<Value> {
    return this.#call(action, async () => new SFNClient(await this.#configuration('sfn')))(call);
  }

  /** As `s3`. */
  async cloudFormation<Value>(
    action: string,
    call: (client: CloudFormationClient) => Promise<Value>,
  ): Promise<Value> {
    const create = async () =>
      new CloudFormationClient(await this.#configuration('cloudformation'));
    return this.#call(action, create)(call);
  }

  /** As `s3`. */
  async lambda<Value>(
    action: string,
    call: (client: LambdaClient) => Promise<Value>,
  ): Promise<Value> {
    return this.#call(
      action,
      async () => new LambdaClient(await this.#configuration('lambda')),
    )(call);
  }

  #call<Client extends { destroy(): void }>(action: string, create: () => Promise<Client>) {
    return async <Value>(call: (client: Client) => Promise<Value>): Promise<Value> => {
      let client: Client | undefined;
      try {
        client = await create();
        return await call(client);
      } catch (error) {
        if (this.signal?.aborted) throw this.signal.reason;
        throw stepFunctionsError(error, action, this.connection);
      } finally {
        client?.destroy();
      }
    };
  }

  async #configuration(service: ServiceKey, timeoutMs?: number) {
    const credentials: AwsCredentialIdentity = await this.#credentials.get(this.signal);
    const endpoint = await readingEndpoint(this.connection, service);
    return {
      ...clientConfiguration(this.connection, credentials, endpoint),
      maxAttempts: 3,
      requestHandler: await readingHandler(this.connection, { signal: this.signal, timeoutMs }),
    };
  }
}
