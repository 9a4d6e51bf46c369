import { posix } from 'node:path';
import { globFolders, matchTargets, type TargetMatch } from '../core/targetMatches';
import type { LocatedTarget } from '../core/target';
import { filePath } from './filePath';
import type { Files } from './files';

/** A folder with more files and folders than this is not searched: nothing is said of its globs. */
const mostFiles = 20_000;

/** The same of targets whose globs take longer to match with the files, in milliseconds. */
const longestMatching = 2000;

/**
 * Which files the targets of a workspace folder match; `undefined` when the folder is not on disk, too large, or takes
 * too long.
 * @param folder its URI
 */
export async function matchesOf(
  files: Files,
  folder: string,
  targets: readonly LocatedTarget[],
): Promise<readonly TargetMatch[] | undefined> {
  const root = filePath(folder);
  if (root === undefined) return undefined;
  const found: string[] = [];
  for (const below of globFolders(targets).filter(isSpelledAsPath)) {
    const listed = await files.list(root, below, mostFiles);
    if (!listed || found.length + listed.length > mostFiles) return undefined;
    for (const file of listed) found.push(`${below}${file}`);
  }
  return matchTargets(targets, found, longestMatching);
}

/** Whether paths of a workspace folder can begin like this. */
function isSpelledAsPath(folder: string): boolean {
  return !/^(?:\.\.)?\//.test(folder) && (folder === '' || posix.normalize(folder) === folder);
}
