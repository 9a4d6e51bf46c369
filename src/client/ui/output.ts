import { type Disposable, type LogOutputChannel, window } from 'vscode';
import { oneLine, taggedLines } from '../../core/foreignText';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Hears, line by line, what is told of one event. What others wrote in it is not inert yet. */
export type LineListener = (level: LogLevel, line: string) => void;

/** The output channel. Whatever a line holds of others, it stays one line, and shows what it holds. */
export class Output implements Disposable {
  constructor(
    private readonly channel: LogOutputChannel = window.createOutputChannel('Lambda Invoke Async', {
      log: true,
    }),
  ) {}

  debug(line: string): void {
    this.channel.debug(oneLine(line));
  }

  info(line: string): void {
    this.channel.info(oneLine(line));
  }

  warn(line: string): void {
    this.channel.warn(oneLine(line));
  }

  error(line: string): void {
    this.channel.error(oneLine(line));
  }

  /**
   * All of what others print, which may be many lines.
   * @param tag says in front of each line whose it is, such as `[orders]`
   */
  print(level: LogLevel, tag: string, text: string): void {
    for (const line of taggedLines(tag, text)) this.channel[level](line);
  }

  /** Opens the channel, and leaves the focus where it is. */
  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.channel.dispose();
  }
}
