import type { InvokeApi } from './invocation/outcome';
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
}

/** A target as it stands in the file, with the ranges of its values (quotes excluded). */
export interface LocatedTarget {
  readonly target: Target;
  readonly range: TextRange;
  readonly ranges: Partial<Record<keyof Target, TextRange>>;
}
