import { realpathSync } from 'node:fs';
import { join } from 'node:path';
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
import type { OnUnread } from '../../files/gitIgnore';
import { isScanned } from './scanFile';
import { walk } from './walk';

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

type ScanThread = Thread<FinderRequest, FinderNote, FinderAnswer>;

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
    this.#threads = Array.from({ length: count }, () => new Thread(file, finderThreadOptions));
  }

  /** Resolves to the count of searched files; those that were skipped are none of them. */
  async scan(roots: ScanRoots, options: ScanOptions = {}): Promise<number> {
    const search = this.#last.then(() => this.#scan(roots, options));
    this.#last = search.catch(() => undefined);
    return search;
  }

  dispose(): void {
    for (const thread of this.#threads) thread.dispose();
  }

  async #scan(roots: ScanRoots, { signal, onBatch }: ScanOptions): Promise<number> {
    let filesDone = 0;
    const batches = batchesOf(roots, (path, reason) => {
      // What is skipped is told in the middle of a sentence.
      onBatch?.([{ ...nothingFound(path), skipped: reason.replace(/\.$/, '') }], filesDone);
    });
    const next = async () => (signal?.aborted ? undefined : (await batches.next()).value);
    const searchIn = async (thread: ScanThread) => {
      let following = next();
      for (let batch = await following; batch; batch = await following) {
        const searched = this.#search(thread, batch);
        // The next one is made ready while the thread works.
        following = next();
        const found = await searched;
        filesDone +=
          batch.paths.length - found.filter(({ skipped }) => skipped !== undefined).length;
        onBatch?.(found, filesDone);
      }
    };
    await Promise.all(this.#threads.map(searchIn));
    return filesDone;
  }

  /** What a thread finds in files. The file that it cannot get through is skipped, and it goes on with the next. */
  async #search(thread: ScanThread, { paths, isNamed }: Batch): Promise<FileFindings[]> {
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
        return found;
      } catch (error) {
        if (!(error instanceof ThreadError)) throw error;
        const skipped = reasonToSkip(error);
        // Without a file to blame, the disk is: none of those that are left would fare better.
        const unread = reading === undefined ? rest : [reading];
        found.push(...unread.map((path) => ({ ...nothingFound(path), skipped })));
        rest = rest.slice(rest.indexOf(unread.at(-1) ?? '') + 1);
      }
    }
    return found;
  }
}

/** Files that one thread searches. */
interface Batch {
  readonly paths: readonly string[];
  /** Somebody asked for these very files. */
  readonly isNamed: boolean;
}

async function* batchesOf(
  { files = [], folders = [] }: ScanRoots,
  onUnread: OnUnread,
): AsyncGenerator<Batch, undefined> {
  // By whatever path it is reached, a file is searched once, and fixed by one thread.
  const seen = new Set<string>();
  const isNew = (realPath: string) => !seen.has(realPath) && seen.add(realPath);
  if (files.length > 0)
    yield { paths: files.filter((file) => isNew(realPathOf(file))), isNamed: true };
  for (const folder of folders) {
    const real = realPathOf(folder);
    // Below it no link is followed.
    const isNewBelow = (path: string) => isNew(join(real, path.slice(folder.length)));
    for await (const batch of walk(folder, isScanned, onUnread)) {
      yield { paths: batch.filter(isNewBelow), isNamed: false };
    }
  }
  return undefined;
}

/** With links resolved and, where the file system ignores case, in the case of the disk; as it is when there is none. */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
