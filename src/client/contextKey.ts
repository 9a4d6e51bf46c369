import { commands } from 'vscode';

/** A context key for the `when` clauses of package.json. The editor hears of it only when it changes. */
export class ContextKey {
  #value = false;

  constructor(private readonly name: `invokeAsync.${string}`) {}

  set(value: boolean): void {
    if (value === this.#value) return;
    this.#value = value;
    void commands.executeCommand('setContext', this.name, value);
  }
}
