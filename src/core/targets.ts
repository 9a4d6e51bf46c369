import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import picomatch from 'picomatch';
import type { InvokeApi } from './invocation';
import type { TextRange } from './problem';

/** Where a payload and the function it is meant for meet: one entry of `.lambda/targets.json`, or a folder's name. */
export interface Target {
  /** Glob relative to the workspace folder; `undefined` when the folder's name is the function. */
  readonly payloads?: string;
  readonly function: string;
  readonly profile?: string;
  readonly region?: string;
  readonly api?: InvokeApi;
  /** Path of a JSON Schema relative to the workspace folder, or `aws:<event>`. */
  readonly schema?: string;
}

/** A target as it stands in the file, with the ranges of its values (quotes excluded). */
export interface LocatedTarget {
  readonly target: Target;
  readonly range: TextRange;
  readonly ranges: Partial<Record<keyof Target, TextRange>>;
}

/**
 * The targets in the text of a `.lambda/targets.json`. Tolerant, for text that is being typed: an entry without
 * `payloads` and `function` is left out, a value of the wrong type is as if it were missing.
 */
export function parseTargets(text: string): readonly LocatedTarget[] {
  const root = tolerantTree(text);
  const entries = root && findNodeAtLocation(root, ['targets'])?.children;
  return (entries ?? []).flatMap((entry) => locatedTarget(entry) ?? []);
}

/** `undefined` for what is nested so deeply that the stack is full: no targets are. */
function tolerantTree(text: string): Node | undefined {
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
  const listed = targets.find(({ target }) => matchesGlob(path, target.payloads ?? ''));
  if (listed) return listed.target;
  const folder = /^\.lambda\/payloads\/([^/]+)\/.+$/.exec(path)?.[1];
  return folder === undefined ? undefined : { function: folder };
}

/**
 * Whether a path relative to its workspace folder matches a glob, as `payloads.include` and targets mean it. A costly
 * one matches nothing.
 */
export function matchesGlob(path: string, glob: string): boolean {
  return matcher(glob)(path);
}

/** What every match of a glob begins with, up to the last slash; `''` when that can be anything. */
export function fixedFolder(glob: string): string {
  const fixed = /^(?:\.\/)?([^\\*?[\]{}()!+@|"]*)/.exec(glob)?.[1] ?? '';
  return fixed.slice(0, fixed.lastIndexOf('/') + 1);
}

/** The folder that holds all that a glob can match, `''` for the workspace folder itself. */
export function globBase(glob: string): string {
  return picomatch.scan(glob).base;
}

/** The glob that matches one path and no other. */
export function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!]/g, '\\$&');
}

/**
 * Whether matching a glob could take too long: each star but the first of a name, and each `**` but the first, is one
 * more place to begin again from. Globs come with the files of others, and two such places are more than anybody needs.
 */
export function isCostly(glob: string): boolean {
  const names = glob.replaceAll(/\\./g, '').split('/');
  const starsOf = (name: string) => name.replaceAll(/\*+/g, '*').split('*').length - 1;
  const anywhere = names.filter((name) => name === '**').length;
  const restarts = names.map((name) => Math.max(0, starsOf(name) - 1));
  return restarts.reduce((sum, count) => sum + count, Math.max(0, anywhere - 1)) > 2;
}

/** Globs as the editor has them: round brackets and `+` stand for themselves. */
const globOptions = { dot: true, noextglob: true, regex: false };

const matchers = new Map<string, (path: string) => boolean>();

function matcher(glob: string): (path: string) => boolean {
  let matches = matchers.get(glob);
  if (!matches) {
    const plain = glob.replaceAll(
      /(\\.)|[()]/g,
      (bracket, escaped?: string) => escaped ?? `\\${bracket}`,
    );
    const isMatch = glob === '' || isCostly(glob) ? () => false : picomatch(plain, globOptions);
    // A glob is slow to match, its fixed beginning is not.
    const folder = fixedFolder(glob);
    matches = (path) => path.startsWith(folder) && isMatch(path);
    // Globs are typed by hand, one key at a time: keep no more than a workspace can need.
    if (matchers.size > 500) matchers.clear();
    matchers.set(glob, matches);
  }
  return matches;
}

const textKeys = ['payloads', 'function', 'profile', 'region', 'schema'] as const;

function locatedTarget(entry: Node): LocatedTarget | undefined {
  const values: Partial<Record<keyof Target, string>> = {};
  const ranges: Partial<Record<keyof Target, TextRange>> = {};
  for (const key of [...textKeys, 'api'] as const) {
    const node = findNodeAtLocation(entry, [key]);
    if (node?.type !== 'string') continue;
    values[key] = String(node.value);
    ranges[key] = { start: node.offset + 1, end: node.offset + node.length - 1 };
  }
  const { function: functionIdentifier, api, ...others } = values;
  if (functionIdentifier === undefined || others.payloads === undefined) return undefined;
  return {
    target: {
      ...others,
      function: functionIdentifier,
      ...(api === 'InvokeAsync' || api === 'Invoke' ? { api } : {}),
    },
    range: { start: entry.offset, end: entry.offset + entry.length },
    ranges,
  };
}
