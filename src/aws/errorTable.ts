import * as l10n from '@vscode/l10n';
import type { Connection } from '../core/invocation/connection';
import type { Explanation } from '../core/invocation/explanation';
import type { Outcome, OutcomeError } from '../core/invocation/outcome';

/** What was asked when it went wrong. */
export interface Situation {
  readonly error: OutcomeError;
  readonly connection: Connection;
  /** The IAM action that the call needs. */
  readonly iamAction: string;
  readonly outcome?: Outcome;
}

/** What errors are said of: the names that stand in the sentences of the tables. */
export type ErrorWords = Readonly<
  Record<'function' | 'region' | 'profile' | 'endpoint' | 'host' | 'seconds' | 'message', string>
>;

/** All that is said of one error. */
type ErrorRow = (words: ErrorWords, situation: Situation) => Explanation;

/** Rows by the code of the error. */
export type ErrorTable = Readonly<Record<string, ErrorRow>>;

/** The command that signs in again, when the message is that of a session. */
export function signIn({ error, connection }: Situation): Partial<Explanation> {
  const { profile = 'default' } = connection;
  if (!/sso|aws login|login session/i.test(error.message)) return {};
  const verb = /aws login|login session/i.test(error.message) ? 'login' : 'sso login';
  return {
    remedy: l10n.t('Run: {0}', `aws ${verb} --profile ${profile}`),
    action: verb === 'login' ? 'retry' : 'ssoLogin',
    profile,
  };
}
