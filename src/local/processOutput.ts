import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { lineLimitBytes, wholeCharacters } from './byteLimits';
import { drain } from './drain';
import { FrameReader } from './frames';
import { LineSplitter } from './lineSplitter';
import {
  channels,
  type HandlerMessage,
  isHandlerMessage,
  type LineMessage,
  type LogLevel,
  type OutputStream,
  outputStreams,
} from './messages';

/** One call of `console`, or (without a level) what goes into the log as it is: what was written to a stream. */
export interface Line {
  readonly stream: OutputStream;
  readonly level?: LogLevel;
  readonly text: string;
  /** What was cut off its end, in bytes. */
  readonly omittedBytes: number;
}

/** A message that is no output. */
export type Report = Exclude<HandlerMessage, LineMessage | { readonly kind: 'output' }>;

export interface Listener {
  onLine(line: Line): void;
  /** @param body what the kind of the message says */
  onReport(report: Report, body: Buffer): void;
  /** Nothing more can be read from the channel. */
  onBroken(error: unknown): void;
}

interface ReportWithBody {
  readonly report: Report;
  readonly body: Buffer;
}

/** Reads what a handler's process says, over the channel and on its standard streams. */
export class ProcessOutput {
  readonly #child: ChildProcess;
  readonly #listener: Listener;
  readonly #frames = new FrameReader();
  /** What went through Node's streams came over the channel, in the order of the calls; the pipes got the rest. */
  readonly #splitters = {
    channel: { stdout: new LineSplitter(), stderr: new LineSplitter() },
    pipe: { stdout: new LineSplitter(), stderr: new LineSplitter() },
  };
  /** Resolves when all is read: later than the process ends, if another one holds its streams open. */
  readonly ended: Promise<unknown>;

  constructor(child: ChildProcess, listener: Listener) {
    this.#child = child;
    this.#listener = listener;
    this.ended = Promise.all([
      this.#readChannel(),
      ...outputStreams.map((stream) => this.#readPipe(stream)),
    ]);
  }

  /** Ends the lines that have no end yet. */
  flush(): void {
    for (const splitters of Object.values(this.#splitters)) {
      for (const stream of outputStreams) {
        const rest = splitters[stream].rest();
        if (rest) this.#listener.onLine({ stream, ...rest });
      }
    }
  }

  /** Reads no more. */
  close(): void {
    for (const stream of this.#child.stdio) stream?.destroy();
  }

  async #readPipe(stream: OutputStream): Promise<void> {
    const splitter = this.#splitters.pipe[stream];
    await drain(
      this.#child.stdio[outputStreams.indexOf(stream) + 1] as Readable,
      (chunk) => splitter.split(chunk),
      (line) => this.#listener.onLine({ stream, ...line }),
    );
  }

  async #readChannel(): Promise<void> {
    try {
      await drain(
        this.#child.stdio[channels.toHost] as Readable,
        (chunk) => this.#partsOf(chunk),
        (part) => {
          if ('report' in part) this.#listener.onReport(part.report, part.body);
          else this.#listener.onLine(part);
        },
      );
    } catch (error) {
      this.#listener.onBroken(error);
    }
  }

  *#partsOf(chunk: Buffer): Generator<Line | ReportWithBody> {
    for (const { header, body } of this.#frames.read(chunk)) {
      if (!isHandlerMessage(header)) continue;
      if (header.kind === 'output') {
        const { stream } = header;
        for (const line of this.#splitters.channel[stream].split(body)) yield { stream, ...line };
      } else if (header.kind === 'line') yield toLine(header, body);
      else yield { report: header, body };
    }
  }
}

function toLine({ stream, level, omittedBytes }: LineMessage, body: Buffer): Line {
  // The handler's process has cut it, unless the handler wrote the message itself.
  const kept = wholeCharacters(body, lineLimitBytes);
  const omitted = omittedBytes + body.byteLength - kept.byteLength;
  const text = kept.toString();
  return { stream, ...(level && { level }), text, omittedBytes: omitted };
}
