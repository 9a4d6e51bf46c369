import type { Connection } from '../core/invocation/connection';
import { isLoopback } from '../core/invocation/loopback';
import {
  clientConfiguration,
  type ReadingLimits,
  readingHandler,
  serviceEndpoint,
} from './clientConfiguration';
import { type CredentialOptions, findCredentials } from './credentials';
import type { ServiceKey } from './endpoint';

export type ReadingOptions = ReadingLimits & CredentialOptions;

/**
 * The configuration of a client that only reads; the SDK may repeat what it asks. A loopback emulator that
 * stands in for Lambda is asked for the other services as well.
 * @throws what the credential provider throws; ConnectionError for a broken configuration.
 */
export async function readingConfig(
  connection: Connection,
  service: ServiceKey,
  options: ReadingOptions = {},
) {
  const endpoint = await readingEndpoint(connection, service);
  const credentials = await findCredentials(connection, options);
  return {
    ...clientConfiguration(connection, credentials, endpoint),
    maxAttempts: 3,
    requestHandler: await readingHandler(connection, options),
  };
}

/**
 * Where a service is asked; undefined for AWS's own endpoint.
 * @throws ConnectionError for a broken configuration.
 */
export async function readingEndpoint(
  connection: Connection,
  service: ServiceKey,
): Promise<string | undefined> {
  const { endpoint: own } = connection;
  return service === 'lambda' || (own && isLoopback(own))
    ? own
    : serviceEndpoint(connection, service);
}
