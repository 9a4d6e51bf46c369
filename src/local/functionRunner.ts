import type { LocalFunction } from './configuration';
import { type FunctionPool, memoryMb } from './functionPool';
import type { Attempt, Invocation, Log } from './invocation';
import { logWriters } from './logFormat';
import type { LogStore } from './logStore';
import type { LineMessage } from './messages';

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
      const { requestId } = invocation;
      const writer = logWriters[fn.logFormat];
      const tell = (line: Pick<LineMessage, 'stream' | 'text'>): void =>
        this.#log({ functionName: fn.name, requestId, stream: line.stream, text: line.text });
      const write = (message: string): void => this.#store.append(fn.logGroup, logStream, message);
      const platform = (message: string): void => {
        write(message);
        tell({ stream: 'platform', text: message.trimEnd() });
      };

      platform(writer.start(invocation));
      const attempt = await process.run(invocation, fn.timeoutSeconds, (line) => {
        if (line.stream !== 'platform') write(writer.line(line, requestId));
        tell(line);
      });
      for (const message of writer.fault(attempt, requestId)) platform(message);
      for (const message of writer.end(attempt, requestId, memoryMb)) platform(message);
      return attempt;
    });
  }
}
