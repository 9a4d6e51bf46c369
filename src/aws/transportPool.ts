import { createHash } from 'node:crypto';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Connection } from '../core/invocation/connection';
import { longestIdleMs } from './keptSockets';
import { type SentEvent, Transport } from './transport';

/** Somebody who sends to many endpoints in turns keeps connections to the last ones. */
const mostIdle = 4;

interface Idle {
  readonly key: string;
  readonly transport: Transport;
  readonly timer: NodeJS.Timeout;
}

const idle: Idle[] = [];

/**
 * Lends a transport to one event: the one of the last event with the same connection and credentials, if that was sent
 * within the last seconds, else a new one. It comes back once the event was answered; otherwise it is closed.
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

/** Everything that decides where an event goes, how, and as whom. A hash, for there are secrets among it. */
function keyOf(connection: Connection, credentials: AwsCredentialIdentity | undefined): string {
  const { accountId: _, regionSource: __, endpointSource: ___, ...way } = connection;
  return createHash('sha256')
    .update(JSON.stringify([way, credentials?.accessKeyId, credentials?.sessionToken]))
    .digest('hex');
}
