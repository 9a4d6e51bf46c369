import { doneLines, type RunProgress, type RunReason } from '../../core/fileRun/run';
import { oneLine } from '../../core/foreignText';
import type { Explanation } from '../../core/invocation/explanation';
import { shownNumber } from '../../core/shownNumber';
import type { EventFileCheck } from '../../files/eventFileCheck';

/** Invalid lines that are named one by one. */
const mostNamed = 10;

/** What the check of a file found. */
export function checkLines({ lines, bytes, invalid, problems, largest }: EventFileCheck): string[] {
  const named = problems.slice(0, mostNamed);
  const more = invalid - named.length;
  return [
    `${shownNumber(lines)} events, ${shownNumber(bytes)} bytes; the largest has ${shownNumber(largest?.bytes ?? 0)}.`,
    ...named.map(({ line, message }) => oneLine(`Line ${line} is skipped: ${message}`)),
    ...(more > 0 ? [`${shownNumber(more)} more lines are skipped.`] : []),
  ];
}

/** How far a run is, such as `4,312 of 12,480 · 38/s · 4 min left`. */
export function progressLine({ lines, counts, perSecond }: RunProgress): string {
  const done = doneLines(counts);
  const { rejected, unknown, invalid } = counts;
  return [
    `${shownNumber(done)} of ${shownNumber(lines)}`,
    `${shownNumber(Math.round(perSecond * 10) / 10)}/s`,
    ...(perSecond > 0 && done < lines ? [`${duration((lines - done) / perSecond)} left`] : []),
    ...(rejected > 0 ? [`${shownNumber(rejected)} rejected`] : []),
    ...(unknown > 0 ? [`${shownNumber(unknown)} unknown`] : []),
    ...(invalid > 0 ? [`${shownNumber(invalid)} invalid`] : []),
  ].join(' · ');
}

/** In the largest unit that says enough. */
function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${shownNumber(Math.round(seconds / 360) / 10)} h`;
}

/** A change of state in a line, with what to do about it. */
export function stateLine(
  { state, reason, counts, lines }: RunProgress,
  explanation: Explanation | undefined,
): string {
  const why = reason === undefined || reason === 'user' ? '' : `: ${reasons[reason]}`;
  const done = `${shownNumber(doneLines(counts))} of ${shownNumber(lines)} done`;
  const words = [`${titles[state]}${why} (${done}).`];
  if (explanation) words.push(explanation.cause, explanation.remedy);
  if (state === 'stopped') words.push('Resume with --resume.');
  return oneLine(words.join(' '));
}

const titles: Record<RunProgress['state'], string> = {
  running: 'Running',
  waiting: 'Waiting',
  paused: 'Paused',
  stopped: 'Stopped',
  finished: 'Finished',
};

const reasons: Record<Exclude<RunReason, 'user'>, string> = {
  network: 'the endpoint cannot be reached',
  throttled: 'Lambda throttles every event',
  credentials: 'the credentials are missing or have expired',
  denied: 'access is denied',
  notFound: 'the function does not exist',
  unknownInARow: 'the outcome of several events in a row is unknown',
  rejectedInARow: 'Lambda rejects one event after the other',
  configuration: 'the connection cannot be used as it is configured',
  journal: 'the journal cannot be written',
  fileChanged: 'the event file was changed',
};
