import * as l10n from '@vscode/l10n';
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { fileLimitBytes } from '../core/fileLimits';
import { unreadText } from './fileReading';
import { readFileInSync } from './readFileSync';
import { IgnoreFile } from './ignoreFile';

/** The ignore files that hold in one folder, the nearest first: plain values, which one thread can tell another. */
export type IgnoreRules = readonly FolderRules[];

/** What the ignore files in one folder say. */
interface FolderRules {
  readonly folder: string;
  readonly text: string;
}

/** As git's `core.ignorecase` is set where a repository is made. */
const ignoresCase = process.platform === 'win32' || process.platform === 'darwin';

const ignoreFiles = new WeakMap<FolderRules, IgnoreFile>();

function ignoreFileOf(rules: FolderRules): IgnoreFile {
  let file = ignoreFiles.get(rules);
  if (!file) {
    file = new IgnoreFile(rules.text, ignoresCase);
    ignoreFiles.set(rules, file);
  }
  return file;
}

/** In a folder that is ignored nothing can be taken back. */
const everything: IgnoreRules = [{ folder: '', text: '*' }];

/** Hears of each ignore file or folder that is there and is not read; what an unread ignore file names is not ignored. */
export type OnUnread = (path: string, reason: string) => void;

/** What holds in a folder because of the folders above it, up to the top of its repository; nothing outside of one. */
export function rulesAbove(folder: string, onUnread?: OnUnread): IgnoreRules {
  return inheritedRules(folder, namesIn(folder), onUnread) ?? [];
}

/**
 * What holds inside a folder: the rules from above and its own. A repository inside a repository starts anew.
 * @param names what stands in the folder
 */
export function rulesIn(
  folder: string,
  names: readonly string[],
  above: IgnoreRules,
  onUnread?: OnUnread,
): IgnoreRules {
  const isRepository = names.includes('.git');
  const inherited = isRepository ? [] : above;
  if (inherited === everything) return everything;
  const text = [
    ...(isRepository
      ? [
          readText(undefined, globalIgnoreFile(), onUnread),
          readText(join(folder, '.git'), join(folder, '.git', 'info', 'exclude'), onUnread),
        ]
      : []),
    ...(names.includes('.gitignore')
      ? [readText(folder, join(folder, '.gitignore'), onUnread)]
      : []),
  ].join('\n');
  if (text.trim() === '') return inherited;
  const rules = { folder, text };
  if (ignoreFileOf(rules).hasTooManyStars)
    onUnread?.(join(folder, '.gitignore'), l10n.t('It has too many wildcards.'));
  return [rules, ...inherited];
}

/**
 * Whether git ignores an entry of a folder that it does not ignore itself.
 * @param path with a separator at its end when it is a folder's
 */
export function isIgnored(path: string, rules: IgnoreRules): boolean {
  for (const own of rules) {
    const verdict = ignoreFileOf(own).ignores(relativePath(own.folder, path));
    if (verdict !== undefined) return verdict;
  }
  return false;
}

/**
 * Tells of files below a folder whether git ignores them, or a folder that they lie in. Reads each folder on the way once.
 * @param root absolute
 */
export function ignoredIn(root: string): (path: string) => boolean {
  const known = new Map<string, IgnoreRules>();
  const rulesOf = (folder: string): IgnoreRules => {
    let rules = known.get(folder);
    if (!rules) {
      rules =
        folder === root
          ? rulesBelow(root, rulesAbove(root))
          : rulesBelow(folder, rulesOf(dirname(folder)));
      known.set(folder, rules);
    }
    return rules;
  };
  const rulesBelow = (folder: string, above: IgnoreRules): IgnoreRules => {
    const isLeftOut =
      folder !== root && (basename(folder) === '.git' || isIgnored(folder + sep, above));
    return isLeftOut ? everything : rulesIn(folder, namesIn(folder), above);
  };
  const top = root.endsWith(sep) ? root.length : root.length + 1;
  return (path) =>
    path.length > top && path.startsWith(root) && isIgnored(path, rulesOf(dirname(path)));
}

/** `undefined` when no folder from here upwards is a repository. */
function inheritedRules(
  folder: string,
  names: readonly string[],
  onUnread?: OnUnread,
): IgnoreRules | undefined {
  if (names.includes('.git')) return [];
  const parent = dirname(folder);
  if (parent === folder) return undefined;
  const namesInParent = namesIn(parent);
  const above = inheritedRules(parent, namesInParent, onUnread);
  if (!above) return undefined;
  const rules = rulesIn(parent, namesInParent, above, onUnread);
  return isIgnored(folder.endsWith(sep) ? folder : folder + sep, rules) ? everything : rules;
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

function readText(folder: string | undefined, path: string, onUnread?: OnUnread): string {
  const reading = readFileInSync(folder, path, fileLimitBytes.gitIgnore);
  if (reading.kind === 'content') return new TextDecoder().decode(reading.bytes);
  if (reading.kind !== 'missing') onUnread?.(path, unreadText(reading));
  return '';
}
