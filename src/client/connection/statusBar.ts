import { Disposable, StatusBarAlignment, window, workspace, type WorkspaceFolder } from 'vscode';
import type { BarState, BarText } from './barText';
import type { ChosenConnections } from './chosenConnections';
import { currentFolder } from '../folders';
import { connectionRules } from '../lazy';
import type { LocalLambda } from './localLambda';
import { messageOf } from '../../core/messageOf';
import type { TargetStore } from '../payloads/targetStore';
import { affectsSetting, settings } from '../settings';
import { markdown } from '../ui/editorUi';

/**
 * Says where events go from the folder that the user is in: profile, region, and the endpoint when it is not AWS.
 * Hidden until the extension is used, or a setting says where events go.
 */
export class StatusBar implements Disposable {
  readonly #item = window.createStatusBarItem('invokeAsync.connection', StatusBarAlignment.Left, 0);
  readonly #subscriptions: Disposable;
  #isInUse = false;
  #updates = 0;

  constructor(
    private readonly localLambda: LocalLambda,
    private readonly targets: TargetStore,
    private readonly connections: Pick<ChosenConnections, 'of' | 'onDidChange'>,
  ) {
    this.#item.name = 'Lambda Invoke Async';
    this.#subscriptions = Disposable.from(
      localLambda.onDidChange(() => this.#update()),
      targets.onDidChange(() => this.#update()),
      connections.onDidChange(() => this.#update()),
      localLambda.onDidChangeQueue(() => this.#update()),
      window.onDidChangeActiveTextEditor(() => this.#update()),
      workspace.onDidChangeWorkspaceFolders(() => this.#update()),
      workspace.onDidGrantWorkspaceTrust(() => this.#update()),
      workspace.onDidChangeConfiguration((event) => {
        if (affectsSetting(event)) void this.#update();
      }),
      // The shared config may have been edited elsewhere.
      window.onDidChangeWindowState(({ focused }) => focused && this.#update()),
    );
    // Not while the extension is being activated: where a setting says something, files are read.
    setImmediate(() => void this.#update());
  }

  /** The user has turned to the extension: from now on the item is shown. */
  show(): void {
    if (this.#isInUse) return;
    this.#isInUse = true;
    void this.#update();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#item.dispose();
  }

  async #update(): Promise<void> {
    const update = ++this.#updates;
    const folder = currentFolder();
    const { profile, region, endpoint } = this.connections.of(folder);
    const isSet = [profile, region, endpoint].some((value) => value !== '');
    if (!isSet && !this.#isInUse && !this.localLambda.running) {
      this.#item.hide();
      return;
    }
    // Its words are a chunk of their own: most windows never show them.
    const { barText } = await import('./barText');
    const text = barText(await this.#state(folder));
    // A later update has overtaken this one while it read files.
    if (update === this.#updates) this.#show(text);
  }

  async #state(folder: WorkspaceFolder | undefined): Promise<BarState> {
    if (!workspace.isTrusted) return { isRestricted: true };
    const { running } = this.localLambda;
    const { isChosen, ...set } = this.connections.of(folder);
    const { timeoutMs } = settings(folder);
    const reading = folder && (await this.targets.environment(folder));
    const environment =
      reading && 'environments' in reading ? (reading.environment ?? {}) : undefined;
    const { profile, region, endpoint } = { ...set, ...environment };
    const isShared = (workspace.workspaceFolders ?? []).length > 1;
    const ofFolder = {
      ...(isShared && folder && { folder: folder.name }),
      ...(environment && { environment }),
      ...(isChosen && { isChosen }),
    };
    if (running || endpoint === 'local') {
      const queued = running?.queuedByFunction() ?? new Map();
      return { ...ofFolder, local: { endpoint: running?.endpoint, queued } };
    }
    try {
      const choice = { profile, region, endpoint, timeoutMs, environment: process.env };
      return { ...ofFolder, connection: await (await connectionRules()).resolveConnection(choice) };
    } catch (error) {
      const problem = messageOf(error);
      return { ...ofFolder, problem, profile };
    }
  }

  #show({ text, label, tooltip, command }: BarText): void {
    this.#item.command = command;
    this.#item.text = text;
    this.#item.tooltip = markdown(tooltip, ['invokeAsync.stopLocal']);
    this.#item.accessibilityInformation = { label };
    this.#item.show();
  }
}
