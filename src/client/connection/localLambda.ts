import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import { type Disposable, EventEmitter, workspace } from 'vscode';
import type { LocalLambda as Endpoint, LocalLogLine } from '../../local/main';
import { local } from '../lazy';
import { messageOf } from '../../core/messageOf';
import type { ContextKey } from '../ui/contextKey';
import type { Ui } from '../ui/ui';

/** Local Lambda as the editor runs it: started on first need or by command, one for the window. */
export class LocalLambda implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #queueChanged = new EventEmitter<void>();
  #starting: Promise<Endpoint> | undefined;
  #stopping: Promise<void> | undefined;
  #running: Endpoint | undefined;

  constructor(
    private readonly ui: Pick<Ui, 'isTrusted' | 'output' | 'tell'>,
    private readonly isRunning: Pick<ContextKey, 'set'>,
    private readonly handlerProcess = join(import.meta.dirname, 'handlerProcess.js'),
  ) {}

  /** Started or stopped. */
  readonly onDidChange = this.#changed.event;

  /** More or fewer events are queued. Fires a few times a second at most. */
  readonly onDidChangeQueue = this.#queueChanged.event;

  /** The running endpoint; while there is one, it is where every invocation goes. */
  get running(): Endpoint | undefined {
    return this.#running;
  }

  /** The running endpoint, once a start or stop that has begun is done: an event must not slip past it to AWS. */
  async settled(): Promise<Endpoint | undefined> {
    await Promise.allSettled([this.#starting, this.#stopping]);
    return this.#running;
  }

  /** Starts Local Lambda unless it runs. Rejects when the port or the configuration cannot be used. */
  async start(): Promise<Endpoint> {
    // Not awaited without need, so that a stop right after a start finds it.
    if (this.#stopping) await this.#stopping;
    this.#starting ??= this.#start().catch((error: unknown) => {
      // The next one may do better.
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async stop(): Promise<void> {
    this.#stopping ??= this.#stop().finally(() => {
      this.#stopping = undefined;
    });
    return this.#stopping;
  }

  /** Lambda: Start Local Lambda. */
  async startByCommand(): Promise<void> {
    const needsTrust = l10n.t(
      'To run the functions in .lambda/local.json, trust this workspace first: its files decide where events go and what runs.',
    );
    if (!(await this.ui.isTrusted(needsTrust))) return;
    try {
      await this.start();
      this.ui.output.show();
    } catch (error) {
      const reason = messageOf(error);
      const message = l10n.t('Local Lambda did not start: {0}', reason);
      this.ui.output.error(message);
      this.ui.tell('error', message);
    }
  }

  dispose(): void {
    // With the window the output goes, too.
    this.stop().catch(() => undefined);
    this.#changed.dispose();
    this.#queueChanged.dispose();
  }

  async #stop(): Promise<void> {
    const endpoint = await this.#starting?.catch(() => undefined);
    if (!endpoint) return;
    await endpoint.stop();
    this.#starting = undefined;
    this.#running = undefined;
    this.ui.output.info(l10n.t('Local Lambda stopped.'));
    this.#announce();
  }

  async #start(): Promise<Endpoint> {
    const folders = (workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ uri }) => uri.fsPath);
    const { startLocalLambda } = await local();
    const endpoint = await startLocalLambda({
      folders,
      handlerProcess: this.handlerProcess,
      log: (line) => this.#log(line),
      onQueueChange: () => this.#queueChanged.fire(),
    });
    this.#running = endpoint;
    const words = { endpoint: endpoint.endpoint, functions: endpoint.functions().join(', ') };
    this.ui.output.info(
      words.functions === ''
        ? l10n.t(
            'Local Lambda is listening on {endpoint} with no functions yet: add one to .lambda/local.json.',
            words,
          )
        : l10n.t('Local Lambda is listening on {endpoint} with {functions}.', words),
    );
    this.#announce();
    return endpoint;
  }

  #announce(): void {
    this.#changed.fire();
    this.isRunning.set(this.#running !== undefined);
  }

  #log({ functionName, stream, text }: LocalLogLine): void {
    const tag = `[${functionName}]`;
    if (functionName === undefined) this.ui.output.info(text);
    else if (stream === 'platform') this.ui.output.info(`${tag} ${text}`);
    else this.ui.output.print(stream === 'stderr' ? 'warn' : 'info', tag, text);
  }
}
