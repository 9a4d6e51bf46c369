import { flag, withValue, UsageError } from '../../cli/arguments';
import type { InvokeApi } from '../../core/invocation/outcome';

/** Where events go, and how, as far as the command line says it. */
export interface DestinationArguments {
  readonly qualifier: string | undefined;
  readonly api: InvokeApi;
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  /** Of a request, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether to send to production without a question. */
  readonly yes: boolean;
}

/** The options of whatever sends. */
export const destinationOptions = {
  function: withValue,
  qualifier: withValue,
  api: withValue,
  profile: withValue,
  region: withValue,
  endpoint: withValue,
  timeout: withValue,
  yes: flag,
} as const;

/** @throws {UsageError} */
export function apiOf(given: string | undefined): InvokeApi | undefined {
  if (given === undefined || given === 'Invoke' || given === 'InvokeAsync') return given;
  throw new UsageError(`--api must be Invoke or InvokeAsync, not ${given}.`);
}
