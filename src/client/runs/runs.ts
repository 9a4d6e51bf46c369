import { dirname } from 'node:path';
import type { FoundRun } from '../../sendFile/runList';
import { runList } from '../lazy';
import type { RememberedSet } from '../rememberedSet';
import type { ContextKey } from '../ui/contextKey';

/** What can be done with a run while this window sends it. */
export interface RunControl {
  pause(): void;
  resume(): void;
  /** Sends no further line, and waits for those under way. */
  stop(): void;
  /** Events a second at most; `undefined` for as many as the connections carry. */
  setRate(rate: number | undefined): void;
}

/** A run of an event file, as a row of the Invocations view tells of it. */
export interface Run extends FoundRun {
  /** While this window sends it. */
  readonly control?: RunControl | undefined;
  /** Whether it goes to Local Lambda. */
  readonly isLocal: boolean;
}

type Listener = (run: Run | undefined) => void;

/** So many runs that are over are shown. */
const mostShown = 20;

/**
 * The sender of a window that was reloaded ends with its last request, at the latest when that times out: until then its
 * run is looked for again so often, with a pause between in milliseconds.
 */
const mostLooks = 24;
const usualPauseMs = 5000;

/** The runs of this window, and those of earlier ones that concern it. Nothing is read before somebody asks. */
export class Runs {
  readonly #listeners = new Set<Listener>();
  readonly #runs = new Map<string, Run>();
  #loading: Promise<void> | undefined;

  /**
   * @param root folder of the journals
   * @param concerns whether an event file of a run that an earlier window began is one of this window
   */
  constructor(
    readonly root: string,
    private readonly concerns: (path: string) => boolean,
    /** Folders of the runs that go to Local Lambda. */
    private readonly localRuns: RememberedSet,
    private readonly hasRuns: Pick<ContextKey, 'set'>,
    private readonly pauseMs = usualPauseMs,
  ) {}

  /** Calls back with the run that has changed, or `undefined` when some came or went. */
  onDidChange(listener: Listener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Those that are under way first, then the newest. */
  async all(): Promise<readonly Run[]> {
    await (this.#loading ??= this.#load());
    return this.known;
  }

  /** The same, without those that nobody has asked for yet. */
  get known(): readonly Run[] {
    const inOrder = [...this.#runs.values()].toSorted((a, b) =>
      b.startedAt.localeCompare(a.startedAt),
    );
    const isOver = (run: Run) => run.progress?.state === 'finished';
    const over = new Set(inOrder.filter(isOver).slice(mostShown));
    const shown = inOrder.filter((run) => !over.has(run));
    return [...shown.filter(({ control }) => control), ...shown.filter(({ control }) => !control)];
  }

  get(folder: string): Run | undefined {
    return this.#runs.get(folder);
  }

  /** Adds a run that begins. */
  async add(run: Run): Promise<void> {
    if (run.isLocal) await this.localRuns.add(run.folder);
    this.put(run);
  }

  /** What is new of a run. */
  put(run: Run): void {
    const isNew = !this.#runs.has(run.folder);
    const hadControl = this.#runs.get(run.folder)?.control !== undefined;
    this.#runs.set(run.folder, run);
    this.#tell(isNew || hadControl !== (run.control !== undefined) ? undefined : run);
  }

  /** Forgets runs; their folders are gone. */
  remove(folders: readonly string[]): void {
    for (const folder of folders) this.#runs.delete(folder);
    this.#tell(undefined);
  }

  async #load(look = 1): Promise<void> {
    const { listRuns } = await runList();
    const { runs: found, areAll } = await listRuns(this.root);
    if (!areAll && look < mostLooks) {
      setTimeout(() => void this.#lookAgain(look + 1), this.pauseMs).unref();
    }
    // Lines that another run has left concern whom that one concerns.
    const originOf = (path: string): string => {
      const origin = found.find(({ folder }) => dirname(path) === folder);
      return origin ? originOf(origin.file.path) : path;
    };
    for (const run of found) {
      // What this window has begun meanwhile is newer.
      if (this.#runs.has(run.folder) || !this.concerns(originOf(run.file.path))) continue;
      this.#runs.set(run.folder, { ...run, isLocal: this.localRuns.has(run.folder) });
    }
    this.hasRuns.set(this.#runs.size > 0);
  }

  async #lookAgain(look: number): Promise<void> {
    const before = this.#runs.size;
    await this.#load(look);
    if (this.#runs.size > before) this.#tell(undefined);
  }

  #tell(run: Run | undefined): void {
    this.hasRuns.set(this.#runs.size > 0);
    for (const listener of this.#listeners) listener(run);
  }
}
