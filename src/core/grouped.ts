import * as l10n from '@vscode/l10n';

/** A whole number with its digits in groups, as the language of the editor writes it: `20,000`, `20.000`. */
export function grouped(number: number): string {
  return number.toLocaleString(
    l10n.t({ message: 'en-US', comment: ['The language tag by which numbers are written.'] }),
  );
}
