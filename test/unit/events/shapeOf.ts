import { readFile } from 'node:fs/promises';
import { type AwsEvent, eventSchemaFile } from '../../../src/core/events/events';
import { type EventShape, eventShape } from '../../../src/core/events/eventShape';

/** The shape of an event as the product has it. */
export async function shapeOf({ name }: AwsEvent): Promise<EventShape> {
  const text = await readFile(`generated/eventSchemas/${eventSchemaFile(name)}`, 'utf8');
  return eventShape(JSON.parse(text));
}
