import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventProblems } from '../../src/core/events/checkEvent';
import { eventSchemaFile, recognizedEvent } from '../../src/core/events/events';
import { eventShape } from '../../src/core/events/eventShape';

/**
 * The event that a payload is recognized as, with the warnings about it; `undefined` when it is none.
 * @param schemas the folder of the schemas of events
 */
export async function eventWarnings(
  value: unknown,
  schemas: string,
): Promise<{ name: string; warnings: string[] } | undefined> {
  const event = recognizedEvent(value);
  if (!event) return undefined;
  const file = eventSchemaFile(event.name) ?? '';
  const shape = eventShape(JSON.parse(await readFile(join(schemas, file), 'utf8')));
  const problems = eventProblems(JSON.stringify(value), value, event, shape);
  return {
    name: event.name,
    warnings: problems
      .filter(({ severity }) => severity !== 'information')
      .map(({ message }) => message),
  };
}
