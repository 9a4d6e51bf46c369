import * as l10n from '@vscode/l10n';

/** A number as the language of the words around it writes it, such as `20,000`. A translation names its own tag. */
export function shownNumber(number: number): string {
  return number.toLocaleString(l10n.t('en-US'));
}
