import * as l10n from '@vscode/l10n';
import { shownDuration } from '../../core/estimates';
import type { DurableExecutionState } from '../../core/invocation/durableExecution';
import { compactJson, isJson } from '../../core/testEvents';
import { tag } from './followText';
import type { HistoryEntry } from './historyEntry';

/** What the output says of a durable execution that is followed, in words; pure. */

type Followed = Pick<HistoryEntry, 'functionName'>;

/** Characters of an input, result or error: the whole of it is in the console. */
const mostCharacters = 4000;

export function startLine(entry: Followed, { name, status, input }: DurableExecutionState): string {
  const words = { name, status };
  return [
    `${tag(entry)} ${l10n.t('Durable execution {name}: {status}', words)}`,
    ...inputParts(input),
  ].join(' · ');
}

/**
 * What an execution came to.
 * @param isStartTold whether `startLine` has said what it was given
 */
export function endLines(
  entry: Followed,
  state: DurableExecutionState,
  isStartTold: boolean,
): string[] {
  const { name, status, startedAt, endedAt, input, result, error } = state;
  const took =
    startedAt === undefined || endedAt === undefined
      ? []
      : [l10n.t('after {0}', shownDuration((endedAt - startedAt) / 1000))];
  const ended = l10n.t('Durable execution {name}: {status}', { name, status });
  return [
    [`${tag(entry)} ${ended}`, ...took, ...(isStartTold ? [] : inputParts(input))].join(' · '),
    ...(result === undefined ? [] : [`${tag(entry)} ${l10n.t('Result: {0}', shown(result))}`]),
    ...(error === undefined
      ? []
      : [`${tag(entry)} ${l10n.t('Error: {0}', shown(errorText(error)))}`]),
  ];
}

function errorText({ type, message }: NonNullable<DurableExecutionState['error']>): string {
  return [type, message].filter(Boolean).join(': ');
}

function inputParts(input: string | undefined): string[] {
  return input === undefined ? [] : [l10n.t('input {0}', shown(input))];
}

/** On one line, as the output has it: of JSON, the white space is left out. */
function shown(text: string): string {
  const line = isJson(text) ? compactJson(text) : text;
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters)} …` : line;
}
