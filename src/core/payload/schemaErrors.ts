import type { ErrorObject } from 'ajv';
import type { Severity } from '../problem';

/** One fault of a value against its schema: an error of ajv, or several that say one thing together. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON Pointer to the value. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The value itself. */
  readonly value: unknown;
  /** The schema object that holds the keyword. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The key that is at fault, when the schema is one for keys. */
  readonly propertyName: string | undefined;
  readonly message: string;
  readonly severity: Severity;
}

/** Errors that say only that another one was found. */
const echoes = new Set(['if', 'propertyNames']);

/**
 * The errors that a person wants to read. Ajv tells every error of every alternative of anyOf and oneOf; of these only
 * those stay that belong to the alternative that was most likely meant.
 * @param errors in the order of ajv, in which the errors of alternatives come before the error of their keyword;
 * found with ajv's options `allErrors` and `verbose`
 */
export function readableErrors(errors: readonly ErrorObject[]): SchemaError[] {
  const readable: SchemaError[] = [];
  for (const error of errors.map(schemaError)) {
    if (echoes.has(error.keyword)) continue;
    if (error.keyword === 'contains') takeInner(readable, error);
    if (error.keyword === 'anyOf' || error.keyword === 'oneOf') {
      readable.push(...alternativesError(error, takeInner(readable, error)));
    } else readable.push(error);
  }
  return withoutRepetition(readable);
}

function schemaError(error: ErrorObject): SchemaError {
  const params: Record<string, unknown> = error.params;
  return {
    keyword: error.keyword,
    instancePath: error.instancePath,
    schemaPath: error.schemaPath,
    params,
    value: error.data,
    schema: error.parentSchema ?? {},
    propertyName: error.propertyName,
    message: error.message ?? error.keyword,
    // The schema says what its author wants, without exception.
    severity: 'error',
  };
}

/** Removes the errors from the end of the list that were found inside the keyword of `outer`, and returns them. */
function takeInner(errors: SchemaError[], outer: SchemaError): SchemaError[] {
  let from = errors.length;
  while (from > 0 && isInner(errors[from - 1], outer)) from--;
  return errors.splice(from);
}

/** An error that was reached through a $ref has a path of its own, so another schema object must do for a sign. */
function isInner(error: SchemaError | undefined, outer: SchemaError): boolean {
  if (error === undefined || !isAtOrBelow(error.instancePath, outer.instancePath)) return false;
  return error.schemaPath.startsWith(`${outer.schemaPath}/`) || error.schema !== outer.schema;
}

function isAtOrBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

/** What to say of a value that fits none of the alternatives, or too many. */
function alternativesError(outer: SchemaError, inner: readonly SchemaError[]): SchemaError[] {
  const alternatives = byAlternative(outer, inner);
  const ofKind = alternatives.filter(
    (errors) => !errors.some((error) => isOfOtherKind(error, outer)),
  );
  const complete = ofKind.filter((errors) => !errors.some((error) => lacksKey(error, outer)));
  const meant = complete.length > 0 ? complete : ofKind;
  if (meant.length === 1 && meant[0] !== undefined) return meant[0];
  return [sharedKindError(outer, alternatives) ?? outer];
}

/** The errors of each alternative; none when one cannot be told to which it belongs. */
function byAlternative(outer: SchemaError, inner: readonly SchemaError[]): SchemaError[][] {
  const schemas = outer.schema[outer.keyword];
  if (!Array.isArray(schemas)) return [];
  const groups = schemas.map((schema: unknown, index) => {
    const paths = [`${outer.schemaPath}/${index}/`, ...referencePaths(schema)];
    return inner.filter(({ schemaPath }) => paths.some((path) => schemaPath.startsWith(path)));
  });
  return groups.every((group) => group.length > 0) ? groups : [];
}

function referencePaths(schema: unknown): string[] {
  const isReference = typeof schema === 'object' && schema !== null && '$ref' in schema;
  return isReference ? [`${String(schema.$ref)}/`] : [];
}

/** Says that the value, or a member that tells its kind, is another than the alternative is for. */
function isOfOtherKind({ keyword, instancePath }: SchemaError, outer: SchemaError): boolean {
  if (instancePath === outer.instancePath) return keyword in kindKeywords;
  const isMember = instancePath.lastIndexOf('/') === outer.instancePath.length;
  return isMember && (keyword === 'const' || keyword === 'enum');
}

function lacksKey({ keyword, instancePath }: SchemaError, outer: SchemaError): boolean {
  return keyword === 'required' && instancePath === outer.instancePath;
}

/** The keywords that say what kind of value is expected: by the names of types, or by values. */
const kindKeywords = {
  type: ({ params }: SchemaError) => ({ types: asList(params['type']), values: [] }),
  const: ({ params }: SchemaError) => ({ types: [], values: [params['allowedValue']] }),
  enum: ({ params }: SchemaError) => ({ types: [], values: asList(params['allowedValues']) }),
  kind: ({ params }: SchemaError) => ({
    types: asList(params['types']),
    values: asList(params['values']),
  }),
};

/** What kinds of value are expected where the error is; `undefined` when it is about something else. */
export function expectedKinds(
  error: SchemaError,
): { types: unknown[]; values: unknown[] } | undefined {
  const { keyword } = error;
  return isKindKeyword(keyword) ? kindKeywords[keyword](error) : undefined;
}

function isKindKeyword(keyword: string): keyword is keyof typeof kindKeywords {
  return keyword in kindKeywords;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** One error for all alternatives when the same value is of another kind for each of them. */
function sharedKindError(
  outer: SchemaError,
  alternatives: readonly (readonly SchemaError[])[],
): SchemaError | undefined {
  const [first = [], ...others] = alternatives.map((errors) =>
    errors.filter((error) => isOfOtherKind(error, outer)),
  );
  for (const error of first) {
    const same = others.map((errors) =>
      errors.find(({ instancePath }) => instancePath === error.instancePath),
    );
    const all = [error, ...same].map((each) => each && expectedKinds(each));
    if (all.some((kinds) => kinds === undefined)) continue;
    const types = new Set(all.flatMap((kinds) => kinds?.types ?? []));
    const values = new Set(all.flatMap((kinds) => kinds?.values ?? []));
    return { ...error, keyword: 'kind', params: { types: [...types], values: [...values] } };
  }
  return undefined;
}

/** One error for each place and keyword, and none of a pattern where the format that it spells out is told. */
function withoutRepetition(errors: readonly SchemaError[]): SchemaError[] {
  const formats = new Set(
    errors.filter(({ keyword }) => keyword === 'format').map(({ instancePath }) => instancePath),
  );
  const seen = new Set<string>();
  return errors.filter((error) => {
    if (error.keyword === 'pattern' && formats.has(error.instancePath)) return false;
    const sign = JSON.stringify([
      error.instancePath,
      error.keyword,
      error.propertyName,
      error.params,
    ]);
    return !seen.has(sign) && seen.add(sign);
  });
}
