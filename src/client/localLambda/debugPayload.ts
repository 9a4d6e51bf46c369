import * as l10n from '@vscode/l10n';
import { Uri } from 'vscode';
import type { Outcome } from '../../core/invocation/outcome';
import type { LocalLambda } from '../connection/localLambda';
import type { Invocation } from '../invoke/invocation';
import { readInvokeArguments } from '../invoke/invokeArguments';
import type { Invoker } from '../invoke/invoker';
import type { Ui } from '../ui/ui';
import { debugConfiguration, pythonDebugger } from './debugConfiguration';

/** Sends a payload to Local Lambda, with the handler's process under the editor's debugger. */
export class DebugPayload {
  /** @param handlerProcess path of the program that calls handlers */
  constructor(
    private readonly invoker: Pick<Invoker, 'invoke'>,
    private readonly localLambda: Pick<LocalLambda, 'running'>,
    private readonly handlerProcess: string,
    private readonly ui: Pick<Ui, 'extensionFolder' | 'offer' | 'run' | 'startDebugging'>,
  ) {}

  /** Lambda: Debug with This Payload. Resolves to the outcome, or to `undefined` when the user cancelled. */
  async debug(argument?: unknown): Promise<Outcome | undefined> {
    const given = readInvokeArguments(argument);
    return this.invoker.invoke(
      { ...given, api: 'Invoke', endpoint: 'local' },
      {
        waits: true,
        mayRepeat: true,
        mayRun: async ({ functionName }) => this.#hasDebugger(functionName),
        through: async (invocation, send) => this.#underDebugger(invocation, send),
      },
    );
  }

  /** The editor brings a debugger of Node. */
  async #hasDebugger(functionIdentifier: string): Promise<boolean> {
    const runtime = this.localLambda.running?.runtimeOf(functionIdentifier)?.runtime;
    if (runtime !== 'python' || this.ui.extensionFolder(pythonDebugger) !== undefined) return true;
    this.ui.offer(
      'information',
      l10n.t('To debug a Python handler, install the extension Python Debugger.'),
      {
        title: l10n.t('Show Extension'),
        run: async () => this.ui.run('workbench.extensions.search', `@id:${pythonDebugger}`),
      },
    );
    return false;
  }

  async #underDebugger(
    { functionName: identifier, payload }: Invocation,
    send: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const { running } = this.localLambda;
    const name = running?.runtimeOf(identifier)?.name;
    // Local Lambda answers why there is no handler.
    if (!running || name === undefined) return send();
    const extension = this.ui.extensionFolder(pythonDebugger);
    const ended = new AbortController();
    running.debug({
      functionName: name,
      payload: payload.text,
      debugpy: extension && Uri.joinPath(extension, 'bundled', 'libs').fsPath,
      signal: ended.signal,
      attach: async (target) => {
        const configuration = debugConfiguration(target, this.handlerProcess);
        if (await this.ui.startDebugging(Uri.file(target.folder), configuration)) return;
        throw new Error(l10n.t('The debugger did not start.'));
      },
    });
    try {
      return await send();
    } finally {
      // Whoever cancels ends the process that waits at a breakpoint.
      ended.abort();
    }
  }
}
