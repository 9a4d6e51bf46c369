import * as l10n from '@vscode/l10n';
import { partitionOfRegion } from '../core/functionIdentifier/partitions';
import type { Connection } from '../core/invocation/connection';
import type { Explanation } from '../core/invocation/explanation';
import type { Outcome } from '../core/invocation/outcome';
import { tenantMissing } from '../core/invocationHeaders';
import { payloadLimitBytes } from '../core/limits';
import { type ErrorTable, type ErrorWords, signIn, type Situation } from './errorTable';
import { functionErrors } from './functionErrors';
import { pages } from './pages';

/** What Lambda reports about the request itself. */
const requestErrors: ErrorTable = {
  DurableExecutionAlreadyStartedException: () => ({
    cause: l10n.t('A durable execution with this name has already started with another payload.'),
    remedy: l10n.t('Use another execution name, or send the same payload.'),
    link: pages.durable,
  }),
  InvalidParameterValueException: (words) => ({
    cause: l10n.t('Lambda rejected part of the request: {message}', words),
    remedy: l10n.t('Check the function name and qualifier: a suffix and a qualifier must match.'),
    link: pages.invoke,
    ...whatIsMissing(words),
  }),
  InvalidRequestContentException: (words) => ({
    cause: l10n.t('Lambda could not parse the payload as JSON: {message}', words),
    remedy: l10n.t('Correct the payload; the editor underlines what is not JSON.'),
    link: pages.invoke,
  }),
  ModeNotSupportedException: (words) => ({
    cause: l10n.t('The function {function} cannot be invoked asynchronously.', words),
    remedy: l10n.t('Check which invocation mode the function is configured for.'),
    link: pages.invocation,
  }),
  RecursiveInvocationException: (words) => ({
    cause: l10n.t('Lambda stopped {function} because it calls itself in a loop.', words),
    remedy: l10n.t('Break the loop, or allow it in the function’s recursion settings.'),
    link: pages.recursion,
  }),
  RequestTooLargeException: tooLarge,
  RequestEntityTooLargeException: tooLarge,
  SerializedRequestEntityTooLargeException: () => ({
    cause: l10n.t('The request is too large for Lambda once it is serialized.'),
    remedy: l10n.t('Make the payload smaller, or store the content in S3 and send its key.'),
    link: pages.limits,
  }),
  ResourceConflictException: (words) => ({
    cause: l10n.t('The function {function} is being updated: {message}', words),
    remedy: l10n.t('Wait until the update is complete, then send again.'),
    link: pages.states,
    action: 'retry',
  }),
  ResourceNotFoundException: (words, situation) => ({
    cause: l10n.t(
      'There is no function {function} in {region}, or it has no such version or alias.',
      words,
    ),
    remedy: l10n.t(
      'Check the name, the qualifier, the region and the account (profile "{profile}").',
      words,
    ),
    link: pages.invoke,
    action: 'selectConnection',
    ...otherRegion(situation),
  }),
  ServiceException: (words) => ({
    cause: l10n.t('Lambda reported an internal error.'),
    remedy: l10n.t('Check whether AWS reports an issue in {region}.', words),
    link: pages.health,
    action: 'retry',
  }),
  ServiceQuotaExceededException: (words) => ({
    cause: l10n.t('The account has reached a Lambda quota: {message}', words),
    remedy: l10n.t('Request a quota increase from AWS, or free up what counts toward it.'),
    link: pages.limits,
  }),
  TooManyRequestsException: (words) => ({
    cause: l10n.t(
      'Lambda throttled the request: too many requests or too little concurrency for {function}.',
      words,
    ),
    remedy: l10n.t('Wait a moment, then send again; check the function’s reserved concurrency.'),
    link: pages.concurrency,
    action: 'retry',
  }),
  UnsupportedMediaTypeException: () => ({
    cause: l10n.t('Lambda expects a JSON payload.'),
    remedy: l10n.t('Check any proxy on the way to Lambda: it may have changed the request.'),
    link: pages.invoke,
  }),
};

