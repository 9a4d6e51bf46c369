import type { Explanation } from '../core/invocation/explanation';

/** What errors are said of: the names that stand in the sentences of the tables. */
export type ErrorWords = Readonly<
  Record<'function' | 'region' | 'profile' | 'endpoint' | 'host' | 'seconds' | 'message', string>
>;

/** What can be said of an error without knowing more of its invocation than its names. */
export type ErrorRow = Pick<Explanation, 'cause' | 'remedy' | 'link' | 'action'>;

/** Rows by the code of the error. */
export type ErrorTable = Readonly<Record<string, ErrorRow>>;
