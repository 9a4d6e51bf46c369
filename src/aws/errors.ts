import * as l10n from '@vscode/l10n';
import type { Connection } from '../core/invocation/connection';
import { ConnectionError, type ConnectionErrorName } from '../core/invocation/connectionError';
import type { Explanation } from '../core/invocation/explanation';
import type { Outcome } from '../core/invocation/outcome';
import type { ErrorTable, ErrorWords, Situation } from './errorTable';
import { storageErrors } from './failedEvents/storageErrors';
import { describeError } from './failure';
import { serviceErrors } from './serviceErrors';
import { systemErrors } from './systemErrors';

/** All errors that have words of their own. */
export const errorTable: ErrorTable = { ...systemErrors, ...serviceErrors, ...storageErrors };

/** Why an event was not accepted, in words, and what helps. */
export function explainError(
  outcome: Outcome,
  connection: Connection,
  { isSafeToRepeat }: { readonly isSafeToRepeat?: boolean } = {},
): Explanation {
  const error = outcome.error ?? { name: 'UnknownError', message: l10n.t('No reason was given.') };
  const explanation = explain({ error, connection, outcome, iamAction: 'lambda:InvokeFunction' });
  if (outcome.kind !== 'unknown') return explanation;
  const { remedy, action = 'retry' } = explanation;
  if (outcome.waits && !isSafeToRepeat) {
    const doubt = l10n.t(
      'The function may still be running, or may have run: check its log before you invoke it again.',
    );
    return { ...explanation, remedy: `${doubt} ${remedy}`, action };
  }
  if (isSafeToRepeat) {
    const safety = l10n.t(
      'The event may have been queued. Sent again under its execution name, it still runs only once.',
    );
    return { ...explanation, remedy: `${safety} ${remedy}`, action: 'sendAgainSafely' };
  }
  const doubt = l10n.t(
    'The event may have been queued: check the function’s log before you send it again.',
  );
  return { ...explanation, remedy: `${doubt} ${remedy}`, action };
}

/** What a failed look-up throws: the same words, as an error. */
export function readingError(
  thrown: unknown,
  iamAction: string,
  connection: Connection,
): ConnectionError {
  const known = thrown instanceof ConnectionError ? thrown : undefined;
  if (known && !needsWords.has(known.name)) return known;
  const { cause, remedy } = explain({ error: describeError(thrown), connection, iamAction });
  return new ConnectionError(known?.name ?? 'ListFailed', cause, remedy);
}

/** Their messages are those of a credential provider, which names neither the profile nor the way to sign in. */
const needsWords: ReadonlySet<ConnectionErrorName> = new Set([
  'CredentialsExpired',
  'CredentialsMissing',
]);

function explain(situation: Situation): Explanation {
  const row = errorTable[canonical(situation.error.name)] ?? unknownError;
  return row(wordsOf(situation), situation);
}

/** Other spellings of a code; every service has its own habits. */
function canonical(name: string): string {
  const aliases: Readonly<Record<string, string>> = {
    AccessDenied: 'AccessDeniedException',
    ExpiredToken: 'ExpiredTokenException',
    InvalidClientTokenId: 'UnrecognizedClientException',
    IncompleteSignature: 'InvalidSignatureException',
    IncompleteSignatureException: 'InvalidSignatureException',
    SignatureDoesNotMatch: 'InvalidSignatureException',
    RequestTimeTooSkewed: 'RequestExpired',
    MissingAuthenticationToken: 'MissingAuthenticationTokenException',
    Throttling: 'ThrottlingException',
    ThrottledException: 'ThrottlingException',
    RequestLimitExceeded: 'ThrottlingException',
    ServiceUnavailable: 'ServiceUnavailableException',
    InternalFailure: 'ServiceException',
    InternalServerError: 'ServiceException',
    InternalServerException: 'ServiceException',
    RequestThrottled: 'ThrottlingException',
    SlowDown: 'ThrottlingException',
    'AWS.SimpleQueueService.NonExistentQueue': 'QueueDoesNotExist',
    InvalidAddress: 'QueueDoesNotExist',
  };
  return aliases[name] ?? name;
}

/** For a code that no table knows, today or of a later version of the service. */
function unknownError({ host, message }: ErrorWords, { outcome }: Situation): Explanation {
  const who = outcome?.status === undefined ? host : `Lambda (HTTP ${outcome.status})`;
  return {
    cause: `${who}: ${message}`,
    remedy: l10n.t('Fix the problem, then try again.'),
    action: 'retry',
  };
}

function wordsOf({ error, connection, iamAction, outcome }: Situation): ErrorWords {
  const { region, profile = 'default', endpoint, timeoutMs } = connection;
  const service = serviceName(iamAction);
  return {
    function: outcome?.functionName ?? '*',
    region,
    profile,
    endpoint: endpoint ?? 'AWS',
    // The endpoint is Lambda's alone: another service that does not answer is not to be looked for there.
    host:
      endpoint && service === 'Lambda'
        ? new URL(endpoint).host
        : l10n.t('{0} in {1}', service, region),
    seconds: String(timeoutMs / 1000),
    message: error.message,
  };
}

/** The service that was asked, by the action that it asks for. */
function serviceName(iamAction: string): string {
  const names: Readonly<Record<string, string>> = {
    sts: 'STS',
    logs: 'CloudWatch Logs',
    cloudwatch: 'CloudWatch',
    sqs: 'SQS',
    s3: 'S3',
    states: 'Step Functions',
    cloudformation: 'CloudFormation',
    schemas: 'EventBridge Schemas',
  };
  return names[iamAction.split(':')[0] ?? ''] ?? 'Lambda';
}
