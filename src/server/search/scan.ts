import { join } from 'node:path';
import { isBelow } from '../../files/below';
import { realPathOf } from '../../files/realPath';
import {
  type FinderAnswer,
  type FinderNote,
  type FinderRequest,
  finderThreadOptions,
  preparingLimitMs,
} from '../finder/finderMessages';
import { reasonToSkip } from '../finder/finderThread';
import { Thread, ThreadError } from '../thread/thread';
import { type FileFindings, nothingFound } from './findings';
import type { FolderToRead } from './candidates';
import { type FilesJob, type Job, Work, type Worker } from './work';

/** What is searched, by absolute paths. A file that is named is searched even where git ignores it. */
export interface ScanRoots {
  readonly files?: readonly string[];
  readonly folders?: readonly string[];
}

export interface ScanOptions {
  /** Ends the search early, with what was found until then. */
  readonly signal?: AbortSignal;
  /** Called after each batch of files with what was found in it, and the count of all files searched so far. */
  readonly onBatch?: (found: readonly FileFindings[], filesDone: number) => void;
}

interface ScanThread extends Worker {
  readonly thread: Thread<FinderRequest, FinderNote, FinderAnswer>;
}

/**
 * Threads that search files for uses of InvokeAsync, one search after the other. Each takes some 60 MB once it has
 * parsed something; they stay, with their grammars, for the next search. A file that is not read in time ends its
 * thread and is skipped.
 */
export class ScanThreads {
  readonly #threads: readonly ScanThread[];
  #last: Promise<unknown> = Promise.resolve();

  /** @param fix writes the certain fixes into the files */
  constructor(
    count: number,
    private readonly fix = false,
  ) {
    const file = join(__dirname, 'finderWorker.js');
    this.#threads = Array.from({ length: count }, () => ({
      thread: new Thread(file, finderThreadOptions),
      grammars: new Set(),
    }));
  }

  /** Resolves to the count of searched files; those that were skipped are none of them. */
  async scan(roots: ScanRoots, options: ScanOptions = {}): Promise<number> {
    const search = this.#last.then(() => this.#scan(roots, options));
    this.#last = search.catch(() => undefined);
    return search;
  }

  dispose(): void {
    for (const { thread } of this.#threads) thread.dispose();
  }

  async #scan(roots: ScanRoots, { signal, onBatch }: ScanOptions): Promise<number> {
    const { files, folders, except } = distinct(roots);
    const work = new Work(files, folders, this.#threads);
    let filesDone = 0;
    const running = new Set<Promise<void>>();
    const run = async (worker: ScanThread, job: Job) => {
      const { found, filesDone: more } =
        job.kind === 'folders'
          ? await this.#look(worker, job.folders, except, work)
          : await this.#search(worker, job);
      filesDone += more;
      onBatch?.(found, filesDone);
    };
    const searchIn = async (worker: ScanThread) => {
      for (;;) {
        const job = signal?.aborted ? undefined : work.next(worker);
        if (job) {
          const done = run(worker, job).finally(() => running.delete(done));
          running.add(done);
          await done;
        } else if (running.size > 0) {
          // What another one finds may be for this one.
          await Promise.race(running);
        } else return;
      }
    };
    // The first one has to look before there is something to do for the others.
    if (folders.length > 0) for (const { thread } of this.#threads) thread.prepare();
    await Promise.all(this.#threads.map(searchIn));
    return filesDone;
  }

  /** What a thread finds to do in folders, apart from what it is done with. */
  async #look(
    { thread }: ScanThread,
    folders: readonly FolderToRead[],
    except: ReadonlySet<string>,
    work: Work,
  ): Promise<Searched> {
    try {
      const answer = await thread.ask({ kind: 'look', folders, except }, preparingLimitMs);
      if (answer.kind !== 'looked') return { found: [], filesDone: 0 };
      const { candidates, folders: more, filesDone, unread } = answer.found;
      work.add(candidates, more);
      return { found: unread.map(([path, reason]) => skippedFor(path, reason)), filesDone };
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      const reason = reasonToSkip(error);
      return { found: folders.map(({ path }) => skippedFor(path, reason)), filesDone: 0 };
    }
  }

  /** What a thread finds in files. The file that it cannot get through is skipped, and it goes on with the next. */
  async #search({ thread }: ScanThread, { paths, isNamed }: FilesJob): Promise<Searched> {
    const found: FileFindings[] = [];
    const options = { fix: this.fix, isNamed };
    let rest = paths;
    while (rest.length > 0) {
      let reading: string | undefined;
      try {
        await thread.ask({ kind: 'scan', paths: rest, ...options }, preparingLimitMs, (note) => {
          if (note.kind === 'reading') reading = note.path;
          else {
            found.push(note.findings);
            rest = rest.slice(rest.indexOf(note.findings.path) + 1);
            reading = undefined;
          }
        });
        break;
      } catch (error) {
        if (!(error instanceof ThreadError)) throw error;
        const reason = reasonToSkip(error);
        // Without a file to blame, the disk is: none of those that are left would fare better.
        const unread = reading === undefined ? rest : [reading];
        found.push(...unread.map((path) => skippedFor(path, reason)));
        rest = rest.slice(rest.indexOf(unread.at(-1) ?? '') + 1);
      }
    }
    const skipped = found.filter((file) => file.skipped !== undefined).length;
    return { found, filesDone: paths.length - skipped };
  }
}

interface Searched {
  readonly found: readonly FileFindings[];
  /** How many files were searched to their end. */
  readonly filesDone: number;
}

/** What is skipped is told in the middle of a sentence. */
const skippedFor = (path: string, reason: string): FileFindings => ({
  ...nothingFound(path),
  skipped: reason.replace(/\.$/, ''),
});

/**
 * By whatever path it is reached, a file is searched once, and fixed by one thread.
 * @returns the files and folders that are searched, and the paths that a search of the folders leaves out because they
 *   are among them
 */
function distinct({ files = [], folders = [] }: ScanRoots): Required<ScanRoots> & {
  readonly except: ReadonlySet<string>;
} {
  const filesByPath = byRealPath(files);
  const foldersByPath = byRealPath(folders);
  const except = new Set<string>();
  for (const [real, folder] of foldersByPath) {
    for (const other of [...filesByPath.keys(), ...foldersByPath.keys()]) {
      // Below a folder no link is followed.
      if (other !== real && isBelow(other, real)) except.add(folder + other.slice(real.length));
    }
  }
  return { files: [...filesByPath.values()], folders: [...foldersByPath.values()], except };
}

function byRealPath(paths: readonly string[]): Map<string, string> {
  return new Map(paths.map((path) => [realPathOf(path), path]));
}
