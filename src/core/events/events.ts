import events from './events.json';

/** One of AWS's own events, whose shape comes with this product. */
export interface AwsEvent {
  /** What a target's `schema` says to have its payloads validated: `aws:sqs`. */
  readonly name: string;
  /** What AWS calls it. */
  readonly title: string;
  /**
   * What tells the event from all others, by the path of a value: one of some texts, a text that holds another one, that
   * it is there (`true`) or not (`false`).
   */
  readonly marks: Readonly<Record<string, Mark>>;
}

type Mark = readonly string[] | string | boolean;

/** Every event that has a shape, in the order of the names. */
export const awsEvents: readonly AwsEvent[] = events;

/** The event of a name; `undefined` when there is none. */
export function awsEvent(name: string): AwsEvent | undefined {
  return awsEvents.find((event) => event.name === name);
}

/** The file's name of an event's schema in the folder of the schemas; `undefined` when there is no such event. */
export function eventSchemaFile(name: string): string | undefined {
  return awsEvent(name) && `${name.slice('aws:'.length)}.json`;
}

/**
 * The event that a payload plainly is; `undefined` when it is none of AWS's, or not plainly.
 * @param value what JSON.parse returns
 */
export function recognizedEvent(value: unknown): AwsEvent | undefined {
  let best: AwsEvent | undefined;
  for (const event of awsEvents) {
    if (isEvent(value, event) && weight(event) > (best ? weight(best) : 0)) best = event;
  }
  return best;
}

/** Whether a payload bears all marks of an event. */
export function isEvent(value: unknown, { marks }: AwsEvent): boolean {
  return Object.entries(marks).every(([path, mark]) => bears(valueAt(value, path), mark));
}

/** Of two events whose marks a payload bears, the one with more of them is the more special one. */
function weight({ marks }: AwsEvent): number {
  return Object.values(marks).filter(Boolean).length;
}

function bears(value: unknown, mark: Mark): boolean {
  if (typeof mark === 'boolean') return (value !== undefined) === mark;
  if (typeof value !== 'string') return false;
  return typeof mark === 'string' ? value.includes(mark) : mark.includes(value);
}

function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const step of path.split('/')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  return at;
}
