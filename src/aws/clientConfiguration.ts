import type { AwsCredentialIdentity } from '@smithy/types';
import type { Connection } from '../core/invocation/connection';
import { configuredEndpoint, type ServiceKey } from './endpoint';
import { wayOutOf } from './proxy';
import { ReadingHandler } from './readingHandler';
import { readSharedConfig } from './sharedConfig';

/** What ends a request that only reads. */
export interface ReadingLimits {
  /** Cancels. */
  readonly signal?: AbortSignal | undefined;
  /** For each request, in milliseconds; the connection's unless told. */
  readonly timeoutMs?: number | undefined;
}

/** Everything that the SDK would otherwise look up by itself, so that requests go where the connection says. */
export function clientConfiguration(
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

/** @throws ConnectionError when a file of certificates is broken. */
export async function readingHandler(
  connection: Connection,
  { signal, timeoutMs = connection.timeoutMs }: ReadingLimits = {},
): Promise<ReadingHandler> {
  return new ReadingHandler({ wayOut: await wayOutOf(connection), timeoutMs, signal });
}

/**
 * The endpoint that the environment or the config name for a service; undefined for AWS's own.
 * @throws ConnectionError for a broken configuration.
 */
export async function serviceEndpoint(
  { environment, profile = 'default' }: Connection,
  service: ServiceKey,
): Promise<string | undefined> {
  const config = await readSharedConfig(environment);
  return configuredEndpoint(service, environment, config.profiles.get(profile) ?? {}, config)?.url;
}
