import type { FunctionError } from './invocation';

/** An error of the runtime rather than of the handler, by the name that Lambda gives it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = name;
    if (cause instanceof Error && cause.stack !== undefined) this.stack = cause.stack;
  }
}

/** What the caller of `RequestResponse` reads of anything that a handler throws. */
export function toFunctionError(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  }
  return {
    errorType: thrown.name,
    errorMessage: thrown.message,
    trace: withoutOwnFrames(thrown.stack?.split('\n') ?? []),
  };
}

/** Everything below the first frame of this program is no part of the handler. */
function withoutOwnFrames(trace: string[]): string[] {
  const program = process.argv[1] ?? '';
  const own = trace.findIndex((frame) => frame.startsWith('    at ') && frame.includes(program));
  return own === -1 ? trace : trace.slice(0, own);
}
