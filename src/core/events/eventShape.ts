import { isRecord } from '../isRecord';

/** What a value of an event may be. Made from the JSON Schema of an event, as `scripts/generate` writes it. */
export interface EventShape {
  /** Names of JSON types; none when anything goes, or when too little is known to judge. */
  readonly types: ReadonlySet<string>;
  /** The texts that are known. */
  readonly values: readonly string[];
  /** No other text is right. */
  readonly isClosed: boolean;
  readonly members: ReadonlyMap<string, EventShape>;
  /** Keys that AWS always sends. */
  readonly required: readonly string[];
  /** Keys that one of our sources expects, the required ones among them. */
  readonly usual: ReadonlySet<string>;
  /** Whoever sends the event chooses further keys. */
  readonly isFree: boolean;
  /** Of the values of further keys. */
  readonly rest: EventShape | undefined;
  readonly items: EventShape | undefined;
}

/** @param schema one of `dist/schemas`, parsed */
export function eventShape(schema: unknown): EventShape {
  const rules = isRecord(schema) ? schema : {};
  const { type, enum: values, examples, properties, additionalProperties, items } = rules;
  const required = texts(rules['required']);
  return {
    types: new Set(texts(typeof type === 'string' ? [type] : type)),
    values: texts(values ?? examples),
    isClosed: values !== undefined,
    members: new Map(
      Object.entries(isRecord(properties) ? properties : {}).map(([key, member]) => [
        key,
        eventShape(member),
      ]),
    ),
    required,
    usual: new Set([...required, ...texts(rules['usual'])]),
    isFree: rules['free'] === true,
    rest: additionalProperties === undefined ? undefined : eventShape(additionalProperties),
    items: items === undefined ? undefined : eventShape(items),
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
