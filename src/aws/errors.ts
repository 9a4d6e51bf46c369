import * as l10n from '@vscode/l10n';
import { partitionOfRegion } from '../core/functionIdentifier/partitions';
import type { Connection } from '../core/invocation/connection';
import { ConnectionError } from '../core/invocation/connectionError';
import type { Explanation } from '../core/invocation/explanation';
import type { Outcome, OutcomeError } from '../core/invocation/outcome';
import { payloadLimitBytes } from '../core/limits';
import type { ErrorRow, ErrorTable, ErrorWords } from './errorTable';
import { describeError } from './failure';
import { unusedProxyVariable } from './proxy';
import { serviceErrors } from './serviceErrors';
import { systemErrors } from './systemErrors';

/** All errors that have words of their own. */
export function errorTable(words: ErrorWords): ErrorTable {
  return { ...systemErrors(words), ...serviceErrors(words) };
}

/** What was asked when it went wrong. */
interface Situation {
  readonly error: OutcomeError;
  readonly connection: Connection;
  /** The IAM action that the call needs. */
  readonly iamAction: string;
  readonly outcome?: Outcome;
}

/** Why an event was not accepted, in words, and what helps. */
export function explainError(outcome: Outcome, connection: Connection): Explanation {
  const error = outcome.error ?? { name: 'UnknownError', message: l10n.t('No reason was given.') };
  return explain({ error, connection, outcome, iamAction: 'lambda:InvokeFunction' });
}

/** What a failed look-up throws: the same words, as an error. */
export function readingError(
  thrown: unknown,
  iamAction: string,
  connection: Connection,
): ConnectionError {
  const error = describeError(thrown);
  const known = thrown instanceof ConnectionError ? thrown : undefined;
  if (known && !special[known.name]) return known;
  const { cause, remedy } = explain({ error, connection, iamAction });
  return new ConnectionError(known?.name ?? 'ListFailed', cause, remedy);
}

function explain(situation: Situation): Explanation {
  const { error, outcome } = situation;
  const code = canonical(error.name);
  const words = wordsOf(situation);
  const explanation = {
    ...(errorTable(words)[code] ?? unknownError(words, outcome)),
    ...special[code]?.(situation),
  };
  if (outcome?.kind !== 'unknown') return explanation;
  const { remedy, action = 'retry' } = explanation;
  const doubt = l10n.t(
    'The event may have been queued: check the function’s log before you send it again.',
  );
  return { ...explanation, remedy: `${doubt} ${remedy}`, action };
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
  };
  return aliases[name] ?? name;
}

/** For a code that no table knows, today or of a later version of the service. */
function unknownError({ host, message }: ErrorWords, outcome: Outcome | undefined): ErrorRow {
  const who = outcome?.status === undefined ? host : `Lambda (HTTP ${outcome.status})`;
  return {
    cause: `${who}: ${message}`,
    remedy: l10n.t('Fix the problem, then try again.'),
    action: 'retry',
  };
}

/** What the words of a table cannot say, because it depends on the answer or on the invocation. */
const special: Readonly<Record<string, (situation: Situation) => Partial<Explanation>>> = {
  AccessDeniedException: missingPermission,
  ResourceNotFoundException: otherRegion,
  RequestTooLargeException: tooLarge,
  RequestEntityTooLargeException: tooLarge,
  CredentialsExpired: signIn,
  CredentialsMissing: signIn,
  ExpiredTokenException: signIn,
  ENOTFOUND: mentionUnusedProxy,
  EAI_AGAIN: mentionUnusedProxy,
  ECONNREFUSED: mentionUnusedProxy,
  ETIMEDOUT: mentionUnusedProxy,
  EHOSTUNREACH: mentionUnusedProxy,
  ENETUNREACH: mentionUnusedProxy,
  TimedOut: mentionUnusedProxy,
};

function missingPermission({ error, iamAction, connection, outcome }: Situation) {
  const named = /perform: ([\w-]+:\w+)(?: on resource: (arn:\S+))?/.exec(error.message);
  const action = named?.[1] ?? iamAction;
  const resource = named?.[2] ?? functionArn(connection, outcome);
  const policy = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });
  const { profile = 'default' } = connection;
  return {
    cause: l10n.t('The caller (profile "{profile}") lacks the permission {action} on {resource}.', {
      profile,
      action,
      resource,
    }),
    remedy: l10n.t('An administrator can allow it with this policy statement: {0}', policy),
    policy,
    action: 'copyPolicy',
  } as const;
}

function functionArn({ accountId, region }: Connection, outcome: Outcome | undefined): string {
  const name = outcome?.functionName ?? '*';
  if (name === '*' || name.startsWith('arn:')) return name;
  const partition = partitionOfRegion(region)?.id ?? 'aws';
  const bare = name.replace(/^(\d{12}:)?(function:)?/, '');
  return `arn:${partition}:lambda:${region}:${accountId ?? 'ACCOUNT'}:function:${bare}`;
}

/** `Functions from 'eu-west-1' are not reachable in this region ('us-east-1')` */
function otherRegion({ error }: Situation): Partial<Explanation> {
  const region = /from '([a-z0-9-]+)' are not reachable/.exec(error.message)?.[1];
  if (!region) return {};
  return {
    cause: error.message,
    remedy: l10n.t('Send to {0}, where the function is.', region),
    action: 'useRegion',
    region,
  };
}

/** Behind a SOCKS proxy the straight way may lead nowhere. */
function mentionUnusedProxy({ connection }: Situation): Partial<Explanation> {
  const variable = unusedProxyVariable(connection);
  if (variable === undefined) return {};
  return {
    remedy: l10n.t(
      '{0} is not used: it names no HTTP proxy. If the network requires a proxy, set HTTPS_PROXY to an HTTP proxy.',
      variable,
    ),
  };
}

function tooLarge({ outcome }: Situation): Partial<Explanation> {
  if (outcome?.api !== 'InvokeAsync' || outcome.payloadBytes > payloadLimitBytes.Event) return {};
  return {
    remedy: l10n.t('Use Invoke with InvocationType Event, which accepts payloads of up to 1 MB.'),
    action: 'useInvoke',
  };
}

function signIn({ error, connection }: Situation): Partial<Explanation> {
  const { profile = 'default' } = connection;
  if (!/sso|aws login|login session/i.test(error.message)) return {};
  const verb = /aws login|login session/i.test(error.message) ? 'login' : 'sso login';
  return {
    remedy: l10n.t('Run: {0}', `aws ${verb} --profile ${profile}`),
    action: verb === 'login' ? 'retry' : 'ssoLogin',
    profile,
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
  const names: Readonly<Record<string, string>> = { sts: 'STS', logs: 'CloudWatch Logs' };
  return names[iamAction.split(':')[0] ?? ''] ?? 'Lambda';
}
