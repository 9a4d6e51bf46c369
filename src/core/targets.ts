import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { fileLimitBytes } from './fileLimits';
import { Pace } from './pace';
import { globOf, matchesGlob } from './patterns/glob';
import type { TextRange } from './problem';
import type { LocatedTarget, Target } from './target';

/**
 * The targets in the text of a `.lambda/targets.json`. Tolerant, for text that is being typed: an entry without
 * `payloads` and `function` is left out, a value of the wrong type is as if it were missing.
 */
export function parseTargets(text: string): readonly LocatedTarget[] {
  return targetsIn(tolerantTree(text));
}

/** The same of text that is parsed. */
export function targetsIn(root: Node | undefined): readonly LocatedTarget[] {
  const entries = root && findNodeAtLocation(root, ['targets'])?.children;
  return (entries ?? []).flatMap((entry) => locatedTarget(entry) ?? []);
}

/**
 * `undefined` for what is larger than any file of targets that is read, or nested so deeply that the stack is full.
 */
export function tolerantTree(text: string): Node | undefined {
  if (text.length > fileLimitBytes.targets) return undefined;
  try {
    return parseTree(text, [], { allowTrailingComma: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * The target of the payload at `path` (relative to its workspace folder, separated by `/`):
 * the first entry whose glob matches, else the folder below `.lambda/payloads` as the function's name.
 */
export function targetOf(path: string, targets: readonly LocatedTarget[]): Target | undefined {
  return targets.find((located) => takes(located, path))?.target ?? targetOfFolder(path);
}

/** The same, letting others have their turn: a folder of somebody else may name thousands of targets. */
export async function targetAtPace(
  path: string,
  targets: readonly LocatedTarget[],
  pace = new Pace(),
): Promise<Target | undefined> {
  for (const located of targets) {
    if (pace.isDue) await pace.turn();
    if (takes(located, path)) return located.target;
  }
  return targetOfFolder(path);
}

/** The target of each of many paths, of which those in one folder follow each other. */
export async function targetsAtPace(
  paths: readonly string[],
  targets: readonly LocatedTarget[],
): Promise<(Target | undefined)[]> {
  const pace = new Pace();
  const found: (Target | undefined)[] = [];
  let known: string | undefined;
  let candidates = targets;
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (folder !== known) candidates = await thoseIn(folder, targets, pace);
    known = folder;
    found.push(await targetAtPace(path, candidates, pace));
  }
  return found;
}

/** The targets that may take files of a folder. */
async function thoseIn(
  folder: string,
  targets: readonly LocatedTarget[],
  pace: Pace,
): Promise<LocatedTarget[]> {
  const found: LocatedTarget[] = [];
  for (const located of targets) {
    if (pace.isDue) await pace.turn();
    if (globOf(located.target.payloads ?? '').mayMatchIn(folder)) found.push(located);
  }
  return found;
}

function takes({ target }: LocatedTarget, path: string): boolean {
  return matchesGlob(path, target.payloads ?? '');
}

function targetOfFolder(path: string): Target | undefined {
  const folder = /^\.lambda\/payloads\/([^/]+)\/.+$/.exec(path)?.[1];
  return folder === undefined ? undefined : { function: folder };
}

const textKeys = [
  'payloads',
  'function',
  'profile',
  'region',
  'schema',
  'tenantId',
  'durableName',
] as const;

function locatedTarget(entry: Node): LocatedTarget | undefined {
  const values: Partial<Record<(typeof textKeys)[number] | 'api', string>> = {};
  const ranges: Partial<Record<keyof Target, TextRange>> = {};
  for (const key of [...textKeys, 'api'] as const) {
    const node = findNodeAtLocation(entry, [key]);
    if (node?.type !== 'string') continue;
    values[key] = String(node.value);
    ranges[key] = { start: node.offset + 1, end: node.offset + node.length - 1 };
  }
  const { function: functionIdentifier, api, ...others } = values;
  const variables = findNodeAtLocation(entry, ['variables']);
  if (functionIdentifier === undefined || others.payloads === undefined) return undefined;
  return {
    target: {
      ...others,
      function: functionIdentifier,
      ...(api === 'InvokeAsync' || api === 'Invoke' ? { api } : {}),
      ...(variables?.value === true ? { variables: true } : {}),
    },
    range: { start: entry.offset, end: entry.offset + entry.length },
    ranges,
  };
}