/** Seen on the wire, but in no service model: what stands in front of Lambda answers with these. */
const unmodelledErrors: ErrorTable = {
  AccessDeniedException: (_words, situation) => missingPermission(situation),
  ValidationException: (words) => ({
    cause: l10n.t('Lambda rejected the function name: {message}', words),
    remedy: l10n.t('Use a name, an ARN or a partial ARN (ACCOUNT:function:NAME).'),
    link: pages.invoke,
  }),
  ExpiredTokenException: (words, situation) => ({
    cause: l10n.t('The credentials of the profile "{profile}" have expired.', words),
    remedy: l10n.t('Sign in again, then send again.'),
    link: pages.credentials,
    action: 'retry',
    ...signIn(situation),
  }),
  UnrecognizedClientException: (words) => ({
    cause: l10n.t('AWS does not recognize the access key of the profile "{profile}".', words),
    remedy: l10n.t(
      'Check that the key exists, is active, and belongs to the partition of {region}.',
      words,
    ),
    link: pages.credentials,
    action: 'selectConnection',
  }),
  InvalidSignatureException: (words) => ({
    cause: l10n.t('AWS could not verify the signature: {message}', words),
    remedy: l10n.t(
      'Check the secret key of the profile "{profile}" and this computer’s clock (at most 5 minutes off).',
      words,
    ),
    link: pages.credentials,
    action: 'selectConnection',
  }),
  RequestExpired: () => ({
    cause: l10n.t('AWS rejected the request as expired: this computer’s clock is wrong.'),
    remedy: l10n.t('Set the clock (at most 5 minutes off), then send again.'),
    link: pages.credentials,
    action: 'retry',
  }),
  MissingAuthenticationTokenException: (words) => ({
    cause: l10n.t('The endpoint did not recognize the signature of the request.'),
    remedy: l10n.t('Check the endpoint ({endpoint}) and whether a proxy removes headers.', words),
    link: pages.credentials,
    action: 'openSettings',
  }),
  OptInRequired: (words) => ({
    cause: l10n.t('The account is not subscribed to this service in {region}.', words),
    remedy: l10n.t('Enable the region for the account, or choose another.'),
    link: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html',
    action: 'selectConnection',
  }),
  ThrottlingException: () => ({
    cause: l10n.t('AWS is throttling the requests of this account.'),
    remedy: l10n.t('Wait a moment, then send again.'),
    link: pages.concurrency,
    action: 'retry',
  }),
  ServiceUnavailableException: (words) => ({
    cause: l10n.t('Lambda is not available right now.'),
    remedy: l10n.t('Check whether AWS reports an issue in {region}.', words),
    link: pages.health,
    action: 'retry',
  }),
};

/** Every error of the service, by its code. Causes and remedies are ours; the codes are those of AWS. */
export const serviceErrors: ErrorTable = {
  ...functionErrors,
  ...requestErrors,
  ...unmodelledErrors,
};

function tooLarge(words: ErrorWords, { outcome }: Situation): Explanation {
  const fitsInvoke =
    outcome?.api === 'InvokeAsync' && outcome.payloadBytes <= payloadLimitBytes.Event;
  return {
    cause: l10n.t('The payload is too large for this call: {message}', words),
    link: pages.limits,
    ...(fitsInvoke
      ? {
          remedy: l10n.t(
            'Use Invoke with InvocationType Event, which accepts payloads of up to 1 MB.',
          ),
          action: 'useInvoke',
        }
      : { remedy: l10n.t('Make it smaller, or store the content in S3 and send its key.') }),
  };
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

function missingPermission({ error, iamAction, connection, outcome }: Situation): Explanation {
  const named = /perform: ([\w-]+:\w+)(?: on resource: "?(arn:[^\s"]+))?/.exec(error.message);
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
    link: pages.permissions,
    policy,
    action: 'copyPolicy',
  };
}

function functionArn({ accountId, region }: Connection, outcome: Outcome | undefined): string {
  const name = outcome?.functionName ?? '*';
  if (name === '*' || name.startsWith('arn:')) return name;
  const partition = partitionOfRegion(region)?.id ?? 'aws';
  const bare = name.replace(/^(\d{12}:)?(function:)?/, '');
  return `arn:${partition}:lambda:${region}:${accountId ?? 'ACCOUNT'}:function:${bare}`;
}

/**
 * What a function wants that the request did not say. Lambda tells it in words alone: "The invoked function is enabled
 * with tenancy configuration. Add a valid tenant ID …", "You cannot invoke a durable function using an unqualified ARN."
 */
function whatIsMissing({ message, function: name }: ErrorWords): Partial<Explanation> {
  if (tenantMissing.test(message)) {
    return {
      remedy: l10n.t('{0} isolates tenants: send the event with a tenant ID.', name),
      link: pages.tenants,
      action: 'enterTenant',
    };
  }
  if (/durable function using an unqualified/.test(message)) {
    return {
      remedy: l10n.t('{0} is durable: send the event to a version or alias.', name),
      link: pages.durable,
      action: 'selectQualifier',
    };
  }
  return {};
}
