/**
 * The SDKs and tools that carry InvokeAsync, as data: what each is called in messages and what its users call instead.
 * How a use is recognised stands in `languages/`, one small file a language.
 */

interface Sdk {
  readonly name: string;
  /** The deprecated call, in this SDK's own words. */
  readonly deprecated: string;
  /** What to call instead, in this SDK's own words. */
  readonly replacement: string;
}

export const sdks = {
  'javascript-v3': {
    name: 'AWS SDK for JavaScript v3',
    deprecated: 'InvokeAsyncCommand',
    replacement: "InvokeCommand with InvocationType: 'Event'",
  },
  'javascript-v2': {
    name: 'AWS SDK for JavaScript v2',
    deprecated: 'invokeAsync()',
    replacement: "invoke() with InvocationType: 'Event'",
  },
} as const satisfies Record<string, Sdk>;

export type SdkId = keyof typeof sdks;

/**
 * Every use holds one of these words: the prefilter, and what a search over a workspace looks for.
 * Each is cut to what all spellings share, so that the search can compare case.
 */
export const candidateWords = [
  'nvokeAsync',
  'nvoke_async',
  'nvoke-async',
  'LMFunctionAsync',
] as const;

const reasons =
  'its payload ends at 256 KB (Invoke takes 1 MB), it drops the X-Ray trace and ignores reserved concurrency';

/** The message of one use; `byHand` says what a person has to do where no fix is certain. */
export function deprecationMessage(sdk: SdkId, byHand?: string): string {
  const { name, deprecated, replacement } = sdks[sdk];
  const message = `${deprecated} of the ${name} is deprecated: ${reasons}. Use ${replacement}.`;
  return byHand === undefined ? message : `${message} Not replaced automatically: ${byHand}.`;
}

export function fixTitle(sdk: SdkId): string {
  return `Replace by ${sdks[sdk].replacement}`;
}
