/** An answer that refuses a request, as AWS words it. */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  /** HTTP status; CloudWatch Logs answers 400 where Lambda answers 404. */
  readonly status: number;

  constructor(
    code: ServiceErrorCode,
    message: string,
    status: number = serviceErrors[code].status,
  ) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const modelled = (message: string): object => ({ Type: 'User', Message: message });
const unmodelled = (message: string): object => ({ message });
const throttled = (message: string): object => ({
  Type: 'User',
  message,
  Reason: 'CallerRateLimitExceeded',
});

/** HTTP status of each error, and its body as the Lambda API writes it. */
export const serviceErrors = {
  AccessDeniedException: { status: 403, body: unmodelled },
  DurableExecutionAlreadyStartedException: { status: 409, body: modelled },
  InternalFailure: { status: 500, body: unmodelled },
  InvalidParameterException: { status: 400, body: modelled },
  InvalidParameterValueException: { status: 400, body: modelled },
  InvalidRequestContentException: { status: 400, body: modelled },
  MissingAuthenticationTokenException: { status: 403, body: unmodelled },
  RequestEntityTooLargeException: { status: 413, body: modelled },
  RequestTooLargeException: { status: 413, body: modelled },
  ResourceNotFoundException: { status: 404, body: modelled },
  TooManyRequestsException: { status: 429, body: throttled },
  UnknownOperationException: { status: 404, body: unmodelled },
  ValidationException: { status: 400, body: unmodelled },
} as const;

export type ServiceErrorCode = keyof typeof serviceErrors;
