import * as l10n from '@vscode/l10n';
import { env, ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { oneLine } from '../../core/foreignText';
import { functionLabel } from '../../core/functionIdentifier/label';
import { apiLabel, placeParts, sizeLabel } from '../invoke/callText';
import { nameOf } from '../payloads/payloadLibrary';
import { type HistoryEntry, type InvocationState, stateOf } from './historyEntry';

/** How each state looks, and what it is called. */
const appearance: Record<InvocationState, { icon: string; color?: string; words: () => string }> = {
  sending: { icon: 'loading~spin', words: () => l10n.t('Sending') },
  queued: { icon: 'inbox', words: () => l10n.t('Queued; see the log for the result') },
  running: { icon: 'play-circle', words: () => l10n.t('Running') },
  succeeded: { icon: 'pass', color: 'testing.iconPassed', words: () => l10n.t('Succeeded') },
  retrying: {
    icon: 'debug-restart',
    color: 'list.warningForeground',
    words: () => l10n.t('Failed, retrying'),
  },
  failed: { icon: 'error', color: 'testing.iconFailed', words: () => l10n.t('Failed') },
  rejected: { icon: 'circle-slash', color: 'testing.iconFailed', words: () => l10n.t('Rejected') },
  notSent: { icon: 'debug-disconnect', words: () => l10n.t('Not sent') },
  unknown: {
    icon: 'question',
    color: 'list.warningForeground',
    words: () => l10n.t('Outcome unknown, may have been queued'),
  },
  interrupted: {
    icon: 'question',
    color: 'list.warningForeground',
    words: () => l10n.t('Outcome unknown: the window was closed'),
  },
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
  const { icon, color, words } = appearance[state];
  const item = new TreeItem(shortName(entry));
  item.id = entry.id;
  item.iconPath = isFollowing
    ? new ThemeIcon('sync~spin')
    : new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  // The request ID is in the tooltip: here it would push away what tells one row from another.
  const payload = nameOf({ path: entry.payload.label });
  item.description = [payload, inShort(entry, state), timeOf(entry)].filter(Boolean).join(' · ');
  item.tooltip = [words(), ...facts(entry)].map(oneLine).join('\n');
  item.contextValue = [
    'invocation',
    entry.kind,
    entry.endpoint === undefined && 'onAws',
    entry.requestId !== undefined && 'hasRequestId',
    (hasPayloadText || entry.payload.uri !== undefined) && 'hasPayload',
    entry.payload.text !== undefined && 'keepsPayload',
    isFollowing && 'isFollowing',
  ]
    .filter(Boolean)
    .join(' ');
  const spokenState = isFollowing ? l10n.t('following') : words();
  item.accessibilityInformation = {
    label: [shortName(entry), spokenState, timeOf(entry), payload].join(', '),
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

/** The response in a few characters; in words where there is none yet, or never will be. */
function inShort(entry: HistoryEntry, state: InvocationState): string {
  const inWords = state === 'sending' || state === 'interrupted';
  return inWords ? appearance[state].words() : statusOf(entry);
}

function statusOf({ status, errorName }: HistoryEntry): string {
  return [status, errorName].filter(Boolean).join(' ');
}

function facts(entry: HistoryEntry): string[] {
  const { functionName, api, payload, requestId } = entry;
  return [
    functionName,
    [apiLabel(api), payload.label, sizeLabel(payload.bytes)].join(' · '),
    placeParts(entry).join(' · '),
    ...(requestId === undefined ? [] : [l10n.t('Request ID {0}', requestId)]),
    statusOf(entry),
  ].filter(Boolean);
}
