/** What a run is in words, for the editor and the command line. */
import * as l10n from '@vscode/l10n';
import { rounded } from '../estimates';
import { shownNumber } from '../shownNumber';
import {
  doneLines,
  type LineCounts,
  type LineKind,
  type RunProgress,
  type RunReason,
  type RunState,
} from './run';

/** How far a run is, such as `4,312 of 12,480 · 38/s · 4 min left`. */
export function progressText({ state, lines, counts, perSecond }: RunProgress): string {
  const done = doneLines(counts);
  const isMoving = state === 'running' && perSecond > 0;
  return [
    l10n.t('{done} of {lines}', { done: shownNumber(done), lines: shownNumber(lines) }),
    // It varies all the time: tenths would only flicker.
    ...(isMoving ? [rateText(perSecond < 10 ? perSecond : Math.round(perSecond))] : []),
    ...(isMoving && done < lines
      ? [l10n.t('{0} left', durationText((lines - done) / perSecond))]
      : []),
    ...countTexts({ ...counts, accepted: 0 }),
  ].join(' · ');
}

/** What became of the lines, such as `12,470 accepted`, `10 rejected`; of each kind that there is. */
export function countTexts(counts: LineCounts): string[] {
  return kinds.flatMap((kind) => (counts[kind] > 0 ? [countText(kind, counts[kind])] : []));
}

const kinds: readonly LineKind[] = ['accepted', 'rejected', 'unknown', 'invalid'];

export function countText(kind: LineKind, count: number): string {
  const shown = shownNumber(count);
  return {
    accepted: l10n.t('{0} accepted', shown),
    rejected: l10n.t('{0} rejected', shown),
    unknown: l10n.t('{0} unknown', shown),
    invalid: l10n.t('{0} invalid', shown),
  }[kind];
}

/** @param perSecond events a second */
export function rateText(perSecond: number): string {
  const shown = perSecond < 1 ? rounded(perSecond) : Math.round(perSecond * 10) / 10;
  return l10n.t('{0}/s', shownNumber(shown));
}

/** In the largest unit that says enough. */
export function durationText(seconds: number): string {
  if (seconds < 90) return l10n.t('{0} s', shownNumber(Math.ceil(seconds)));
  if (seconds < 5400) return l10n.t('{0} min', shownNumber(Math.round(seconds / 60)));
  return l10n.t('{0} h', shownNumber(Math.round(seconds / 360) / 10));
}

/** What a run does, and why it does not run: `Paused: the credentials are missing or have expired`. */
export function stateText({ state, reason }: Pick<RunProgress, 'state' | 'reason'>): string {
  const title = state === 'running' && reason ? l10n.t('Slowed down') : titleOf(state);
  if (reason === undefined || reason === 'user') return title;
  return l10n.t('{state}: {reason}', { state: title, reason: reasonText(reason) });
}

function titleOf(state: RunState): string {
  return {
    running: l10n.t('Running'),
    waiting: l10n.t('Waiting'),
    paused: l10n.t('Paused'),
    stopped: l10n.t('Stopped'),
    finished: l10n.t('Finished'),
  }[state];
}

function reasonText(reason: Exclude<RunReason, 'user'>): string {
  return {
    network: l10n.t('the endpoint cannot be reached'),
    throttled: l10n.t('Lambda throttles every event'),
    credentials: l10n.t('the credentials are missing or have expired'),
    queueAge: l10n.t('events wait too long in the function’s queue'),
    denied: l10n.t('access is denied'),
    notFound: l10n.t('the function does not exist'),
    unknownInARow: l10n.t('the outcome of several events in a row is unknown'),
    rejectedInARow: l10n.t('Lambda rejects one event after the other'),
    configuration: l10n.t('the connection cannot be used as it is configured'),
    journal: l10n.t('the journal cannot be written'),
    fileChanged: l10n.t('the event file was changed'),
  }[reason];
}
