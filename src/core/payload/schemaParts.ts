import { isRecord } from '../isRecord';

/** One object of a JSON Schema, with what its references are relative to. */
export interface SchemaPart {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly base: string;
}

/** The documents that a schema consists of, by URI. */
export type SchemaDocuments = ReadonlyMap<string, unknown>;

export type JsonPath = readonly (string | number)[];

/** A schema can name more parts for a place than anybody wants to read, or itself. */
const mostParts = 200;

/**
 * The parts of a schema that speak of a place in a payload. Of alternatives, those that the payload has ruled out by a
 * value are left out.
 * @param value the payload as far as it can be read
 */
export function partsAt(
  uri: string,
  documents: SchemaDocuments,
  path: JsonPath,
  value: unknown,
): SchemaPart[] {
  let parts = expanded([{ schema: documents.get(uri), base: uri }], documents, value);
  let at = value;
  for (const step of path) {
    at = memberOf(at, step);
    parts = expanded(
      parts.flatMap((part) => inner(part, step)),
      documents,
      at,
    );
  }
  return parts;
}

/** The parts that speak of a member of a value, of which nothing is known yet. */
export function partsInside(
  parts: readonly SchemaPart[],
  step: string | number,
  documents: SchemaDocuments,
): SchemaPart[] {
  return expanded(
    parts.flatMap((part) => inner(part, step)),
    documents,
    undefined,
  );
}

interface Unread {
  readonly schema: unknown;
  readonly base: string;
}

export function memberOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** With all that references, `allOf` and the alternatives that are still open lead to. */
function expanded(
  schemas: readonly Unread[],
  documents: SchemaDocuments,
  value: unknown,
): SchemaPart[] {
  const parts: SchemaPart[] = [];
  const seen = new Set<unknown>();
  const waiting = [...schemas];
  for (let next = waiting.shift(); next && parts.length < mostParts; next = waiting.shift()) {
    const { schema, base } = next;
    if (!isRecord(schema) || seen.has(schema)) continue;
    seen.add(schema);
    parts.push({ rules: schema, base });
    const all = (more: unknown) => {
      for (const each of listOf(more)) waiting.push({ schema: each, base });
    };
    if (typeof schema['$ref'] === 'string') waiting.push(resolved(schema['$ref'], base, documents));
    all(schema['unchecked']);
    all(schema['allOf']);
    for (const keyword of ['anyOf', 'oneOf'])
      all(listOf(schema[keyword]).filter((alternative) => mayBe(value, alternative)));
    if (schema['if'] !== undefined)
      all(mayBe(value, schema['if']) ? schema['then'] : schema['else']);
  }
  return parts;
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Where a reference leads, in this document or in another one that was read. */
function resolved(reference: string, base: string, documents: SchemaDocuments): Unread {
  const [address = '', fragment = ''] = reference.split('#', 2);
  const uri = address === '' ? base : absolute(address, base);
  let schema = documents.get(uri);
  for (const step of fragment.split('/').slice(1))
    schema = memberOf(schema, decoded(step)) ?? memberOf(schema, Number(step));
  return { schema, base: uri };
}

/** The URI that a reference of a schema names. */
export function absolute(reference: string, base: string): string {
  return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return step;
  }
}

/** Whether no `const` or `enum` of the alternative's members contradicts what is already there. */
function mayBe(value: unknown, schema: unknown): boolean {
  if (!isRecord(schema) || !isRecord(value)) return true;
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  return Object.entries(properties).every(([key, member]) => {
    if (!isRecord(member) || !Object.hasOwn(value, key)) return true;
    const allowed = 'const' in member ? [member['const']] : member['enum'];
    return !Array.isArray(allowed) || allowed.includes(value[key]);
  });
}

function inner({ rules, base }: SchemaPart, step: string | number): Unread[] {
  if (typeof step === 'number') {
    const { prefixItems, items, additionalItems } = rules;
    const first = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
    const rest = Array.isArray(items) ? additionalItems : items;
    return [{ schema: step < first.length ? first[step] : rest, base }];
  }
  const { properties, additionalProperties } = rules;
  const known = isRecord(properties) && Object.hasOwn(properties, step);
  return [{ schema: known ? properties[step] : additionalProperties, base }];
}
