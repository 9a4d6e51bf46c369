import type { InvokeApi } from './invocation/outcome';
import type { InvocationHeaders } from './invocationHeaders';
import type { TextRange } from './problem';

/** Where the targets of a workspace folder are written, relative to the folder. */
export const targetsPath = '.lambda/targets.json';

/** Where a payload and the function it is meant for meet: one entry of `.lambda/targets.json`, or a folder's name. */
export interface Target {
  /** Glob relative to the workspace folder; `undefined` when the folder's name is the function. */
  readonly payloads?: string;
  readonly function: string;
  readonly profile?: string;
  readonly region?: string;
  readonly api?: InvokeApi;
  /** Path of a JSON Schema relative to the workspace folder, or `aws:<event>`. */
  readonly schema?: string;
  /** Whose events they are, for a function that isolates tenants. */
  readonly tenantId?: string;
  /** Name of the durable execution that a payload starts. */
  readonly durableName?: string;
  /** Whether `${…}` in the strings of a payload is filled in before it is sent. */
  readonly variables?: boolean;
}

/** A target as it stands in the file, with the ranges of its values (quotes excluded). */
export interface LocatedTarget {
  readonly target: Target;
  readonly range: TextRange;
  readonly ranges: Partial<Record<keyof Target, TextRange>>;
}

/**
 * Tenant and execution name of an event: as the arguments say, else the target's, which are meant for the function that
 * it names.
 */
export function headersOf(
  given: InvocationHeaders & { readonly functionName?: string | undefined },
  target: Target | undefined,
): InvocationHeaders {
  const isOfTarget = given.functionName === undefined || given.functionName === target?.function;
  const meant = isOfTarget ? target : undefined;
  const { tenantId = meant?.tenantId, durableName = meant?.durableName } = given;
  return {
    ...(tenantId !== undefined && { tenantId }),
    ...(durableName !== undefined && { durableName }),
  };
}
