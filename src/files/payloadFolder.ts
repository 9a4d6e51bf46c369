import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileLimitBytes } from '../core/fileLimits';
import { type Target, targetsPath } from '../core/target';
import { targetAtPace } from '../core/targets';
import { readTargets, type TargetsReading } from '../core/targetsReading';
import { isBelow } from './below';
import { unreadText } from './fileReading';
import { readFileIn } from './readFile';

/**
 * What an editor would call the workspace folder of a file: the nearest one with a `.lambda` up to the working folder,
 * else that folder itself; of a file outside of it, the folder that the file lies in.
 * @param path absolute
 */
export function payloadFolder(path: string, workingFolder = process.cwd()): string {
  const start = dirname(path);
  for (let folder = start; ; folder = dirname(folder)) {
    if (basename(folder) !== '.lambda' && existsSync(join(folder, '.lambda'))) return folder;
    if (folder === workingFolder || folder === dirname(folder)) break;
  }
  return isBelow(path, workingFolder) ? workingFolder : start;
}

/** The path of a file in its folder as globs have it. */
export function pathInFolder(path: string, folder: string): string {
  return relative(folder, path).replaceAll(sep, '/');
}

export type TargetOfFile =
  | { readonly kind: 'target'; readonly target: Target | undefined }
  /** Nobody can say where the file goes: a sentence. */
  | { readonly kind: 'fault'; readonly reason: string };

/**
 * The target of a payload file, by the `.lambda/targets.json` of its folder, else by the folder's name. Where the folder
 * has environments nobody can say: only an editor has one selected.
 */
export async function targetOfFile(path: string, folder: string): Promise<TargetOfFile> {
  const targets = await targetsOfFolder(folder);
  if (targets.kind === 'fault') return targets;
  if (targets.environments.size > 0) {
    const reason = l10n.t(
      '{0} has environments, and only the editor has one selected.',
      join(folder, targetsPath),
    );
    return { kind: 'fault', reason };
  }
  const inFolder = pathInFolder(path, folder);
  const target = await targetAtPace(inFolder, targets.targets);
  return { kind: 'target', target };
}

/** The targets of a folder, all or none; none is wrong where there is no file of them. */
export async function targetsOfFolder(folder: string): Promise<TargetsReading> {
  const file = join(folder, targetsPath);
  const reading = await readFileIn(folder, file, fileLimitBytes.targets);
  if (reading.kind === 'missing') {
    return { kind: 'targets', targets: [], environments: new Map() };
  }
  if (reading.kind !== 'content') {
    return { kind: 'fault', reason: `${file}: ${unreadText(reading)}` };
  }
  const targets = readTargets(new TextDecoder().decode(reading.bytes));
  return targets.kind === 'fault' ? { ...targets, reason: `${file}: ${targets.reason}` } : targets;
}
