import { doneLines, type RunProgress } from '../../core/fileRun/run';
import { stateText } from '../../core/fileRun/runText';
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

/** A change of state in a line, with what to do about it. */
export function stateLine(progress: RunProgress, explanation: Explanation | undefined): string {
  const { state, counts, lines } = progress;
  const done = `${shownNumber(doneLines(counts))} of ${shownNumber(lines)} done`;
  const words = [`${stateText(progress)} (${done}).`];
  if (explanation) words.push(explanation.cause, explanation.remedy);
  if (state === 'stopped') words.push('Resume with --resume.');
  return oneLine(words.join(' '));
}
