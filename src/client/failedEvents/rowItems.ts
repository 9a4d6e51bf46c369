/** How the rows of the Failed Events view look. */
import * as l10n from '@vscode/l10n';
import { env, ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { oneLine } from '../../core/foreignText';
import type { NotSendable } from '../../core/failedEvents/failedEvent';
import { shownNumber } from '../../core/shownNumber';
import { commandOf } from '../contributions';
import { FailedEventRow, MoreRow, type Row } from './rows';

export function itemOf(row: Row): TreeItem {
  if (row instanceof FailedEventRow) return eventItem(row);
  if (row instanceof MoreRow) {
    const item = new TreeItem(l10n.t('Load More…'));
    item.iconPath = new ThemeIcon('ellipsis');
    item.command = commandOf(row.command, l10n.t('Load More…'));
    return item;
  }
  const item = new TreeItem(oneLine(row.text));
  item.iconPath = new ThemeIcon(row.icon);
  item.tooltip = [row.text, row.detail].filter(Boolean).map(oneLine).join('\n');
  item.description = oneLine(row.detail);
  return item;
}

function eventItem(row: FailedEventRow): TreeItem {
  const { event, mark } = row;
  const { attempts, requestId } = event.details;
  const item = new TreeItem(oneLine(labelOf(row).split(/[\r\n]/, 1)[0] ?? ''));
  item.id = String(row.number);
  const age = ageText(row.failedAt);
  item.description = [
    markText(row),
    ...(attempts === undefined ? [] : [attemptsText(attempts)]),
    age,
    requestId,
  ]
    .filter(Boolean)
    .map((part) => oneLine(part ?? ''))
    .join(' · ');
  const [icon, color] = iconOf(row);
  item.iconPath = new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  item.tooltip = tooltipOf(row).map(oneLine).join('\n');
  item.contextValue = [
    'failedEvent',
    row.target && 'sendable',
    event.kind === 'event' && 'holdsEvent',
    requestId !== undefined && 'hasRequestId',
  ]
    .filter(Boolean)
    .join(' ');
  item.command = commandOf('invokeAsync.openFailedEvent', l10n.t('Open'), row);
  item.accessibilityInformation = {
    label: [labelOf(row), mark && markText(row), age].filter(Boolean).join(', '),
  };
  return item;
}

/** The error, or why it is none. */
function labelOf({ event, target }: FailedEventRow): string {
  if (event.kind === 'other') return reasons[event.reason]();
  const { name = '', message = '' } = event.details.error ?? {};
  const error = [name, message].filter(Boolean).join(': ') || l10n.t('Failed');
  return target ? error : l10n.t('Of another function: {0}', error);
}

const reasons: Readonly<Record<NotSendable, () => string>> = {
  eventSourceMapping: () => l10n.t('A batch of an event source mapping'),
  succeeded: () => l10n.t('An event that succeeded'),
  noPayload: () => l10n.t('A record without its event'),
  notJson: () => l10n.t('Not JSON'),
  notFailedEvent: () => l10n.t('Not a failed event of Lambda'),
  tooLarge: () => l10n.t('Too large or too deeply nested to be shown'),
};

function iconOf({ event, target, mark }: FailedEventRow): [icon: string, color?: string] {
  if (mark?.kind === 'unknown') return ['question', 'list.warningForeground'];
  if (mark?.kind === 'sent') return ['pass', 'testing.iconPassed'];
  if (mark) return ['circle-slash', 'testing.iconFailed'];
  return event.kind === 'event' && target ? ['error', 'testing.iconFailed'] : ['circle-outline'];
}

function markText({ mark }: FailedEventRow): string {
  switch (mark?.kind) {
    case 'unknown':
      return l10n.t('sent again, outcome unknown');
    case 'sent':
      return l10n.t('sent again, to be removed');
    case 'rejected':
      return l10n.t('rejected again');
    case 'notSent':
      return l10n.t('not sent');
    case 'taken':
      return l10n.t('gone, or read by someone else');
    case undefined:
    default:
      return '';
  }
}

function attemptsText(attempts: number): string {
  return attempts === 1 ? l10n.t('1 attempt') : l10n.t('{0} attempts', shownNumber(attempts));
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** @param at milliseconds since 1970 */
function ageText(at: number, now = Date.now()): string {
  const seconds = Math.max(0, (now - at) / 1000);
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ['second', 1];
  const format = new Intl.RelativeTimeFormat(env.language, { style: 'narrow' });
  return format.format(-Math.floor(seconds / size), unit);
}

function tooltipOf(row: FailedEventRow): string[] {
  const { event, mark, place, sentWith } = row;
  const { functionArn, requestId } = event.details;
  const where = place.service === 'bucket' ? `s3://${place.name}/${row.stored.id}` : place.arn;
  return [
    labelOf(row),
    ...(mark && 'reason' in mark && mark.reason ? [`${markText(row)}: ${mark.reason}`] : []),
    new Date(row.failedAt).toLocaleString(env.language),
    ...(requestId === undefined ? [] : [l10n.t('Request ID {0}', requestId)]),
    ...(sentWith.tenantId === undefined ? [] : [l10n.t('Tenant: {0}', sentWith.tenantId)]),
    ...(functionArn === undefined ? [] : [functionArn]),
    where,
  ];
}
