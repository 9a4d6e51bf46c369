import * as l10n from '@vscode/l10n';
import { env, ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { oneLine } from '../../core/foreignText';
import { parseFunctionIdentifier } from '../../core/functionIdentifier/parse';
import type { HistoryEntry } from './historyEntry';
import { apiLabel, sizeLabel } from '../invoke/reportText';
import { type InvocationState, stateOf } from './invocationState';

/** How each state looks, and what it is called. */
const looks: Record<InvocationState, { icon: string; color?: string; words: () => string }> = {
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
export interface InvocationTraits {
  readonly isFollowing: boolean;
  /** Its payload can be had, from the history or the memory of this window. */
  readonly hasPayloadText: boolean;
}

/** One invocation. It is what its menu passes to commands, which read `entry` of it. */
export class InvocationNode {
  constructor(public entry: HistoryEntry) {}

  item({ isFollowing, hasPayloadText }: InvocationTraits): TreeItem {
    const { entry } = this;
    const state = stateOf(entry);
    const { icon, color, words } = looks[state];
    const item = new TreeItem(shortName(entry));
    item.id = entry.id;
    item.iconPath = isFollowing
      ? new ThemeIcon('sync~spin')
      : new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
    item.description = [timeOf(entry), inShort(entry, state)].filter(Boolean).join(' · ');
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
    item.accessibilityInformation = {
      label: `${shortName(entry)}, ${isFollowing ? l10n.t('following') : words()}, ${timeOf(entry)}`,
    };
    return item;
  }
}

/** The function's name with its alias or version. */
export function shortName({ functionName, qualifier }: HistoryEntry): string {
  const parsed = parseFunctionIdentifier(functionName);
  if (!parsed.ok) return functionName;
  const alias = qualifier ?? parsed.identifier.qualifier?.text;
  const name = parsed.identifier.name.text;
  return alias === undefined ? name : `${name}:${alias}`;
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

/** The end of a row, where its icon does not say all. */
function inShort(entry: HistoryEntry, state: InvocationState): string {
  const inWords = state === 'sending' || state === 'interrupted';
  return inWords ? looks[state].words() : (entry.requestId ?? failureOf(entry));
}

function failureOf({ status, errorName }: HistoryEntry): string {
  return [status, errorName].filter(Boolean).join(' ');
}

function facts(entry: HistoryEntry): string[] {
  const { functionName, api, payload, region, accountId, profile, endpoint, requestId } = entry;
  return [
    functionName,
    [apiLabel(api), payload.label, sizeLabel(payload.bytes)].join(' · '),
    [
      region,
      accountId && l10n.t('account {0}', accountId),
      profile && l10n.t('profile {0}', profile),
      endpoint === 'local' ? 'Local Lambda' : endpoint,
    ]
      .filter(Boolean)
      .join(' · '),
    ...(requestId === undefined ? [] : [l10n.t('Request ID {0}', requestId)]),
    ...(entry.kind === 'accepted' ? [] : [failureOf(entry)]),
  ].filter(Boolean);
}
