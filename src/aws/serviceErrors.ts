import type { ErrorRow } from './explanation';
import { functionErrors } from './functionErrors';
import { pages } from './pages';

/** What Lambda reports about the request itself. */
const requestErrors: Readonly<Record<string, ErrorRow>> = {
  DurableExecutionAlreadyStartedException: {
    cause: 'A durable execution with this name has already started with another payload.',
    remedy: 'Send with another execution name, or with the same payload.',
    link: pages.durable,
  },
  InvalidParameterValueException: {
    cause: 'Lambda refuses a part of the request: {message}',
    remedy: 'Check the function’s name and qualifier: a suffix and a qualifier must not differ.',
    link: pages.invoke,
  },
  InvalidRequestContentException: {
    cause: 'Lambda could not read the payload as JSON: {message}',
    remedy: 'Correct the payload; the editor underlines what is not JSON.',
    link: pages.invoke,
  },
  ModeNotSupportedException: {
    cause: 'The function {function} cannot be called asynchronously.',
    remedy: 'Look up which invocation mode the function is configured for.',
    link: pages.invocation,
  },
  RecursiveInvocationException: {
    cause: 'Lambda stopped {function} because it calls itself in a loop.',
    remedy: 'Break the loop, or allow it in the function’s recursion settings.',
    link: pages.recursion,
  },
  RequestTooLargeException: {
    cause: 'The payload is too large for this call: {message}',
    remedy: 'Make it smaller, or put the content into S3 and send its key.',
    link: pages.limits,
  },
  RequestEntityTooLargeException: {
    cause: 'The payload is too large for this call: {message}',
    remedy: 'Make it smaller, or put the content into S3 and send its key.',
    link: pages.limits,
  },
  SerializedRequestEntityTooLargeException: {
    cause: 'The request is too large for Lambda once it is serialized.',
    remedy: 'Make the payload smaller, or put the content into S3 and send its key.',
    link: pages.limits,
  },
  ResourceConflictException: {
    cause: 'The function {function} is being changed right now: {message}',
    remedy: 'Wait until the change is done, then send again.',
    link: pages.states,
    action: 'retry',
  },
  ResourceNotFoundException: {
    cause: 'There is no function {function} in {region}, or it has no such version or alias.',
    remedy: 'Check the name, the qualifier, the region and the account ({profile}).',
    link: pages.invoke,
    action: 'selectConnection',
  },
  ServiceException: {
    cause: 'Lambda had an internal error.',
    remedy: 'See whether AWS reports trouble in {region}.',
    link: pages.health,
    action: 'retry',
  },
  ServiceQuotaExceededException: {
    cause: 'The account has used up a quota of Lambda: {message}',
    remedy: 'Ask AWS to raise the quota, or free what uses it.',
    link: pages.limits,
  },
  TooManyRequestsException: {
    cause: 'Lambda throttles: too many requests or too little concurrency for {function}.',
    remedy: 'Wait a little and send again; check the function’s reserved concurrency.',
    link: pages.concurrency,
    action: 'retry',
  },
  UnsupportedMediaTypeException: {
    cause: 'Lambda wants the payload as JSON and did not get it so.',
    remedy: 'Check what stands between here and Lambda: it may have changed the request.',
    link: pages.invoke,
  },
};

/** Seen on the wire, but in no service model: what stands in front of Lambda answers with these. */
const unmodelledErrors: Readonly<Record<string, ErrorRow>> = {
  AccessDeniedException: {
    cause: 'The caller ({profile}) lacks a permission for {function}.',
    remedy: 'Ask an administrator to allow the action.',
    link: pages.permissions,
  },
  ValidationException: {
    cause: 'Lambda does not take this as a function’s name: {message}',
    remedy: 'Use a name, an ARN or a partial ARN (ACCOUNT:function:NAME).',
    link: pages.invoke,
  },
  ExpiredTokenException: {
    cause: 'The credentials of {profile} have expired.',
    remedy: 'Sign in again, then send again.',
    link: pages.credentials,
    action: 'retry',
  },
  UnrecognizedClientException: {
    cause: 'AWS does not know the access key of {profile}.',
    remedy: 'Check that the key exists, is active, and belongs to the partition of {region}.',
    link: pages.credentials,
    action: 'selectConnection',
  },
  InvalidSignatureException: {
    cause: 'AWS could not verify the signature: {message}',
    remedy: 'Check the secret key of {profile} and this computer’s clock (at most 5 minutes off).',
    link: pages.credentials,
    action: 'selectConnection',
  },
  RequestExpired: {
    cause: 'AWS took the request for expired: this computer’s clock is off.',
    remedy: 'Set the clock (at most 5 minutes off), then send again.',
    link: pages.credentials,
    action: 'retry',
  },
  MissingAuthenticationTokenException: {
    cause: 'The endpoint got no signature that it understands.',
    remedy: 'Check the endpoint {endpoint}, and whether a proxy removes headers.',
    link: pages.credentials,
    action: 'openSettings',
  },
  OptInRequired: {
    cause: 'The account is not subscribed to this service in {region}.',
    remedy: 'Enable the region for the account, or choose another.',
    link: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html',
    action: 'selectConnection',
  },
  ThrottlingException: {
    cause: 'AWS throttles the requests of this account.',
    remedy: 'Wait a little and send again.',
    link: pages.concurrency,
    action: 'retry',
  },
  ServiceUnavailableException: {
    cause: 'Lambda is not available right now.',
    remedy: 'See whether AWS reports trouble in {region}.',
    link: pages.health,
    action: 'retry',
  },
};

/** Every error of the service, by its code. Causes and remedies are ours; the codes are those of AWS. */
export const serviceErrors: Readonly<Record<string, ErrorRow>> = {
  ...functionErrors,
  ...requestErrors,
  ...unmodelledErrors,
};
