import events from './eventSchemas.json';

/** A JSON Schema of one of AWS's own events, which comes with this product. */
export interface EventSchema {
  /** What a target's `schema` says to have its payloads checked: `aws:sqs`. */
  readonly name: string;
  readonly title: string;
}

/** Every AWS event that has a schema, in the order of the names. */
export const eventSchemas: readonly EventSchema[] = events.map(({ name, title }) => ({
  name,
  title,
}));

/** The file's name of an event's schema in the folder of the schemas; `undefined` when there is no such event. */
export function eventSchemaFile(name: string): string | undefined {
  return eventSchemas.some((event) => event.name === name)
    ? `${name.slice('aws:'.length)}.json`
    : undefined;
}
