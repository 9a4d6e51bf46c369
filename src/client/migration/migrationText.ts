import * as l10n from '@vscode/l10n';
import { shownNumber } from '../../core/shownNumber';
import type { FindDeprecatedResult, LeftUse } from '../../protocol/messages';

/** What the output channel and the messages say of uses of InvokeAsync; pure, so that every sentence can be tested. */

/** What a search found, in one sentence. */
export function foundSentence({ uses, files, filesDone, cancelled }: FindDeprecatedResult): string {
  const words = {
    uses: shownNumber(uses),
    files: shownNumber(files),
    searched: searchedWords(filesDone, cancelled),
  };
  if (uses === 0) return l10n.t('No use of InvokeAsync ({searched}).', words);
  if (uses === 1) return l10n.t('1 use of InvokeAsync in 1 file ({searched}).', words);
  return files === 1
    ? l10n.t('{uses} uses of InvokeAsync in 1 file ({searched}).', words)
    : l10n.t('{uses} uses of InvokeAsync in {files} files ({searched}).', words);
}

function searchedWords(files: number, cancelled: boolean): string {
  if (files === 1) {
    return cancelled ? l10n.t('1 file searched, then cancelled') : l10n.t('1 file searched');
  }
  return cancelled
    ? l10n.t('{0} files searched, then cancelled', shownNumber(files))
    : l10n.t('{0} files searched', shownNumber(files));
}

/** How many of them can be replaced without a person. */
export function certainSentence({ uses, certain }: FindDeprecatedResult): string {
  if (certain === uses) {
    return uses === 1
      ? l10n.t('It can be replaced automatically.')
      : l10n.t('All can be replaced automatically.');
  }
  if (certain === 0) return l10n.t('None can be replaced automatically.');
  return certain === 1
    ? l10n.t('1 can be replaced automatically.')
    : l10n.t('{0} can be replaced automatically.', shownNumber(certain));
}

/** What the preview was agreed to. */
export function replacedSentence(uses: number, files: number): string {
  const words = { uses: shownNumber(uses), files: shownNumber(files) };
  if (uses === 1) return l10n.t('Replaced 1 use in 1 file, as selected in the preview.');
  return files === 1
    ? l10n.t('Replaced {uses} uses in 1 file, as selected in the preview.', words)
    : l10n.t('Replaced {uses} uses in {files} files, as selected in the preview.', words);
}

/** How many uses nobody but a person can replace. */
export function leftSentence(uses: number): string {
  return uses === 1
    ? l10n.t('1 use needs a manual change.')
    : l10n.t('{0} uses need a manual change.', shownNumber(uses));
}

/** How many files the preview leaves out, since the editor does not show what was searched. */
export function changedSentence(files: number): string {
  return files === 1
    ? l10n.t('1 file was left as it is: its text is not the one that was searched.')
    : l10n.t(
        '{0} files were left as they are: their text is not the one that was searched.',
        shownNumber(files),
      );
}

/** The files that the preview leaves out, a line each. */
export function changedLines(uris: readonly string[], shown: ShownPath): string[] {
  return uris.map(
    (uri) =>
      `  ${l10n.t('{0} has changed, or is open in another encoding than it was searched in.', shown(uri))}`,
  );
}

/** The uses by SDK and the files that were not looked at, a line each. */
export function foundLines({ sdks, skipped }: FindDeprecatedResult, shown: ShownPath): string[] {
  return [
    ...sdks.map(({ name, uses }) => `  ${name}: ${shownNumber(uses)}`),
    ...skipped.map(
      ({ uri, reason }) => `  ${l10n.t('Skipped {file}: {reason}.', { file: shown(uri), reason })}`,
    ),
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
