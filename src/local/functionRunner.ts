import type { LocalFunction } from './configuration';
import { type FunctionPool, memoryMb } from './functionPool';
import type { Attempt, FunctionError, Invocation, LocalLogLine, Log } from './invocation';
import { logWriters, textReport } from './logFormat';
import type { LogStore } from './logStore';

/** Runs events, and tells the log group and the people watching what happens meanwhile. */
export class FunctionRunner {
  readonly #pool: FunctionPool;
  readonly #store: LogStore;
  readonly #log: Log;

  constructor(pool: FunctionPool, store: LogStore, log: Log) {
    this.#pool = pool;
    this.#store = store;
    this.#log = log;
  }

  /** Runs one event once. A function error is a result, never a rejection. */
  run(fn: LocalFunction, invocation: Invocation): Promise<Attempt> {
    return this.#pool.use(fn, async ({ process, logStream }) => {
      const { requestId, version } = invocation;
      const writer = logWriters[fn.logFormat];
      const write = (message: string): void => this.#store.append(fn.logGroup, logStream, message);
      const tell = (stream: LocalLogLine['stream'], text: string): void =>
        this.#log({ functionName: fn.name, requestId, stream, text });

      write(writer.start(invocation));
      tell('platform', `START RequestId: ${requestId} Version: ${version}`);
      const attempt = await process.run(invocation, fn.timeoutSeconds, (line) => {
        if (line.stream !== 'platform') write(writer.line(line, requestId));
        tell(line.stream, line.text);
      });
      for (const message of writer.end(attempt, requestId, memoryMb)) write(message);
      if (attempt.result.status !== 'success') tell('stderr', faultText(attempt.result.error));
      tell('platform', `END RequestId: ${requestId}`);
      tell('platform', `REPORT RequestId: ${requestId}\t${textReport(attempt, memoryMb)}`);
      return attempt;
    });
  }
}

/** The stack where there is one: it begins with the type and the message. */
function faultText({ errorType, errorMessage, trace = [] }: FunctionError): string {
  return trace.length > 0 ? trace.join('\n') : `${errorType}: ${errorMessage}`;
}
