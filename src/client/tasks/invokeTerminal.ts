import { EventEmitter, type Pseudoterminal } from 'vscode';
import { oneLine } from '../../core/foreignText';
import type { LineListener } from '../ui/output';

/** What runs in the terminal; resolves to its exit code, also when the signal ends it. Never rejects. */
type Program = (say: LineListener, signal: AbortSignal) => Promise<number>;

/** Interrupt and end of input, as keys. */
const endingKeys = ['\u0003', '\u0004'];

const red = '\u001b[31m';
const yellow = '\u001b[33m';
const plain = '\u001b[0m';

/** A terminal that shows lines as they come, and runs its program once. What others wrote cannot control it. */
export class InvokeTerminal implements Pseudoterminal {
  readonly #written = new EventEmitter<string>();
  readonly #closed = new EventEmitter<number>();
  readonly #stopping = new AbortController();

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  constructor(private readonly program: Program) {}

  open(): void {
    const say: LineListener = (level, line) => {
      const color = { error: red, warn: yellow, info: '', debug: '' }[level];
      const text = oneLine(line);
      this.#written.fire(`${color === '' ? text : color + text + plain}\r\n`);
    };
    void this.program(say, this.#stopping.signal).then((code) => this.#closed.fire(code));
  }

  /** The user closed the terminal, or ended the task. */
  close(): void {
    this.#stopping.abort();
  }

  handleInput(keys: string): void {
    if (endingKeys.some((key) => keys.includes(key))) this.#stopping.abort();
  }
}
