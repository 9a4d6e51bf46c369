import { join } from 'node:path';
import { eventFileMatch, type PayloadMatch, payloadMatch } from '../core/payload/payloadPath';
import { ignoredIn } from './gitIgnore';

/**
 * The one answer to whether files of a workspace folder are payloads, for client and server: by the setting's globs,
 * and, where a file is only found by looking everywhere, by git's ignore files, each of which is read once.
 * @param folder on disk; `undefined` for a workspace folder that is not
 * @param globs of the setting `payloads.include`
 * @returns takes a path relative to the folder, separated by `/`
 */
export function payloadFilter(
  folder: string | undefined,
  globs: readonly string[],
): (path: string) => boolean {
  return filter(folder, (path) => payloadMatch(path, globs));
}

/** The same for files of JSON Lines: whether their lines are events. */
export function eventFileFilter(
  folder: string | undefined,
  globs: readonly string[],
): (path: string) => boolean {
  return filter(folder, (path) => eventFileMatch(path, globs));
}

function filter(
  folder: string | undefined,
  matchOf: (path: string) => PayloadMatch | undefined,
): (path: string) => boolean {
  let ignores: ((path: string) => boolean) | undefined;
  return (path) => {
    const match = matchOf(path);
    if (match !== 'found' || folder === undefined) return match !== undefined;
    ignores ??= ignoredIn(folder);
    return !ignores(join(folder, path));
  };
}
