import { closest } from '../functionIdentifier/closest';
import type { SchemaError } from './schemaErrors';

/**
 * Tells of a key that is missing because it is misspelled once: where the misspelled key is an error itself, that one
 * says what was meant; where it is not, the missing key's error names it, under the keyword `misspelled`.
 */
export function withMisspelledKeys(errors: readonly SchemaError[]): SchemaError[] {
  const explained = new Set(
    errors.flatMap((error) => {
      const key = unknownKey(error);
      return key === undefined ? [] : [place(error, likelyMeant(key, freeKeys(error)))];
    }),
  );
  return errors.flatMap((error) => {
    if (error.keyword !== 'required') return [error];
    const { missingProperty } = error.params;
    if (explained.has(place(error, missingProperty))) return [];
    const key = misspelling(error, missingProperty);
    if (key === undefined) return [error];
    return [{ ...error, keyword: 'misspelled', params: { ...error.params, key } }];
  });
}

/** The keywords whose errors name a key that is there, by the parameter that holds it. */
const keyParameters: Readonly<Record<string, string>> = {
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
  misspelled: 'key',
  stray: 'key',
  misplaced: 'key',
};

/** The key that the error is about; `undefined` when it is about a value. */
export function unknownKey({ keyword, params }: SchemaError): string | undefined {
  const key = params[keyParameters[keyword] ?? ''];
  return typeof key === 'string' ? key : undefined;
}

/** The key that was most likely meant by the one that the error is about. */
export function meantKey(error: SchemaError): unknown {
  if (error.keyword === 'misspelled') return error.params['missingProperty'];
  if (error.keyword === 'stray') return error.params['meant'];
  return likelyMeant(unknownKey(error), freeKeys(error));
}

/** The candidate that was most likely meant: a third of its letters may be wrong. */
export function likelyMeant(written: unknown, candidates: readonly unknown[]): string | undefined {
  if (typeof written !== 'string' || written.length > 100) return undefined;
  const texts = candidates.filter((candidate) => typeof candidate === 'string');
  return closest(written, texts, Math.ceil(written.length / 3));
}

/**
 * The key that stands for a missing one: the nearest that the schema does not name, if it is no nearer to another.
 * Stricter than `likelyMeant`, for the key may well be right.
 */
function misspelling(error: SchemaError, missing: unknown): string | undefined {
  if (typeof missing !== 'string') return undefined;
  const named = new Set(Object.keys(properties(error)));
  const strays = Object.keys(error.value ?? {}).filter((key) => !named.has(key));
  const key = closest(missing, strays, Math.floor(missing.length / 3));
  const wanted = new Set([...freeKeys(error), missing]);
  return likelyMeant(key, [...wanted]) === missing ? key : undefined;
}

/** The keys that the schema names and the object does not have yet. */
function freeKeys(error: SchemaError): string[] {
  const value = error.value ?? {};
  return Object.keys(properties(error)).filter((key) => !Object.hasOwn(value, key));
}

function properties({ schema }: SchemaError): object {
  const known = schema['properties'];
  return typeof known === 'object' && known !== null ? known : {};
}

function place({ instancePath }: SchemaError, key: unknown): string {
  return JSON.stringify([instancePath, key]);
}
