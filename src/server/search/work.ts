import type { Candidate, FolderToRead } from './candidates';

/** What one thread does next. */
export type Job = FoldersJob | FilesJob;

export interface FoldersJob {
  readonly kind: 'folders';
  readonly folders: readonly FolderToRead[];
}

export interface FilesJob {
  readonly kind: 'files';
  readonly paths: readonly string[];
  /** Somebody asked for these very files. */
  readonly isNamed: boolean;
}

/** A thread gets so many at a time: few enough that the threads end together. */
const mostFolders = 16;
const mostFiles = 16;
/** To search more files than these takes longer than to load their grammar. */
const worthLoading = 20;

/** A thread as far as it matters who does what. */
export interface Worker {
  /** Those that it has loaded, or will with what it got. */
  readonly grammars: Set<string>;
}

/**
 * What is left to do in a search. To load a grammar with its queries takes as long as to search dozens of files, so the
 * files of one language go to one thread, unless they are many.
 */
export class Work {
  readonly #named: string[];
  readonly #folders: FolderToRead[];
  /** By the grammar that they take. */
  readonly #files = new Map<string | undefined, string[]>();

  /**
   * @param named files that somebody asked for
   * @param workers all that do the work
   */
  constructor(
    named: readonly string[],
    folders: readonly string[],
    private readonly workers: readonly Worker[],
  ) {
    this.#named = [...named];
    this.#folders = folders.map((path) => ({ path }));
  }

  add(candidates: readonly Candidate[], folders: readonly FolderToRead[]): void {
    for (const { path, grammar } of candidates) {
      const files = this.#files.get(grammar);
      if (files) files.push(path);
      else this.#files.set(grammar, [path]);
    }
    for (const folder of folders) this.#folders.push(folder);
  }

  /** What is best done now by a worker; undefined when there is nothing that it should do. */
  next(worker: Worker): Job | undefined {
    const named = this.#named.splice(0, mostFiles);
    if (named.length > 0) return { kind: 'files', paths: named, isNamed: true };
    const files = this.#filesOf((grammar) => this.#isFor(worker, grammar), 0);
    if (files) return this.#give(worker, files);
    const folders = this.#folders.splice(-mostFolders);
    if (folders.length > 0) return { kind: 'folders', folders };
    const many = this.#filesOf(() => true, worthLoading);
    return many && this.#give(worker, many);
  }

  /** Whether a worker has a grammar, or no other one does. */
  #isFor({ grammars }: Worker, grammar: string | undefined): boolean {
    if (grammar === undefined || grammars.has(grammar)) return true;
    return this.workers.every((other) => !other.grammars.has(grammar));
  }

  #filesOf(
    isWanted: (grammar: string | undefined) => boolean,
    moreThan: number,
  ): WaitingFiles | undefined {
    for (const [grammar, files] of this.#files)
      if (files.length > moreThan && isWanted(grammar)) return { grammar, files };
    return undefined;
  }

  #give({ grammars }: Worker, { grammar, files }: WaitingFiles): Job {
    if (grammar !== undefined) grammars.add(grammar);
    return { kind: 'files', paths: files.splice(0, mostFiles), isNamed: false };
  }
}

interface WaitingFiles {
  readonly grammar: string | undefined;
  readonly files: string[];
}
