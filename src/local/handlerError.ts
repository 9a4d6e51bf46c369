import { cutText, errorTypeLimitBytes, responseLimitBytes, traceLimitBytes } from './byteLimits';
import type { FunctionError } from './invocation';

/** As Node's runtime tells it. */
type NodeError = Required<Pick<FunctionError, 'errorType' | 'errorMessage' | 'trace'>>;

/** An error of the runtime rather than of the handler, by the name that Lambda gives it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = name;
    if (cause instanceof Error && cause.stack !== undefined) this.stack = cause.stack;
  }
}

/** What the caller of `RequestResponse` reads of anything that a handler throws; as JSON within Lambda's limit. */
export function toFunctionError(thrown: unknown): NodeError {
  try {
    return withinLimit(describe(thrown));
  } catch {
    // Any part of it may be a getter that throws, and not everything becomes text.
    const errorMessage = 'The error cannot be shown as text.';
    return { errorType: typeof thrown, errorMessage, trace: [] };
  }
}

function describe(thrown: unknown): NodeError {
  if (!(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  }
  // The handler may have put anything in their place.
  const { name, message, stack }: { name: unknown; message: unknown; stack?: unknown } = thrown;
  const { text } = cutText(typeof stack === 'string' ? stack : '', traceLimitBytes);
  return {
    errorType: cutText(String(name), errorTypeLimitBytes).text,
    errorMessage: String(message),
    trace: text === '' ? [] : withoutOwnFrames(text.split('\n')),
  };
}

/** Everything below the first frame of this program is no part of the handler. */
function withoutOwnFrames(trace: string[]): string[] {
  const program = process.argv[1] ?? '';
  const own = trace.findIndex((frame) => frame.startsWith('    at ') && frame.includes(program));
  return own === -1 ? trace : trace.slice(0, own);
}

function withinLimit(error: NodeError): NodeError {
  const others = Buffer.byteLength(JSON.stringify({ ...error, errorMessage: '' }));
  const limit = responseLimitBytes - others - noteBytes;
  let { text } = cutText(error.errorMessage, limit);
  // A character takes up to six bytes in JSON; the quotes around the text are among the others.
  while (Buffer.byteLength(JSON.stringify(text)) - 2 > limit) text = text.slice(0, text.length / 2);
  const omittedBytes = Buffer.byteLength(error.errorMessage) - Buffer.byteLength(text);
  return omittedBytes > 0
    ? { ...error, errorMessage: `${text} … (${omittedBytes} more bytes)` }
    : error;
}

/** Room for the note of what was cut off. */
const noteBytes = 64;
