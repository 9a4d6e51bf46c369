import * as l10n from '@vscode/l10n';
import type { LocalLogLine, Log } from './invocation';

/** More than a person reads, and little enough for the editor to show while it does other things. */
const linesPerSecond = 500;
const charactersPerSecond = 1024 * 1024;

/**
 * A log that passes on as many lines in a second as can be shown, and then says how many it skipped. What the platform
 * says is counted apart, so that a handler that floods hides nothing of it.
 */
export class LineRate {
  readonly #log: Log;
  readonly #windows = { platform: new Window(), handler: new Window() };
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  add(line: LocalLogLine): void {
    this.#timer ??= setTimeout(() => this.#next(), 1000).unref();
    const window = this.#windows[line.stream === 'platform' ? 'platform' : 'handler'];
    if (window.admits(line)) this.#log(line);
  }

  /** Says what it has skipped so far. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#next();
  }

  #next(): void {
    this.#timer = undefined;
    for (const window of Object.values(this.#windows)) {
      if (window.skipped > 0) {
        const text = l10n.t(
          '… {count} lines skipped: at most {limit} lines and 1 MB are shown per second.',
          { count: window.skipped, limit: linesPerSecond },
        );
        this.#log({ stream: 'platform', text });
      }
      window.begin();
    }
  }
}

class Window {
  #lines = 0;
  #characters = 0;
  skipped = 0;

  begin(): void {
    this.#lines = 0;
    this.#characters = 0;
    this.skipped = 0;
  }

  /** Once a line is skipped, so are those after it: what is shown has no hidden holes. */
  admits({ text }: LocalLogLine): boolean {
    this.#lines += 1;
    this.#characters += text.length;
    const isWithin = this.#lines <= linesPerSecond && this.#characters <= charactersPerSecond;
    if (!isWithin) this.skipped += 1;
    return isWithin;
  }
}
