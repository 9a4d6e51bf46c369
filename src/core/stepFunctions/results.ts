/** The files that a Distributed Map's result writer leaves in S3, as text; pure. */
import { isRecord } from '../isRecord';

/** What the results came to, by the files that hold them: keys in the bucket. */
export interface ResultManifest {
  readonly succeeded: readonly string[];
  /** Failed, timed out, or aborted while they ran. */
  readonly failed: readonly string[];
  /** Not begun when the execution ended. */
  readonly pending: readonly string[];
}

/**
 * Where the manifest of a map run lies.
 * @param resultsPrefix what the execution was given, without a slash at its end
 */
export function manifestKey(resultsPrefix: string, mapRunArn: string): string {
  const id = mapRunArn.slice(mapRunArn.lastIndexOf(':') + 1);
  return `${resultsPrefix}/${id}/manifest.json`;
}

/**
 * @returns `undefined` for what is no manifest
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export function readManifest(text: string): ResultManifest | undefined {
  const value = parsed(text);
  const files = isRecord(value) ? value['ResultFiles'] : undefined;
  if (!isRecord(files)) return undefined;
  const keysOf = (kind: string) => {
    const list: unknown = files[kind];
    return Array.isArray(list)
      ? list.flatMap((one: unknown) =>
          isRecord(one) && typeof one['Key'] === 'string' ? [one['Key']] : [],
        )
      : [];
  };
  return {
    succeeded: keysOf('SUCCEEDED'),
    failed: keysOf('FAILED'),
    pending: keysOf('PENDING'),
  };
}

/** A child execution, as far as it is needed. */
export interface ItemResult {
  /** The JSON text of the item; none where it was too large to be included. */
  readonly input: string | undefined;
  /** Such as `Lambda.ResourceNotFoundException`. */
  readonly error: string | undefined;
}

/** The record of one child execution; `undefined` for what is none. */
export function readResult(text: string): ItemResult | undefined {
  return resultOf(parsed(text));
}

/** The records of a file that holds them as one array. */
export function readResults(text: string): ItemResult[] | undefined {
  const value = parsed(text);
  return Array.isArray(value) ? value.flatMap((one: unknown) => resultOf(one) ?? []) : undefined;
}

function resultOf(value: unknown): ItemResult | undefined {
  if (!isRecord(value)) return undefined;
  const { Input: input, Error: error } = value;
  return {
    input: typeof input === 'string' && parsed(input) !== undefined ? input : undefined,
    error: typeof error === 'string' ? error : undefined,
  };
}

/**
 * The same text for JSON that means the same, whatever its blanks, the order of its keys and the spelling of its numbers.
 * @returns `undefined` for what is no JSON
 */
export function canonicalJson(text: string): string | undefined {
  const value = parsed(text);
  return value === undefined ? undefined : JSON.stringify(value, inOrder);
}

function inOrder(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
