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
  const { endpoint: own } = connection;
  const endpoint =
    service === 'lambda' || (own && isLoopback(own))
      ? own
      : await serviceEndpoint(connection, service);
  const credentials = await findCredentials(connection, options);
  return {
    ...clientConfiguration(connection, credentials, endpoint),
    maxAttempts: 3,
    requestHandler: await readingHandler(connection, options),
  };
}
