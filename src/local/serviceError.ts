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

/** HTTP status of each error, and how the Lambda API writes its body: modelled errors carry a `Type`. */
export const serviceErrors = {
  AccessDeniedException: { status: 403, modelled: false },
  InternalFailure: { status: 500, modelled: false },
  InvalidParameterException: { status: 400, modelled: true },
  InvalidParameterValueException: { status: 400, modelled: true },
  InvalidRequestContentException: { status: 400, modelled: true },
  MissingAuthenticationTokenException: { status: 403, modelled: false },
  RequestEntityTooLargeException: { status: 413, modelled: true },
  RequestTooLargeException: { status: 413, modelled: true },
  ResourceNotFoundException: { status: 404, modelled: true },
  UnknownOperationException: { status: 404, modelled: false },
  ValidationException: { status: 400, modelled: false },
} as const;

export type ServiceErrorCode = keyof typeof serviceErrors;
