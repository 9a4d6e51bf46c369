import {
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  type Disposable,
  Emitter,
  type InitializeParams,
} from '../lsp';
import type { InitializationOptions } from '../../protocol/messages';
import { type CheckSettings, checkSettings } from '../../protocol/settings';
import type { Folders } from './folders';

/** The settings of checks, each scope read once and kept until it changes. */
export class Settings {
  readonly #known = new Map<string, Promise<CheckSettings>>();
  readonly #changed = new Emitter<void>();
  #canAsk = false;
  #canRegister = false;
  /** From a client that cannot be asked. */
  #given: unknown;

  constructor(
    private readonly connection: Connection,
    private readonly folders: Folders,
  ) {}

  readonly onDidChange: (listener: () => void) => Disposable = (listener) =>
    this.#changed.event(listener);

  initialize({ capabilities: { workspace }, initializationOptions }: InitializeParams): void {
    this.#given = (initializationOptions as InitializationOptions | undefined)?.invokeAsync;
    this.#canAsk = workspace?.configuration === true;
    this.#canRegister = workspace?.didChangeConfiguration?.dynamicRegistration === true;
  }

  register(connection: Connection): void {
    connection.onDidChangeConfiguration(({ settings }: DidChangeConfigurationParams) => {
      this.#given = (settings as InitializationOptions | null)?.invokeAsync ?? this.#given;
      this.#known.clear();
      this.#changed.fire();
    });
    this.folders.onDidChange(() => this.#known.clear());
  }

  /** Has the client tell of changes, once it is initialized. */
  async listen(connection: Connection): Promise<void> {
    if (!this.#canRegister) return;
    await connection.client.register(DidChangeConfigurationNotification.type, {
      section: 'invokeAsync',
    });
  }

  /** The settings in force for a document. */
  async of(uri: string): Promise<CheckSettings> {
    const scope = this.folders.place(uri)?.folder ?? uri;
    let settings = this.#known.get(scope);
    if (!settings) {
      settings = this.#read(uri);
      this.#known.set(scope, settings);
    }
    return settings;
  }

  /** A document was closed: outside of all folders, each has settings of its own. */
  forget(uri: string): void {
    this.#known.delete(uri);
  }

  async #read(scopeUri: string): Promise<CheckSettings> {
    if (!this.#canAsk) return checkSettings(this.#given);
    const configuration = this.connection.workspace.getConfiguration({
      scopeUri,
      section: 'invokeAsync',
    });
    // A client that cannot say still gets its documents checked.
    return checkSettings(await configuration.catch(() => this.#given));
  }
}
