import { ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { parseFunctionIdentifier } from '../../../core/functionIdentifier/parse';
import type { HistoryEntry } from '../../history/historyEntry';
import { type InvocationState, stateOf } from './invocationState';

/** How each state looks, and what it is called. */
const looks: Record<InvocationState, { icon: string; color?: string; words: string }> = {
  queued: { icon: 'inbox', words: 'Queued: what became of it is in the log' },
  running: { icon: 'play-circle', words: 'Runs' },
  succeeded: { icon: 'pass', color: 'testing.iconPassed', words: 'Succeeded' },
  retrying: { icon: 'debug-restart', color: 'list.warningForeground', words: 'Failed, retrying' },
  failed: { icon: 'error', color: 'testing.iconFailed', words: 'Failed' },
  rejected: { icon: 'circle-slash', color: 'testing.iconFailed', words: 'Refused' },
  notSent: { icon: 'debug-disconnect', words: 'Not sent' },
  unknown: {
    icon: 'question',
    color: 'list.warningForeground',
    words: 'No clear answer, may have been queued',
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
    item.description = [timeOf(entry), entry.requestId ?? failureOf(entry)]
      .filter(Boolean)
      .join(' · ');
    item.tooltip = [words, ...facts(entry)].join('\n');
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
      label: `${shortName(entry)}, ${isFollowing ? 'following' : words}, ${timeOf(entry)}`,
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
    ? sent.toLocaleTimeString(undefined, time)
    : sent.toLocaleString(undefined, { month: 'short', day: 'numeric', ...time });
}

function failureOf({ status, errorName }: HistoryEntry): string {
  return [status, errorName].filter(Boolean).join(' ');
}

function facts(entry: HistoryEntry): string[] {
  const { functionName, api, payload, region, accountId, profile, endpoint, requestId } = entry;
  return [
    functionName,
    `${api === 'Invoke' ? 'Invoke (Event)' : 'InvokeAsync'} · ${payload.label} · ${payload.bytes.toLocaleString('en-US')} bytes`,
    [
      region,
      accountId && `account ${accountId}`,
      profile && `profile ${profile}`,
      endpoint === 'local' ? 'Local Lambda' : endpoint,
    ]
      .filter(Boolean)
      .join(' · '),
    ...(requestId === undefined ? [] : [`Request id ${requestId}`]),
    ...(entry.kind === 'accepted' ? [] : [failureOf(entry)]),
  ].filter(Boolean);
}
