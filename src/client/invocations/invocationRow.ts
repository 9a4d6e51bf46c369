import * as l10n from '@vscode/l10n';
import { env, ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { oneLine } from '../../core/foreignText';
import { functionLabel } from '../../core/functionIdentifier/label';
import { callLabel, headerParts, placeParts, sizeLabel } from '../invoke/callText';
import { nameOf } from '../payloads/payloadLibrary';
import { type HistoryEntry, type InvocationState, stateOf } from './historyEntry';
import { invocationPageUri } from './invocationPages';
import { reasonOf, shortWords, stateWords } from './invocationWords';

/** How each state looks. */
const appearance: Record<InvocationState, { icon: string; color?: string }> = {
  sending: { icon: 'loading~spin' },
  queued: { icon: 'inbox' },
  running: { icon: 'play-circle' },
  succeeded: { icon: 'pass', color: 'testing.iconPassed' },
  retrying: { icon: 'debug-restart', color: 'list.warningForeground' },
  failed: { icon: 'error', color: 'testing.iconFailed' },
  rejected: { icon: 'circle-slash', color: 'testing.iconFailed' },
  notSent: { icon: 'debug-disconnect' },
  unknown: { icon: 'question', color: 'list.warningForeground' },
  interrupted: { icon: 'question', color: 'list.warningForeground' },
};

/** What is known of an invocation besides its entry. */
export interface RowTraits {
  readonly isFollowing: boolean;
  /** Its payload can be had, from the history or the memory of this window. */
  readonly hasPayloadText: boolean;
}

/** The row of an invocation. */
export function invocationItem(
  entry: HistoryEntry,
  { isFollowing, hasPayloadText }: RowTraits,
): TreeItem {
  const state = stateOf(entry);
  const { icon, color } = appearance[state];
  const words = stateWords(entry);
  const item = new TreeItem(shortName(entry));
  item.id = entry.id;
  item.iconPath = isFollowing
    ? new ThemeIcon('sync~spin')
    : new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  // The request ID is in the tooltip: here it would push away what tells one row from another.
  const payload = nameOf({ path: entry.payload.label });
  item.description = [payload, timeOf(entry), shortWords(entry)].join(' · ');
  item.tooltip = [words, ...facts(entry)].map(oneLine).join('\n');
  // By the editor's own command, a click shows a preview and leaves the focus where it is.
  item.command = {
    command: 'vscode.open',
    title: l10n.t('Show Details'),
    arguments: [invocationPageUri(entry)],
  };
  item.contextValue = [
    'invocation',
    entry.kind,
    entry.endpoint === undefined && 'onAws',
    entry.requestId !== undefined && 'hasRequestId',
    (hasPayloadText || entry.payload.uri !== undefined) && 'hasPayload',
    entry.payload.text !== undefined && 'keepsPayload',
    isFollowing && 'isFollowing',
    entry.durableExecutionArn !== undefined && 'isDurable',
    entry.durableName !== undefined && 'hasDurableName',
    entry.durableName !== undefined && entry.kind === 'unknown' && 'canSendSafely',
  ]
    .filter(Boolean)
    .join(' ');
  const spokenState = isFollowing ? l10n.t('following') : words;
  item.accessibilityInformation = {
    label: [shortName(entry), spokenState, timeOf(entry), payload, reasonOf(entry)]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

/** The function's name with its alias or version. */
export function shortName({ functionName, qualifier }: HistoryEntry): string {
  return functionLabel(functionName, qualifier).label;
}

/** The time of today's, the day before the time of the others. */
export function timeOf({ sentAt }: HistoryEntry): string {
  const sent = new Date(sentAt);
  const isToday = sent.toDateString() === new Date().toDateString();
  const time = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  } as const;
  return isToday
    ? sent.toLocaleTimeString(env.language, time)
    : sent.toLocaleString(env.language, { month: 'short', day: 'numeric', ...time });
}

function statusOf({ status, errorName }: HistoryEntry): string {
  return [status, errorName].filter(Boolean).join(' ');
}

function facts(entry: HistoryEntry): string[] {
  const { functionName, payload, requestId, durableExecutionArn } = entry;
  return [
    functionName,
    [callLabel(entry), payload.label, sizeLabel(payload.bytes)].join(' · '),
    [...headerParts(entry), ...placeParts(entry)].join(' · '),
    ...(requestId === undefined ? [] : [l10n.t('Request ID {0}', requestId)]),
    durableExecutionArn ?? '',
    statusOf(entry),
  ].filter(Boolean);
}
