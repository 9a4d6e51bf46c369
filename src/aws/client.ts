import { LambdaClient } from '@aws-sdk/client-lambda';
import type { AwsCredentialIdentity } from '@smithy/types';
import { type Connection, isLoopback } from './connection';
import { findCredentials, type MfaCode } from './credentials';
import { configuredEndpoint, type ServiceKey } from './endpoint';
import { agentsFor } from './proxy';
import { readSharedConfig } from './sharedConfig';
import type { Wire } from './wire';

/** The client for one event: over `wire`, and without the SDK's own repetition. */
export function invokingClient(
  connection: Connection,
  credentials: AwsCredentialIdentity,
  wire: Wire,
): LambdaClient {
  return new LambdaClient({
    ...sharedConfiguration(connection, credentials, connection.endpoint),
    requestHandler: wire,
    maxAttempts: 1,
  });
}

/**
 * The configuration of a client that only reads; the SDK may repeat what it asks. A loopback emulator that
 * stands in for Lambda is asked for the other services as well.
 * @throws what the credential provider throws; ConnectionError for a broken configuration.
 */
export async function readingConfig(
  connection: Connection,
  service: ServiceKey,
  mfaCode?: MfaCode,
) {
  const endpoint = await endpointOf(connection, service);
  return {
    ...sharedConfiguration(connection, await findCredentials(connection, mfaCode), endpoint),
    maxAttempts: 3,
    requestHandler: {
      ...(await agentsFor(endpoint ?? 'https://amazonaws.com', connection)),
      requestTimeout: connection.timeoutMs,
      connectionTimeout: connection.timeoutMs,
      throwOnRequestTimeout: true,
    },
  };
}

async function endpointOf(
  connection: Connection,
  service: ServiceKey,
): Promise<string | undefined> {
  const { endpoint, environment, profile = 'default' } = connection;
  if (service === 'lambda' || (endpoint && isLoopback(endpoint))) return endpoint;
  const config = await readSharedConfig(environment);
  return configuredEndpoint(service, environment, config.profiles.get(profile) ?? {}, config)?.url;
}

/** Everything that the SDK would otherwise look up by itself, so that requests go where the connection says. */
function sharedConfiguration(
  connection: Connection,
  credentials: AwsCredentialIdentity,
  endpoint: string | undefined,
) {
  return {
    region: connection.region,
    credentials,
    useFipsEndpoint: connection.useFipsEndpoint,
    useDualstackEndpoint: connection.useDualstackEndpoint,
    ignoreConfiguredEndpointUrls: true,
    defaultsMode: 'standard',
    retryMode: 'standard',
    ...(endpoint && { endpoint }),
  } as const;
}
