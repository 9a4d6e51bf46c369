/** The next step that the client can offer as a button. */
export type HelpfulAction =
  | 'useInvoke'
  | 'useRegion'
  | 'ssoLogin'
  | 'retry'
  | 'selectConnection'
  | 'openSettings'
  | 'copyPolicy'
  | 'openLink';

/** An error in words for people. */
export interface Explanation {
  readonly cause: string;
  readonly remedy: string;
  /** The page that says more. */
  readonly link?: string;
  readonly action?: HelpfulAction;
  /** For `useRegion`. */
  readonly region?: string;
  /** For `ssoLogin`. */
  readonly profile?: string;
  /** For `copyPolicy`: the statement that an administrator has to add, as JSON. */
  readonly policy?: string;
}

/** What errors are said of: the names that stand in the sentences of the tables. */
export type ErrorWords = Readonly<
  Record<'function' | 'region' | 'profile' | 'endpoint' | 'host' | 'seconds' | 'message', string>
>;

/** What can be said of an error without knowing more of its invocation than its names. */
export type ErrorRow = Pick<Explanation, 'cause' | 'remedy' | 'link' | 'action'>;

/** Rows by the code of the error. */
export type ErrorTable = Readonly<Record<string, ErrorRow>>;
