/** Which files are payloads, as far as their paths tell. */
import { fixedFolder, matchesGlob, searchedGlob } from '../patterns/glob';

/**
 * How a path is matched: by a glob that names the folder it lies in, which is meant as it is written, or only by one
 * that looks everywhere, and so comes by much that nobody means: then what git ignores is no payload.
 */
export type PayloadMatch = 'named' | 'found';

/**
 * @param path relative to the workspace folder, separated by `/`
 * @param globs of the setting `payloads.include`
 */
export function payloadMatch(path: string, globs: readonly string[]): PayloadMatch | undefined {
  return path.endsWith('.json') ? matchOf(path, globs) : undefined;
}

/**
 * The same for event files, which lie where payloads do: a glob that ends with `.json` matches them, too.
 * @param path of a file of JSON Lines, by its name or language
 */
export function eventFileMatch(path: string, globs: readonly string[]): PayloadMatch | undefined {
  return matchOf(path, globs) ?? matchOf(path.replace(/\.[^./]*$/, '.json'), globs);
}

/** Whether a file's name says that it is JSON Lines: one JSON value a line. A URI will do as well. */
export function isJsonLinesPath(path: string): boolean {
  return /\.(?:jsonl|ndjson)$/.test(path);
}

function matchOf(path: string, globs: readonly string[]): PayloadMatch | undefined {
  let match: PayloadMatch | undefined;
  for (const glob of globs) {
    const base = fixedFolder(glob);
    if (!matchesGlob(path, glob) || (path !== glob && isLeftOut(path.slice(base.length)))) continue;
    if (base !== '' || path === glob) return 'named';
    match = 'found';
  }
  return match;
}

/**
 * Whether a file, folder, or anything in that folder can be a payload: for what comes by without being asked for, such
 * as the thousands of files of an installation.
 */
export function mayHoldPayloads(path: string, globs: readonly string[]): boolean {
  return globs.map(fixedFolder).some((base) => {
    if (base.startsWith(`${path}/`)) return true;
    return path.startsWith(base) && !path.slice(base.length).split('/').some(isLeftOutName);
  });
}

/** What to look for, and where not to, beside what the setting `files.exclude` says. */
export interface PayloadSearch {
  readonly include: string;
  readonly exclude?: string;
}

/**
 * The searches that find all payloads of a folder, and more: as few as can be, for each is a process.
 * @param globs of the setting `payloads.include`
 */
export function searchesFor(globs: readonly string[]): PayloadSearch[] {
  const searched = [...new Set(globs.map(searchedGlob))];
  const isInPackages = (glob: string) => `/${fixedFolder(glob)}`.includes('/node_modules/');
  return [
    // A comma would end the alternative that it stands in.
    ...searched.filter((glob) => glob.includes(',')).map((glob) => [glob]),
    ...[true, false].map((inPackages) =>
      searched.filter((glob) => !glob.includes(',') && isInPackages(glob) === inPackages),
    ),
  ].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const include = others.length === 0 ? first : `{${[first, ...others].join(',')}}`;
    return [isInPackages(first) ? { include } : { include, exclude: '**/node_modules/**' }];
  });
}

/** Whether what a glob does not name itself is a file of some tool. */
function isLeftOut(path: string): boolean {
  const names = path.split('/');
  return names.some(isLeftOutName) || toolFile.test(names.at(-1) ?? '');
}

/** Packages, and what tools keep in files and folders with a dot. */
function isLeftOutName(name: string): boolean {
  return name === 'node_modules' || (name.startsWith('.') && name !== '.lambda');
}

/** Manifests, lock files, and the configuration of TypeScript, which has comments. */
const toolFile =
  /^(?:package|package-lock|npm-shrinkwrap|composer|[\w.-]*[.-]lock|[jt]sconfig[\w.-]*)\.json$/;
