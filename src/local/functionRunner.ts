import * as l10n from '@vscode/l10n';
import { messageOf } from '../core/messageOf';
import { cutText, lineLimitBytes } from './byteLimits';
import type { LocalFunction } from './configurationText';
import type { DebugRequests } from './debugging';
import { type FunctionPool, memoryMb, type Seat } from './functionPool';
import { findHandlerFile, type HandlerFile } from './handlerFile';
import { type HandlerProgram, NoProgramError } from './handlerPrograms';
import type { Attempt, FunctionError, Invocation, LocalLogLine, Log } from './invocation';
import { logWriters, pythonFault, textReport } from './logFormat';
import { LogTail } from './logTail';
import type { LogStore } from './logStore';

/** Runs events, and tells the log group and the people watching what happens meanwhile. */
export class FunctionRunner {
  readonly #pool: FunctionPool;
  readonly #store: LogStore;
  readonly #log: Log;
  readonly #debugRequests: Pick<DebugRequests, 'take'>;

  constructor(
    pool: FunctionPool,
    store: LogStore,
    log: Log,
    debugRequests: Pick<DebugRequests, 'take'>,
  ) {
    this.#debugRequests = debugRequests;
    this.#pool = pool;
    this.#store = store;
    this.#log = log;
  }

  /** Runs one event once. A function error is a result, never a rejection. */
  async run(fn: LocalFunction, invocation: Invocation): Promise<Attempt> {
    const { requestId, version, tenantId } = invocation;
    const tell = (stream: LocalLogLine['stream'], text: string): void =>
      this.#log({ functionName: fn.name, requestId, stream, text });
    const debug = this.#debugRequests.take(fn.name, invocation.payload);
    let handler: HandlerFile;
    let program: HandlerProgram;
    try {
      handler = findHandlerFile(fn);
      program = this.#pool.programOf(handler, fn, debug);
    } catch (error) {
      const refused = refusal(error);
      tell('stderr', refused.errorMessage);
      return { result: { status: 'error', error: refused }, durationMs: 0, memoryMb: 0 };
    }
    const work = async ({ process, logStream }: Seat): Promise<Attempt> => {
      const writer = logWriters[fn.logFormat];
      const tail = new LogTail();
      const write = (message: string): void => {
        this.#store.append(fn.logGroup, logStream, message);
        tail.add(message);
      };

      write(writer.start(invocation));
      tell('platform', `START RequestId: ${requestId} Version: ${version}`);
      const attempt = await process.run(invocation, fn.timeoutSeconds, {
        onReceived: (payloadBytes, sha256) =>
          tell('platform', `Payload: ${payloadBytes} bytes, SHA-256 ${sha256}`),
        onLine: (line) => {
          const whole = { ...line, text: withNote(line) };
          write(writer.line(whole, requestId));
          tell(line.stream, whole.text);
        },
      });
      for (const message of writer.end(attempt, requestId, memoryMb)) write(message);
      if (attempt.result.status !== 'success') tell('stderr', faultText(attempt.result.error));
      tell('platform', `END RequestId: ${requestId}`);
      tell('platform', `REPORT RequestId: ${requestId}\t${textReport(attempt, memoryMb)}`);
      return { ...attempt, logTail: tail.bytes };
    };
    const request = { fn, handler, program, tenantId };
    return debug ? this.#pool.debug(request, debug, work) : this.#pool.use(request, work);
  }
}

function refusal(error: unknown): FunctionError {
  const errorMessage = messageOf(error);
  const errorType =
    error instanceof NoProgramError ? 'Runtime.InvalidEntrypoint' : 'Runtime.ImportModuleError';
  return { errorType, errorMessage };
}

function withNote({ text, omittedBytes }: { text: string; omittedBytes: number }): string {
  if (omittedBytes === 0) return text;
  return `${text} … ${l10n.t('({0} more bytes)', omittedBytes)}`;
}

/** The stack where there is one: it begins with the type and the message. */
function faultText(error: FunctionError): string {
  const { errorType, errorMessage, trace = [] } = error;
  const text = error.stackTrace
    ? pythonFault(error)
    : trace.length > 0
      ? trace.join('\n')
      : `${errorType}: ${errorMessage}`;
  return withNote(cutText(text, lineLimitBytes));
}
