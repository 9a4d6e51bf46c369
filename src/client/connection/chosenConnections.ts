import { type Disposable, EventEmitter, type Memento, type WorkspaceFolder } from 'vscode';
import { type ConnectionSettings, settings } from '../settings';

/** Where the events of a folder go, and who says so. */
export interface CurrentConnection extends ConnectionSettings {
  /** The user has chosen it here, so that the settings have no say in it. */
  readonly isChosen: boolean;
}

/** By the address of a workspace folder. */
const choicesKey = 'chosenConnections';

/**
 * Where events go, as the user has chosen it for each workspace folder. The editor remembers it on this machine: the
 * settings of the folder are files that the user shares with others. A choice wins over the settings as a whole.
 */
export class ChosenConnections implements Disposable {
  readonly #changed = new EventEmitter<void>();

  constructor(private readonly memory: Memento) {}

  /** Something else was chosen. */
  readonly onDidChange = this.#changed.event;

  /** What holds for a folder while neither a target nor an environment says otherwise: the choice, else the settings. */
  of(folder: WorkspaceFolder | undefined): CurrentConnection {
    const chosen = this.chosen(folder);
    const { profile, region, endpoint } = chosen ?? settings(folder);
    return { profile, region, endpoint, isChosen: chosen !== undefined };
  }

  /** What the user has chosen for a folder, if they have. */
  chosen(folder: WorkspaceFolder | undefined): ConnectionSettings | undefined {
    return folder && this.#choices[folder.uri.toString()];
  }

  async choose(folder: WorkspaceFolder, connection: ConnectionSettings): Promise<void> {
    const choices = { ...this.#choices, [folder.uri.toString()]: connection };
    await this.memory.update(choicesKey, choices);
    this.#changed.fire();
  }

  /** Lets the settings decide again. */
  async forget(folder: WorkspaceFolder): Promise<void> {
    const { [folder.uri.toString()]: chosen, ...others } = this.#choices;
    if (!chosen) return;
    await this.memory.update(choicesKey, others);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  get #choices(): Readonly<Record<string, ConnectionSettings>> {
    return this.memory.get<Record<string, ConnectionSettings>>(choicesKey, {});
  }
}
