import type { Connection } from '../../core/invocation/connection';
import { aws } from '../lazy';
import type { ListedFunction } from './functionRows';
import type { KnownFunctions } from './knownFunctions';

/**
 * The functions that a connection can see, a page at a time, each page by name; known from then on.
 * @throws {ConnectionError} in words for people
 */
export async function* accountFunctions(
  connection: Connection,
  known: Pick<KnownFunctions, 'note'>,
  signal: AbortSignal,
): AsyncGenerator<readonly ListedFunction[]> {
  const { listFunctions } = await aws();
  for await (const page of listFunctions(connection, { signal })) {
    const listed = page
      .toSorted((one, other) => one.name.localeCompare(other.name))
      .map(({ name, runtime, description }) => ({
        name,
        detail: [runtime, description].filter(Boolean).join(' · '),
      }));
    known.note(listed);
    yield listed;
  }
}
