import * as l10n from '@vscode/l10n';
import type { ErrorObject } from 'ajv';
import { replace } from '../edits';
import type { Fix, Problem, TextRange } from '../problem';
import { type Location, locate, pointerTo } from './locate';
import { likelyMeant, meantKey, unknownKey, withMisspelledKeys } from './misspelledKeys';
import { expectedKinds, readableErrors, type SchemaError } from './schemaErrors';
import { schemaMessage } from './schemaMessages';

/** Nobody reads more, and an editor chokes on them. */
const problemLimit = 100;

/**
 * Ajv's errors as problems, in the order of the text.
 * @param text the JSON that was validated
 */
export function problemsOfAjv(text: string, errors: readonly ErrorObject[]): Problem[] {
  return schemaProblems(text, withMisspelledKeys(readableErrors(errors).slice(0, problemLimit)));
}

/**
 * Errors as problems at the key or value that is at fault, in the order of the text.
 * @param text the JSON that was validated
 */
export function schemaProblems(text: string, shown: readonly SchemaError[]): Problem[] {
  if (shown.length === 0) return [];
  const marks = shown.map(markOf);
  const locations = locate(
    text,
    marks.map(({ pointer }) => pointer),
  );
  return shown
    .map((error, index) => problemOf(error, marks[index], locations))
    .toSorted((a, b) => a.range.start - b.range.start);
}

/** What to mark for an error: a value, or the key that names it. */
interface Mark {
  readonly pointer: string;
  readonly isKey?: boolean;
}

function markOf(error: SchemaError): Mark {
  const { instancePath, keyword, params } = error;
  const key = error.propertyName ?? unknownKey(error);
  if (key !== undefined) return { pointer: pointerTo(instancePath, key), isKey: true };
  const item = params[itemParameters[keyword] ?? ''];
  if (typeof item === 'number') return { pointer: `${instancePath}/${item}` };
  return { pointer: instancePath };
}

/** The keywords whose errors name an item: the first one too many, or the second of two that are the same. */
const itemParameters: Readonly<Record<string, string>> = {
  additionalItems: 'limit',
  unevaluatedItems: 'limit',
  items: 'limit',
  uniqueItems: 'i',
};

function problemOf(
  error: SchemaError,
  mark: Mark | undefined,
  locations: ReadonlyMap<string, Location>,
): Problem {
  const location = locations.get(mark?.pointer ?? '') ?? nowhere;
  const range = mark?.isKey === true && location.key ? location.key : headOf(error, location);
  const fix = fixFor(error, range, location);
  return {
    code: 'payload.schema',
    severity: error.severity,
    message: schemaMessage(error),
    range,
    fixes: fix ? [fix] : [],
  };
}

const nowhere: Location = { value: { start: 0, end: 0 }, key: undefined };

/** A value that spans lines is not underlined as a whole: its key stands for it, else its bracket. */
function headOf({ value }: SchemaError, location: Location): TextRange {
  if (typeof value !== 'object' || value === null) return location.value;
  return location.key ?? { start: location.value.start, end: location.value.start + 1 };
}

/** The fix of a slip: a misspelled key or value, the one value that is allowed, the same value as another type. */
function fixFor(error: SchemaError, range: TextRange, location: Location): Fix | undefined {
  const { keyword, params, value } = error;
  if (keyword === 'misplaced') return undefined;
  if (unknownKey(error) !== undefined) return replacement(range, meantKey(error));
  if (keyword === 'unwrapped') return wrapping(location.value, String(params['list']));
  const kinds = expectedKinds(error);
  if (kinds === undefined) return undefined;
  const { types, values } = kinds;
  if (typeof value === 'object' && value !== null) {
    if (!types.includes('string')) return undefined;
    const newText = JSON.stringify(JSON.stringify(value));
    return {
      title: l10n.t('Convert to a JSON string'),
      edits: [replace(location.value, newText)],
    };
  }
  if (types.length === 0 && values.length === 1) return replacement(range, values[0]);
  return replacement(range, likelyMeant(value, values) ?? converted(value, types));
}

function replacement(range: TextRange, value: unknown): Fix | undefined {
  const newText = JSON.stringify(value);
  if (newText === undefined) return undefined;
  return { title: l10n.t('Replace with {0}', newText), edits: [replace(range, newText)] };
}

function wrapping({ start, end }: TextRange, list: string): Fix {
  return {
    title: l10n.t('Wrap in "{0}"', list),
    edits: [
      { range: { start, end: start }, newText: `{ ${JSON.stringify(list)}: [` },
      { range: { start: end, end }, newText: '] }' },
    ],
  };
}

/** The same value as the other type: the number 42 for the text "42", or the other way round. */
function converted(value: unknown, types: readonly unknown[]): unknown {
  if (typeof value === 'number' || typeof value === 'boolean')
    return types.includes('string') ? String(value) : undefined;
  if (typeof value !== 'string') return undefined;
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  const isNumber = /^-?(0|[1-9]\d{0,14})$/.test(value);
  return isNumber && (types.includes('number') || types.includes('integer'))
    ? Number(value)
    : undefined;
}
