import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  Emitter,
  type FileEvent,
  type FileSystemWatcher,
  type InitializeParams,
} from '../lsp';

/** Files that the editor tells of: each is asked for once, and taken back when nobody wants it any more. */
export class WatchedFiles {
  readonly #wanted = new Map<string, readonly FileSystemWatcher[]>();
  readonly #registered = new Map<string, Promise<Disposable | undefined>>();
  readonly #changed = new Emitter<readonly FileEvent[]>();
  #canRegister = false;

  constructor(private readonly connection: Connection) {}

  /** Files that are watched were written, made or deleted. */
  readonly onDidChange: (listener: (events: readonly FileEvent[]) => void) => Disposable = (
    listener,
  ) => this.#changed.event(listener);

  initialize({ capabilities: { workspace } }: InitializeParams): void {
    this.#canRegister = workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  }

  register(connection: Connection): void {
    connection.onDidChangeWatchedFiles(({ changes }) => this.#changed.fire(changes));
  }

  /** Whether the editor tells of changes of the files that it is asked to watch. */
  get areTold(): boolean {
    return this.#canRegister;
  }

  /**
   * Has the editor tell of changes of files and folders.
   * @param watchers all that `owner` wants to be told of from now on
   */
  watch(owner: string, watchers: readonly FileSystemWatcher[]): void {
    if (!this.#canRegister) return;
    this.#wanted.set(owner, isModest(watchers) ? watchers : everything);
    const wanted = new Map(
      [...this.#wanted.values()].flat().map((watcher) => [JSON.stringify(watcher), watcher]),
    );
    for (const [key, watcher] of wanted) {
      if (!this.#registered.has(key)) this.#registered.set(key, this.#register(watcher));
    }
    for (const [key, registration] of this.#registered) {
      if (wanted.has(key)) continue;
      this.#registered.delete(key);
      void registration.then((registered) => registered?.dispose());
    }
  }

  #register(watcher: FileSystemWatcher): Promise<Disposable | undefined> {
    // The connection logs what the editor refuses.
    return this.connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers: [watcher] })
      .catch(() => undefined);
  }
}

/** More watchers than that, or longer globs, are a burden for the editor: then it is to tell of everything. */
const mostWatchers = 100;
const longestGlob = 200;
const everything: readonly FileSystemWatcher[] = [{ globPattern: '**/*' }];

function isModest(watchers: readonly FileSystemWatcher[]): boolean {
  const globs = new Set(watchers.map(({ globPattern }) => JSON.stringify(globPattern)));
  return globs.size <= mostWatchers && [...globs].every(({ length }) => length <= longestGlob);
}

/**
 * The globs of a file and of the folders that it lies in: when one of those comes or goes, editors tell of the folder
 * alone. Of JSON files they are asked to tell anyway.
 * @param path in a workspace folder, separated by `/`; with a slash at its end when it is a folder's
 */
export function globsAlong(path: string): string[] {
  return (
    path
      .split('/')
      .filter((name) => !['', '.', '..'].includes(name) && !name.endsWith('.json'))
      // What a glob would take for a sign of its own stands for any one character.
      .map((name) => `**/${name.replaceAll(/[*?{}[\],!]/g, '?')}`)
  );
}
