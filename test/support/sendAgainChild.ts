/** Sends the failed events of a function again, and is killed by its parent before it removes the first one. */
import { Sender } from '../../src/aws/sender';
import { resolveConnection } from '../../src/aws/main';
import { findFailedEventPlaces, openFailedEvents } from '../../src/aws/failedEvents/main';
import { readFailedEvent } from '../../src/core/failedEvents/readFailedEvent';
import { sendAgain } from '../../src/sendFile/failedEvents/sendAgain';
import { SendAgainJournal } from '../../src/sendFile/failedEvents/sendAgainJournal';

async function main(endpoint: string, functionName: string, journalPath: string): Promise<void> {
  const connection = await resolveConnection({
    endpoint,
    region: 'us-east-1',
    timeoutMs: 10_000,
    environment: { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
  });
  const { failureDestination } = await findFailedEventPlaces(connection, { functionName });
  if (failureDestination.kind !== 'known' || !failureDestination.value) throw new Error('no queue');
  const place = failureDestination.value;
  const store = await openFailedEvents(connection, place, functionName, { holdSeconds: 1 });
  const found = await store.next();
  const sender = new Sender(connection);
  const events = found.map((one) => ({
    ...one,
    key: readFailedEvent(one.message ?? { body: '' }).details.requestId ?? one.id,
    store: {
      claim: async (id: string) => store.claim(id),
      remove: async () => {
        process.send?.('removing');
        await new Promise(() => {});
      },
    },
  }));
  const journal = await SendAgainJournal.open(journalPath);
  await sendAgain(events, {
    journal,
    rate: 1000,
    sendsUnknown: false,
    onResult: () => {},
    send: async ({ message }) => {
      const event = readFailedEvent(message ?? { body: '' });
      const payload = Buffer.from(event.kind === 'event' ? event.payload : '');
      return sender.send({ api: 'Invoke', functionName, payload });
    },
  });
}

const [endpoint = '', functionName = '', journalPath = ''] = process.argv.slice(2);
void main(endpoint, functionName, journalPath);
