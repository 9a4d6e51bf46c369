/**
 * Every limit of the Lambda service that this product checks, once.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html and the API pages of both calls.
 */

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** Largest payload in UTF-8 bytes, by the call that carries it. */
export const payloadLimitBytes = {
  InvokeAsync: 256 * kilobyte,
  Event: megabyte,
  RequestResponse: 6 * megabyte,
} as const;

/** Longest function identifier (name, ARN or partial ARN) in characters, as the newest service model has it. */
export const identifierMaxLength = 256;

/** Longest bare function name in characters. */
export const functionNameMaxLength = 64;

/** Longest alias or version in characters. */
export const qualifierMaxLength = 128;

/** How Lambda treats an event of a function that is not configured otherwise. */
export const defaultEventHandling = { maxRetries: 2, maxAgeSeconds: 21_600 } as const;

/** Requests that a run of an event file may have under way at once: our own limit. */
export const mostRunConcurrency = 256;
