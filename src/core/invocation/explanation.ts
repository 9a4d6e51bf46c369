/** The next step that the client can offer as a button. */
export type HelpfulAction =
  | 'useInvoke'
  | 'useRegion'
  | 'ssoLogin'
  | 'retry'
  /** Of an event that starts a durable execution by its name. */
  | 'sendAgainSafely'
  | 'enterTenant'
  | 'selectQualifier'
  | 'selectConnection'
  | 'openSettings'
  | 'copyPolicy';

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
