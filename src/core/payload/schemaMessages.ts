import { likelyMeant, meantKey, unknownKey } from './misspelledKeys';
import { expectedKinds, type SchemaError } from './schemaErrors';

/** The error in plain words, as one sentence about the place that is marked. */
export function schemaMessage(error: SchemaError): string {
  const kinds = expectedKinds(error);
  if (kinds !== undefined) return kindMessage(error.value, kinds);
  return messages[error.keyword]?.(error) ?? `This ${error.message}.`;
}

/** What each keyword asks for, in words. Keywords that are not here are told in ajv's words. */
const messages: Readonly<Record<string, (error: SchemaError) => string>> = {
  required: ({ params }) => `${quoted(params['missingProperty'])} is missing.`,
  misspelled: ({ params }) =>
    `${quoted(params['missingProperty'])} is missing. Is ${quoted(params['key'])} meant to be it?`,
  dependentRequired: dependentMessage,
  dependencies: dependentMessage,
  additionalProperties: unknownKeyMessage,
  unevaluatedProperties: unknownKeyMessage,
  additionalItems: itemsMessage,
  unevaluatedItems: itemsMessage,
  items: itemsMessage,
  pattern: ({ params, propertyName }) =>
    `${subject(propertyName)} must match the pattern ${text(params['pattern'])}.`,
  format: ({ params }) => formatMessage(text(params['format'])),
  minimum: limitMessage('at least'),
  maximum: limitMessage('at most'),
  exclusiveMinimum: limitMessage('more than'),
  exclusiveMaximum: limitMessage('less than'),
  multipleOf: ({ params, value }) =>
    `Must be a multiple of ${text(params['multipleOf'])}, is ${text(value)}.`,
  minLength: countMessage('at least', 'character'),
  maxLength: countMessage('at most', 'character'),
  minItems: countMessage('at least', 'item'),
  maxItems: countMessage('at most', 'item'),
  minProperties: countMessage('at least', 'key'),
  maxProperties: countMessage('at most', 'key'),
  uniqueItems: ({ params }) =>
    `Items must differ: items ${text(params['j'])} and ${text(params['i'])} are the same.`,
  contains: ({ params }) =>
    `Holds too few or too many of the items that it must hold (at least ${text(params['minContains'])}).`,
  not: () => 'Has the very shape that is not allowed here.',
  anyOf: () => 'Fits none of the shapes that are allowed here.',
  oneOf: ({ params }) =>
    Array.isArray(params['passingSchemas'])
      ? 'Fits more than one of the shapes of which it must fit exactly one.'
      : 'Fits none of the shapes that are allowed here.',
  'false schema': () => 'Nothing is allowed here.',
};

function kindMessage(
  value: unknown,
  { types, values }: { types: unknown[]; values: unknown[] },
): string {
  const shown = values.slice(0, 8).map((each) => JSON.stringify(each));
  const expected = [...types.map((type) => articled(text(type))), ...shown];
  if (shown.length < values.length) expected.push(`one of ${values.length - shown.length} others`);
  const guess = likelyMeant(value, values);
  const hint =
    guess === undefined || expected.length === 1 ? '' : ` Did you mean ${JSON.stringify(guess)}?`;
  return `Must be ${listed(expected)}, is ${described(value)}.${hint}`;
}

function unknownKeyMessage(error: SchemaError): string {
  const guess = meantKey(error);
  const hint = guess === undefined ? '' : ` Did you mean ${quoted(guess)}?`;
  return `${quoted(unknownKey(error))} is not a key that this object may have.${hint}`;
}

function dependentMessage({ params }: SchemaError): string {
  return `${quoted(params['missingProperty'])} is missing: it goes with ${quoted(params['property'])}.`;
}

function itemsMessage({ params }: SchemaError): string {
  return `Only ${counted(Number(params['limit']), 'item')} may be here.`;
}

const formatExamples: Readonly<Record<string, string>> = {
  'date-time': 'a date and time such as 2026-01-31T12:00:00Z',
  date: 'a date such as 2026-01-31',
  time: 'a time with its offset such as 12:00:00Z',
  duration: 'a duration such as PT15M',
  email: 'an e-mail address',
  hostname: 'a host name',
  ipv4: 'an IPv4 address such as 192.0.2.1',
  ipv6: 'an IPv6 address such as 2001:db8::1',
  uri: 'a URI with its scheme such as https://example.com',
  uuid: 'a UUID such as 123e4567-e89b-12d3-a456-426614174000',
  base64: 'Base64',
  regex: 'a regular expression',
};

function formatMessage(format: string): string {
  return `Must be ${formatExamples[format] ?? `of the format ${format}`}.`;
}

function limitMessage(bound: string) {
  return ({ params, value }: SchemaError) =>
    `Must be ${bound} ${text(params['limit'])}, is ${text(value)}.`;
}

function countMessage(bound: string, unit: string) {
  return ({ params, value, propertyName }: SchemaError) =>
    `${subject(propertyName)} must have ${bound} ${counted(Number(params['limit']), unit)}, has ${size(propertyName ?? value)}.`;
}

/** Number of characters (code points, as JSON Schema counts them), items or keys. */
function size(value: unknown): number {
  if (typeof value === 'string') return Array.from(value).length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  const shown = JSON.stringify(value) ?? '';
  const short = shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
  return typeof value === 'boolean' ? short : `the ${typeof value} ${short}`;
}

function subject(propertyName: string | undefined): string {
  return propertyName === undefined ? 'This' : 'This key';
}

function articled(type: string): string {
  if (type === 'null') return type;
  return `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function quoted(name: unknown): string {
  return `"${text(name)}"`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
