import * as l10n from '@vscode/l10n';
import {
  applyEdits,
  findNodeAtLocation,
  getLocation,
  type JSONPath,
  modify,
  parseTree,
} from 'jsonc-parser';
import type { TextEdit } from './problem';
import { escapeGlob } from './patterns/glob';
import { type Target, targetsPath } from './target';
import { parseTargets, targetOf } from './targets';

/** What a new `.lambda/targets.json` begins with. */
export const emptyTargets = '{\n  "targets": []\n}\n';

/** What is to hold for one payload; what is absent stays as it is. */
export type TargetChange = Pick<Target, 'function'> & Partial<Target>;

/**
 * The text of a `.lambda/targets.json` in which one payload has another target, and every other payload the same as
 * before. Comments and formatting stay. The payload's own entry is changed when it has one; else one is put before all
 * others, where it wins, with the profile, region, API, schema and tenant that have held so far.
 * @param text what stands in the file; `emptyTargets` for a new one
 * @param path of the payload, relative to the workspace folder and separated by `/`
 * @throws {Error} when the text is not `{ "targets": [ … ] }`
 */
export function withTarget(text: string, path: string, change: TargetChange): string {
  const targets = parseTargets(text);
  const current = targetOf(path, targets);
  const located = targets.find(({ target }) => target === current);
  if (located && current?.payloads === escapeGlob(path)) {
    const entry = getLocation(text, located.range.start + 1).path.slice(0, 2);
    return Object.entries(change).reduce(
      (result, [member, value]) => changed(result, [...entry, member], value),
      text,
    );
  }
  // An execution's name is that of one event.
  const { durableName: _, ...held } = current ?? {};
  const entry = { ...held, ...change, payloads: escapeGlob(path) };
  const inOrder = Object.fromEntries(
    ['payloads', ...Object.keys(entry)].map((member) => [member, entry[member as keyof Target]]),
  );
  return inserted(text, inOrder);
}

/** The text in which the entry of a payload alone, if there is one, follows the payload to its new path. */
export function withPayloadMoved(text: string, from: string, to: string): string {
  const located = parseTargets(text).find(({ target }) => target.payloads === escapeGlob(from));
  if (!located) return text;
  const entry = getLocation(text, located.range.start + 1).path.slice(0, 2);
  return changed(text, [...entry, 'payloads'], escapeGlob(to));
}

/** The one edit that turns a text into another, as short as possible; `undefined` when they are the same. */
export function difference(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  // Editors move the ends of a range out of the middle of a surrogate pair.
  if (/[\ud800-\udbff]/.test(before.charAt(start - 1))) start--;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  if (/[\udc00-\udfff]/.test(before.charAt(before.length - same))) same--;
  return {
    range: { start, end: before.length - same },
    newText: after.slice(start, after.length - same),
  };
}

function changed(text: string, path: JSONPath, value: unknown): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions: formatOf(text) }));
}

function inserted(text: string, entry: object): string {
  const root = parseTree(text);
  const list = root && findNodeAtLocation(root, ['targets']);
  if (!/^(?:\{\s*\})?$/.test(text.trim()) && list?.type !== 'array') {
    throw new Error(l10n.t('{0} has no array "targets" to add to.', targetsPath));
  }
  const options = { formattingOptions: formatOf(text), isArrayInsertion: true };
  return applyEdits(text, modify(text, ['targets', 0], entry, options));
}

/** The indentation and line ends that the text has already. */
function formatOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /^[\t ]+/m.exec(text)?.[0] ?? '  ';
  const spaces = !indent.startsWith('\t');
  return {
    insertSpaces: spaces,
    tabSize: spaces ? indent.length : 1,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
