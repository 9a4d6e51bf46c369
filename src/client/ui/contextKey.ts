import { commands, type Memento } from 'vscode';
import type { ContextKeyName } from '../contributions';

/**
 * A context key for the `when` clauses of package.json. The editor hears of it only when it changes.
 * @param memory where the key is to hold from the next start on, before anything is read again
 */
export class ContextKey {
  #value = false;

  constructor(
    private readonly name: ContextKeyName,
    private readonly memory?: Memento,
  ) {
    this.#tell(memory?.get(name, false) ?? false);
  }

  set(value: boolean): void {
    if (value === this.#value) return;
    this.#tell(value);
    void this.memory?.update(this.name, value);
  }

  #tell(value: boolean): void {
    if (value === this.#value) return;
    this.#value = value;
    void commands.executeCommand('setContext', this.name, value);
  }
}
