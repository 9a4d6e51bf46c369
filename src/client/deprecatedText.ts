import { count } from '../core/count';
import type { FindDeprecatedResult, LeftUse } from '../protocol/messages';

/** What the output channel and the messages say of uses of InvokeAsync; pure, so that every sentence can be tested. */

/** What a search found, in one sentence. */
export function foundSentence({ uses, files, filesDone, cancelled }: FindDeprecatedResult): string {
  const searched = `${count(filesDone, 'file')} searched${cancelled ? ', then cancelled' : ''}`;
  if (uses === 0) return `No use of InvokeAsync (${searched}).`;
  return `${count(uses, 'use')} of InvokeAsync in ${count(files, 'file')} (${searched}).`;
}

/** How many of them can be replaced without a person. */
export function certainSentence({ uses, certain }: FindDeprecatedResult): string {
  if (certain === uses) return uses === 1 ? 'It can be replaced.' : 'All can be replaced.';
  return certain === 0
    ? 'None can be replaced without a person.'
    : `${certain.toLocaleString('en-US')} can be replaced.`;
}

/** The uses by SDK and the files that were not looked at, a line each. */
export function foundLines({ sdks, skipped }: FindDeprecatedResult, shown: ShownPath): string[] {
  return [
    ...sdks.map(({ name, uses }) => `  ${name}: ${uses.toLocaleString('en-US')}`),
    ...skipped.map(({ uri, reason }) => `  Skipped ${shown(uri)}: ${reason}.`),
  ];
}

/** What was left for a person, and why: a line each, which the editor makes a link. */
export function leftLines(left: readonly LeftUse[], shown: ShownPath): string[] {
  return left.map(
    ({ uri, range: { start }, message }) =>
      `  ${shown(uri)}:${start.line + 1}:${start.character + 1} ${message}`,
  );
}

/** A file as a person knows it, by its URI. */
export type ShownPath = (uri: string) => string;
