import * as l10n from '@vscode/l10n';
import { isRecord } from '../isRecord';
import { shortened } from '../shortened';
import { likelyMeant, meantKey, unknownKey } from './misspelledKeys';
import { expectedKinds, type SchemaError } from './schemaErrors';

/** The error in plain words, as one sentence about the place that is marked. */
export function schemaMessage(error: SchemaError): string {
  const kinds = expectedKinds(error);
  if (kinds !== undefined) return kindMessage(error.value, kinds);
  return (
    messages[error.keyword]?.(error) ?? l10n.t('According to the schema, this {0}.', error.message)
  );
}

/** What each keyword asks for, in words. Keywords that are not here are told in ajv's words. */
const messages: Readonly<Record<string, (error: SchemaError) => string>> = {
  required: ({ params }) => l10n.t('"{0}" is missing.', text(params['missingProperty'])),
  misspelled: ({ params }) =>
    l10n.t(
      '"{0}" is missing. Is "{1}" a misspelling of it?',
      text(params['missingProperty']),
      text(params['key']),
    ),
  stray: ({ params }) =>
    withGuess(l10n.t('AWS sends no key "{0}" here.', text(params['key'])), params['meant']),
  misplaced: ({ params }) =>
    params['place'] === undefined
      ? l10n.t('The key "{0}" belongs one level up.', text(params['key']))
      : l10n.t('The key "{0}" belongs in "{1}".', text(params['key']), text(params['place'])),
  missing: missingMessage,
  unwrapped: ({ params }) =>
    l10n.t('"{0}" is missing: this is a single item of it.', text(params['list'])),
  otherEvent: otherEventMessage,
  dependentRequired: dependentMessage,
  dependencies: dependentMessage,
  additionalProperties: unknownKeyMessage,
  unevaluatedProperties: unknownKeyMessage,
  additionalItems: itemsMessage,
  unevaluatedItems: itemsMessage,
  items: itemsMessage,
  pattern: ({ params, propertyName }) =>
    propertyName === undefined
      ? l10n.t('Must match the pattern {0}.', text(params['pattern']))
      : l10n.t('This key must match the pattern {0}.', text(params['pattern'])),
  format: ({ params }) => formatMessage(text(params['format'])),
  minimum: (error) => l10n.t('Must be at least {limit}, is {value}.', bounds(error)),
  maximum: (error) => l10n.t('Must be at most {limit}, is {value}.', bounds(error)),
  exclusiveMinimum: (error) => l10n.t('Must be more than {limit}, is {value}.', bounds(error)),
  exclusiveMaximum: (error) => l10n.t('Must be less than {limit}, is {value}.', bounds(error)),
  multipleOf: ({ params, value }) =>
    l10n.t('Must be a multiple of {0}, is {1}.', text(params['multipleOf']), text(value)),
  minLength: (error) =>
    error.propertyName === undefined
      ? l10n.t('Too few characters: {size} instead of at least {limit}.', bounds(error))
      : l10n.t(
          'Too few characters in this key: {size} instead of at least {limit}.',
          bounds(error),
        ),
  maxLength: (error) =>
    error.propertyName === undefined
      ? l10n.t('Too many characters: {size} instead of at most {limit}.', bounds(error))
      : l10n.t(
          'Too many characters in this key: {size} instead of at most {limit}.',
          bounds(error),
        ),
  minItems: (error) => l10n.t('Too few items: {size} instead of at least {limit}.', bounds(error)),
  maxItems: (error) => l10n.t('Too many items: {size} instead of at most {limit}.', bounds(error)),
  minProperties: (error) =>
    l10n.t('Too few keys: {size} instead of at least {limit}.', bounds(error)),
  maxProperties: (error) =>
    l10n.t('Too many keys: {size} instead of at most {limit}.', bounds(error)),
  uniqueItems: ({ params }) =>
    l10n.t(
      'Items must be unique: items {0} and {1} are the same.',
      text(params['j']),
      text(params['i']),
    ),
  contains: ({ params: { minContains, maxContains } }) =>
    maxContains === undefined
      ? l10n.t('Too few matching items: at least {0} required.', text(minContains))
      : l10n.t(
          'Wrong number of matching items: {0} to {1} required.',
          text(minContains),
          text(maxContains),
        ),
  not: () => l10n.t('Must not match the schema under "not".'),
  anyOf: () => l10n.t('Matches none of the allowed schemas.'),
  oneOf: ({ params }) =>
    Array.isArray(params['passingSchemas'])
      ? l10n.t('Matches more than one of the allowed schemas; it must match exactly one.')
      : l10n.t('Matches none of the allowed schemas.'),
  'false schema': () => l10n.t('No value is allowed here.'),
};

