import * as l10n from '@vscode/l10n';
import { shownNumber } from '../../core/shownNumber';

/** What is wrong with what is typed where a whole number is asked for. */
export function wholeNumberProblem(value: string, least: number, most: number): string | undefined {
  const number = Number(value);
  const isRight = value.trim() !== '' && Number.isInteger(number) && number >= least;
  if (isRight && number <= most) return undefined;
  return l10n.t('Enter a whole number from {least} to {most}.', {
    least,
    most: shownNumber(most),
  });
}
