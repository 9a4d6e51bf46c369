import { createHash } from 'node:crypto';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Connection } from '../core/invocation/connection';
import { longestIdleMs } from './keptSockets';
import { Transport } from './transport';
import type { SentEvent } from './verdict';

/** Transports that wait for a next event at once. */
const mostIdle = 4;

interface Idle {
  readonly key: string;
  readonly transport: Transport;
  readonly timer: NodeJS.Timeout;
}

const idle: Idle[] = [];

/**
 * Lends a transport to one event: one that sent another event with the same connection and credentials in the last 4 s,
 * else a new one. It returns to the pool if there was a response, and is closed otherwise.
 */
export async function lendTransport(
  connection: Connection,
  credentials: AwsCredentialIdentity | undefined,
  send: (transport: Transport) => Promise<SentEvent>,
): Promise<SentEvent> {
  const key = keyOf(connection, credentials);
  const transport = take(key) ?? new Transport(connection);
  const result = await send(transport);
  if (result.status === undefined) transport.close();
  else giveBack(key, transport);
  return result;
}

function take(key: string): Transport | undefined {
  const index = idle.findIndex((one) => one.key === key);
  const [found] = index < 0 ? [] : idle.splice(index, 1);
  clearTimeout(found?.timer);
  return found?.transport;
}

function giveBack(key: string, transport: Transport): void {
  const timer = setTimeout(() => take(key)?.close(), longestIdleMs);
  timer.unref();
  idle.unshift({ key, transport, timer });
  for (const one of idle.splice(mostIdle)) {
    clearTimeout(one.timer);
    one.transport.close();
  }
}

/** Everything that decides where an event goes, how, and as whom; hashed, because it includes secrets. */
export function keyOf(connection: Connection, credentials?: AwsCredentialIdentity): string {
  const { accountId: _, regionSource: __, endpointSource: ___, ...way } = connection;
  return createHash('sha256')
    .update(JSON.stringify([way, credentials?.accessKeyId, credentials?.sessionToken]))
    .digest('hex');
}
