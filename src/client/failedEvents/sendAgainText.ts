/** What became of failed events that were sent again, in words. */
import * as l10n from '@vscode/l10n';
import { shownNumber } from '../../core/shownNumber';
import type { SendAgainResult } from '../../sendFile/failedEvents/sendAgain';
import { causeAndRemedy } from '../invoke/reportText';

export interface SendAgainText {
  readonly message: string;
  readonly accepted: number;
  /** All were accepted and removed. */
  readonly isFine: boolean;
}

export function sendAgainText(
  functionName: string,
  results: readonly SendAgainResult[],
): SendAgainText {
  const count = (fits: (result: SendAgainResult) => boolean) => results.filter(fits).length;
  const before = count((one) => one.kind === 'accepted' && one.wasSentBefore);
  const accepted = count(({ kind }) => kind === 'accepted') - before;
  const parts = [
    countText(
      accepted,
      l10n.t('1 event sent again'),
      l10n.t('{0} events sent again', shownNumber(accepted)),
    ),
    countText(
      before,
      l10n.t('1 had been sent before and was only removed'),
      l10n.t('{0} had been sent before and were only removed', shownNumber(before)),
    ),
    ...failures.map(({ kind, words }) => {
      const failed = count((one) => one.kind === kind);
      return failed === 0 ? '' : words(shownNumber(failed));
    }),
  ].filter(Boolean);
  const reason = results.map(reasonOf).find(Boolean) ?? '';
  const summary = `${functionName}: ${parts.join(', ')}`;
  const message = reason === '' ? summary : causeAndRemedy(summary, reason);
  const isFine = results.every((one) => one.kind === 'accepted' && one.notRemoved === undefined);
  return { message, accepted, isFine };
}

const failures = [
  { kind: 'rejected', words: (count: string) => l10n.t('{0} rejected', count) },
  { kind: 'unknown', words: (count: string) => l10n.t('{0} unknown, may have been queued', count) },
  { kind: 'notSent', words: (count: string) => l10n.t('{0} not sent', count) },
  { kind: 'taken', words: (count: string) => l10n.t('{0} gone, or read by someone else', count) },
  { kind: 'skipped', words: (count: string) => l10n.t('{0} skipped', count) },
] as const;

function countText(count: number, one: string, several: string): string {
  if (count === 0) return '';
  return count === 1 ? one : several;
}

function reasonOf(result: SendAgainResult): string {
  if (result.kind === 'accepted') {
    return result.notRemoved === undefined
      ? ''
      : l10n.t('Not removed, and only removed the next time: {0}', result.notRemoved);
  }
  return 'error' in result ? result.error.message : '';
}
