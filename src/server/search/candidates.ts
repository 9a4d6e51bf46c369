import type { IgnoreRules, OnUnread } from '../../files/gitIgnore';
import { languageOfId } from '../../migration/languages';
import { isScanned, languageIdOf } from './scanFile';
import { readSource } from './sourceFile';
import { contentOf, type FolderEntry, topFolder } from './walk';

/** A folder that git does not ignore. */
export interface FolderToRead {
  readonly path: string;
  /** What the folders above it ignore; unless given, that is read first. */
  readonly above?: IgnoreRules;
  /** Of a folder that holds very many files: some of them, which are to be read and nothing else. */
  readonly files?: readonly string[];
}

/** A file that may hold a use. */
export interface Candidate {
  readonly path: string;
  /** The grammar that its language has. */
  readonly grammar: string | undefined;
}

/** What some folders hold. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  /** How many other files were searched: those that hold no word of the deprecated call. */
  readonly filesDone: number;
  /** What was not read yet. */
  readonly folders: readonly FolderToRead[];
  /** Folders and ignore files that cannot be read, with the reason: a sentence. */
  readonly unread: readonly (readonly [path: string, reason: string])[];
}

/** Short enough that no thread waits long for another's folders, long enough that telling of them costs nothing. */
const sliceMs = 10;
/** A folder can hold a million files: so many are read before the time is looked at. */
const mostFiles = 64;

/**
 * Looks for files with a word of the deprecated call in folders, and in the folders in them, as long as its time is
 * not up.
 * @param except the paths of files and folders that are left out
 */
export function findCandidates(
  folders: readonly FolderToRead[],
  except: ReadonlySet<string>,
  milliseconds = sliceMs,
): Candidates {
  const candidates: Candidate[] = [];
  const unread: [string, string][] = [];
  const onUnread: OnUnread = (path, reason) => unread.push([path, reason]);
  const waiting = [...folders];
  let filesDone = 0;
  const end = performance.now() + milliseconds;
  for (let next = waiting.pop(); next; next = performance.now() < end ? waiting.pop() : undefined) {
    const files: string[] = [];
    for (const entry of entriesIn(next, onUnread)) {
      if (except.has(entry.path)) continue;
      if (entry.kind === 'folder') waiting.push(entry);
      else files.push(entry.path);
    }
    for (let from = mostFiles; from < files.length; from += mostFiles)
      waiting.push({ ...next, files: files.slice(from, from + mostFiles) });
    for (const path of files.slice(0, mostFiles)) {
      const candidate = candidateIn(path);
      if (candidate) candidates.push(candidate);
      else filesDone++;
    }
  }
  return { candidates, filesDone, folders: waiting, unread };
}

function entriesIn(
  { path, above, files }: FolderToRead,
  onUnread: OnUnread,
): Iterable<FolderEntry> {
  if (files) return files.map((file) => ({ kind: 'file', path: file }));
  return contentOf(above ? { path, above } : topFolder(path, onUnread), isScanned, onUnread);
}

function candidateIn(path: string): Candidate | undefined {
  const reading = readSource(path);
  if (reading.kind === 'nothing') return undefined;
  const text = reading.kind === 'source' ? reading.file.text : '';
  const languageId = languageIdOf(path, text);
  const language = languageId === undefined ? undefined : languageOfId(languageId);
  return { path, grammar: language?.grammar };
}
