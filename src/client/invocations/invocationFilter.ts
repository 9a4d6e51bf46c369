import { type Disposable, EventEmitter } from 'vscode';

/** Which rows the Invocations view shows: those that have all of the words. Of this window, until it closes. */
export class InvocationFilter implements Disposable {
  readonly #changed = new EventEmitter<void>();
  #text = '';

  readonly onDidChange = this.#changed.event;

  constructor(private readonly isFiltered: { set(value: boolean): void }) {}

  /** As the user has typed it; empty when every row is shown. */
  get text(): string {
    return this.#text;
  }

  set(text: string): void {
    this.#text = text.trim();
    this.isFiltered.set(this.#text !== '');
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