/** More values than these are counted, not shown. */
const mostValues = 8;

function kindMessage(
  value: unknown,
  { types, values }: { types: unknown[]; values: unknown[] },
): string {
  // A single one that is left is shown, too.
  const shown = values.length === mostValues + 1 ? values : values.slice(0, mostValues);
  const expected = [
    ...types.map((type) => typeNames[text(type)]?.() ?? text(type)),
    ...shown.map((each) => JSON.stringify(each)),
  ];
  if (shown.length < values.length) {
    expected.push(l10n.t('one of {0} other values', values.length - shown.length));
  }
  const message = l10n.t('Must be {0}, is {1}.', listed(expected), described(value));
  return withGuess(message, expected.length === 1 ? undefined : likelyMeant(value, values));
}

function unknownKeyMessage(error: SchemaError): string {
  const message = l10n.t('The key "{0}" is not allowed in this object.', text(unknownKey(error)));
  return withGuess(message, meantKey(error));
}

function withGuess(message: string, guess: unknown): string {
  return guess === undefined
    ? message
    : l10n.t('{0} Did you mean {1}?', message, JSON.stringify(guess));
}

function missingMessage({ params }: SchemaError): string {
  const missing = Array.isArray(params['missing']) ? params['missing'].map(text) : [];
  if (missing.length === 1) return l10n.t('"{0}" is missing.', missing[0] ?? '');
  const shown = missing.slice(0, mostValues).map((key) => `"${key}"`);
  return missing.length > shown.length
    ? l10n.t('{0} and {1} more keys are missing.', shown.join(', '), missing.length - shown.length)
    : l10n.t('Missing: {0}.', shown.join(', '));
}

function otherEventMessage({ params: { other, event } }: SchemaError): string {
  return l10n.t('This is the event "{0}", not "{1}".', titleOf(other), titleOf(event));
}

function titleOf(event: unknown): string {
  return isRecord(event) ? text(event['title']) : '';
}

function dependentMessage({ params }: SchemaError): string {
  return l10n.t(
    '"{0}" is missing: "{1}" requires it.',
    text(params['missingProperty']),
    text(params['property']),
  );
}

function itemsMessage({ params }: SchemaError): string {
  return params['limit'] === 1
    ? l10n.t('Only 1 item is allowed here.')
    : l10n.t('Only {0} items are allowed here.', text(params['limit']));
}

const formatMessages: Readonly<Record<string, () => string>> = {
  'date-time': () => l10n.t('Must be a date and time such as {0}.', '2026-01-31T12:00:00Z'),
  date: () => l10n.t('Must be a date such as {0}.', '2026-01-31'),
  time: () => l10n.t('Must be a time with its offset such as {0}.', '12:00:00Z'),
  duration: () => l10n.t('Must be a duration such as {0}.', 'PT15M'),
  email: () => l10n.t('Must be an email address.'),
  hostname: () => l10n.t('Must be a host name.'),
  ipv4: () => l10n.t('Must be an IPv4 address such as {0}.', '192.0.2.1'),
  ipv6: () => l10n.t('Must be an IPv6 address such as {0}.', '2001:db8::1'),
  uri: () => l10n.t('Must be a URI with its scheme such as {0}.', 'https://example.com'),
  uuid: () => l10n.t('Must be a UUID such as {0}.', '123e4567-e89b-12d3-a456-426614174000'),
  base64: () => l10n.t('Must be Base64.'),
  regex: () => l10n.t('Must be a regular expression.'),
};

function formatMessage(format: string): string {
  return formatMessages[format]?.() ?? l10n.t('Must have the format {0}.', format);
}

/** The limit, and the value or its size: characters (code points, as JSON Schema counts them), items or keys. */
function bounds({ params, value, propertyName }: SchemaError) {
  return { limit: text(params['limit']), value: text(value), size: size(propertyName ?? value) };
}

function size(value: unknown): number {
  if (typeof value === 'string') return Array.from(value).length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

const typeNames: Readonly<Record<string, () => string>> = {
  string: () => l10n.t('a string'),
  number: () => l10n.t('a number'),
  integer: () => l10n.t('an integer'),
  boolean: () => l10n.t('a boolean'),
  array: () => l10n.t('an array'),
  object: () => l10n.t('an object'),
};

function described(value: unknown): string {
  if (Array.isArray(value)) return l10n.t('an array');
  if (typeof value === 'object' && value !== null) return l10n.t('an object');
  const short = shortened(JSON.stringify(value) ?? '');
  if (typeof value === 'string') return l10n.t('the string {0}', short);
  return typeof value === 'number' ? l10n.t('the number {0}', short) : short;
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : l10n.t('{0} or {1}', parts.slice(0, -1).join(', '), last);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
