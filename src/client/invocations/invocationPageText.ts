import * as l10n from '@vscode/l10n';
import { env } from 'vscode';
import { linesOf, oneLine } from '../../core/foreignText';
import { parseFunctionIdentifier } from '../../core/functionIdentifier/parse';
import { consoleUrl } from '../../core/functionIdentifier/consoleUrl';
import type { Explanation } from '../../core/invocation/explanation';
import type { LogProgress } from '../../core/invocation/logProgress';
import { laidOut } from '../../core/logLines';
import { logsConsoleUrl } from '../../core/logsConsoleUrl';
import { callLabel, placeParts, sizeLabel } from '../invoke/callText';
import { causeAndRemedy } from '../invoke/reportText';
import { timeWords } from './followText';
import type { HistoryEntry } from './historyEntry';
import { shortName } from './invocationRow';
import { reasonOf, stateWords } from './invocationWords';

/** The page with the details of an invocation, in words; pure. */

/** The payload as it was sent, or why it cannot be shown. */
export type PayloadAsSent = { readonly text: string } | { readonly missing: 'notKept' | 'changed' };

/** What is known of an invocation besides its entry. */
export interface KnownOfInvocation {
  /** Of an event that was not accepted. */
  readonly explanation: Explanation | undefined;
  /** What becomes of an event that fails, on one line. */
  readonly fate: string | undefined;
  readonly payload: PayloadAsSent;
  /** What was read of its log. */
  readonly steps: readonly LogProgress[];
}

/** Of the payload, in UTF-16 units: its file has all of it. */
const mostPayload = 256 * 1024;

export function invocationPageText(entry: HistoryEntry, known: KnownOfInvocation): string {
  const parts = [
    [`${shortName(entry)} · ${entry.payload.label} · ${stateWords(entry)}`].map(oneLine),
    facts(entry, known),
    payloadLines(entry, known.payload),
    ...attemptParts(known.steps),
    ...(known.steps.length === 0 ? logHint(entry) : []),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** What was sent where, what came back, and where to look further: a line each, its name in a column. */
function facts(entry: HistoryEntry, { explanation, fate }: KnownOfInvocation): string[] {
  const { functionName, qualifier, tenantId, durableName, environment, payload } = entry;
  const { requestId, durableExecutionArn, logGroup, status, sentAt } = entry;
  const page = pagesOf(entry);
  const rows: (readonly [string, string | undefined])[] = [
    [l10n.t('Outcome'), outcomeWords(entry, explanation)],
    [l10n.t('Read more'), explanation?.link],
    [l10n.t('Sent'), new Date(sentAt).toLocaleString(env.language)],
    [l10n.t('Function'), functionName + (qualifier === undefined ? '' : ` (${qualifier})`)],
    [l10n.t('If it fails'), fate],
    [l10n.t('Call'), callLabel(entry)],
    [l10n.t('Where'), placeParts(entry).join(' · ')],
    [l10n.t('Environment'), environment],
    [l10n.t('Tenant'), tenantId],
    [l10n.t('Execution'), durableExecutionArn ?? durableName],
    [l10n.t('Status'), status === undefined ? undefined : String(status)],
    [l10n.t('Request ID'), requestId],
    [l10n.t('Size'), sizeLabel(payload.bytes)],
    [l10n.t('Log group'), logGroup],
    [l10n.t('Function in AWS'), page.ofFunction],
    [l10n.t('Log in AWS'), page.ofLog],
  ];
  const shown = rows.filter((row): row is readonly [string, string] => Boolean(row[1]));
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${name.padEnd(width)}  ${oneLine(value)}`);
}

function outcomeWords(entry: HistoryEntry, explanation: Explanation | undefined): string {
  const state = stateWords(entry);
  if (!explanation) return [state, reasonOf(entry)].filter(Boolean).join(': ');
  return `${state}: ${causeAndRemedy(explanation.cause, explanation.remedy)}`;
}

/** The pages of the function and of its log in the console of AWS; an emulator has none. */
function pagesOf({ functionName, region, endpoint, logGroup: group, requestId }: HistoryEntry) {
  const parsed = parseFunctionIdentifier(functionName);
  if (!parsed.ok || endpoint !== undefined) return {};
  const { identifier } = parsed;
  return {
    ofFunction: consoleUrl(identifier, region),
    ofLog: logsConsoleUrl({ function: identifier, region, group, requestId }),
  };
}

function payloadLines({ payload }: HistoryEntry, asSent: PayloadAsSent): string[] {
  const heading = l10n.t('Payload as sent');
  if ('missing' in asSent) {
    const reasons = {
      notKept: l10n.t(
        'It was typed in and not saved. To save payloads from now on, turn on the setting invokeAsync.history.keepPayloads.',
      ),
      changed: l10n.t('{0} has changed since it was sent.', payload.label),
    };
    return [heading, reasons[asSent.missing]];
  }
  const shown = asSent.text.slice(0, mostPayload);
  const rest = asSent.text.length - shown.length;
  return [
    heading,
    ...linesOf(shown),
    ...(rest === 0 ? [] : [l10n.t('… {0} more characters are not shown.', rest)]),
  ];
}

/** Each run of the function, with the lines of its log. */
function attemptParts(steps: readonly LogProgress[]): string[][] {
  const attempts = new Map<number, { state: string; lines: string[] }>();
  for (const step of steps) {
    if (step.kind !== 'event' && step.kind !== 'attempt') continue;
    const attempt = attempts.get(step.attempt) ?? { state: '', lines: [] };
    attempts.set(step.attempt, attempt);
    if (step.kind === 'attempt') attempt.state = attemptWords(step.state);
    else attempt.lines.push(...eventLines(step.time, step.text));
  }
  return [...attempts].map(([number, { state, lines }]) => [
    [l10n.t('Attempt {0}', number), state].filter(Boolean).join(': '),
    ...lines,
  ]);
}

/** The time and level of an event of the log, and its lines, indented below the first one. */
function eventLines(time: number, text: string): string[] {
  const { level, lines } = laidOut(text);
  const head = `${timeWords(time)} [${level}] `;
  return lines.map((line, index) =>
    index === 0 ? head + oneLine(line) : `${' '.repeat(head.length)}${oneLine(line)}`,
  );
}

function attemptWords(state: 'running' | 'succeeded' | 'failed'): string {
  return {
    running: l10n.t('Running'),
    succeeded: l10n.t('Succeeded'),
    failed: l10n.t('Failed'),
  }[state];
}

function logHint({ kind, requestId }: HistoryEntry): string[][] {
  if (kind !== 'accepted' || requestId === undefined) return [];
  return [[l10n.t('Its log has not been read. Follow Logs shows the runs of the function here.')]];
}
