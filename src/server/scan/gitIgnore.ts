import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The ignore files that hold in one folder, the nearest first. */
export type IgnoreRules = readonly FolderRules[];

interface FolderRules {
  readonly folder: string;
  readonly rules: Ignore;
}

/** What holds in a folder because of the folders above it, up to the top of its repository; nothing outside of one. */
export function rulesAbove(folder: string): IgnoreRules {
  return inheritedRules(folder, namesIn(folder)) ?? [];
}

/**
 * What holds inside a folder: the rules from above and its own. A repository inside a repository starts anew.
 * @param names what stands in the folder
 */
export function rulesIn(folder: string, names: readonly string[], above: IgnoreRules): IgnoreRules {
  const isRepository = names.includes('.git');
  const files = [
    ...(isRepository ? [globalIgnoreFile(), join(folder, '.git', 'info', 'exclude')] : []),
    ...(names.includes('.gitignore') ? [join(folder, '.gitignore')] : []),
  ];
  const inherited = isRepository ? [] : above;
  const text = files.map(readText).join('\n');
  if (text.trim() === '') return inherited;
  return [{ folder, rules: ignore({ ignoreCase: ignoresCase }).add(text) }, ...inherited];
}

/**
 * Whether git ignores an entry of a folder that it does not ignore itself.
 * @param path with a separator at its end when it is a folder's
 */
export function isIgnored(path: string, rules: IgnoreRules): boolean {
  for (const { folder, rules: own } of rules) {
    const { ignored, unignored } = own.test(relativePath(folder, path));
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** As git's `core.ignorecase` is set where a repository is made. */
const ignoresCase = process.platform === 'win32' || process.platform === 'darwin';

/** `undefined` when no folder from here upwards is a repository. */
function inheritedRules(folder: string, names: readonly string[]): IgnoreRules | undefined {
  if (names.includes('.git')) return [];
  const parent = dirname(folder);
  if (parent === folder) return undefined;
  const namesInParent = namesIn(parent);
  const above = inheritedRules(parent, namesInParent);
  return above && rulesIn(parent, namesInParent, above);
}

/** Source: https://git-scm.com/docs/gitignore */
function globalIgnoreFile(): string {
  const configuration = process.env['XDG_CONFIG_HOME'];
  return join(configuration ? configuration : join(homedir(), '.config'), 'git', 'ignore');
}

function relativePath(folder: string, path: string): string {
  const rest = path.slice(folder.endsWith(sep) ? folder.length : folder.length + 1);
  return sep === '/' ? rest : rest.replaceAll(sep, '/');
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
