import type { ExtensionContext } from 'vscode';
import { Consents } from './invoke/consents';
import { LastInvocation } from './invoke/lastInvocation';
import { Repeats } from './invoke/repeats';
import { Report } from './invoke/report';
import type { ActivationServices, Services } from './services';
import { commandTable } from './commandTable';

/** All commands, with what they alone need: made when the first one runs. */
export class Commands {
  readonly #services: Services;

  constructor(
    activation: ActivationServices,
    { globalState, workspaceState }: Pick<ExtensionContext, 'globalState' | 'workspaceState'>,
  ) {
    this.#services = {
      ...activation,
      report: new Report(activation.output, globalState),
      consents: new Consents(workspaceState),
      repeats: new Repeats(),
      lastInvocation: new LastInvocation(),
    };
  }

  /**
   * @param id as in package.json
   * @param argument the row or file that the command is about, or what a keybinding, a task or another extension passes
   * @param selection all selected rows or files
   * @throws {Error} for an id that no command has
   */
  run(id: string, argument?: unknown, selection?: unknown): unknown {
    const command = commandTable[id];
    if (!command) throw new Error(`No command ${id}`);
    return command(this.#services, argument, selection);
  }
}
