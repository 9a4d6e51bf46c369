/** What the comparison of test events shows, in words; testEvents.ts does what a row means. */
import * as l10n from '@vscode/l10n';
import { QuickPickItemKind } from 'vscode';
import type { ComparedEvent } from '../../core/testEventComparison';
import type { PickRow } from '../ui/ui';

export type Direction = 'import' | 'share';

export type TestEventRow = PickRow &
  (
    | { readonly action: 'writeAll'; readonly events: readonly ComparedEvent[] }
    | { readonly action: 'compare'; readonly event: ComparedEvent }
    /** The row only says something. */
    | { readonly action: 'nothing' }
  );

const groups = [
  ['different', 'diff', () => l10n.t('Different: select one to compare it')],
  ['thereOnly', 'cloud', () => l10n.t('Only in AWS')],
  ['hereOnly', 'json', () => l10n.t('Only here')],
  ['same', 'check', () => l10n.t('The same on both sides')],
] as const;

/** The rows for a comparison: first what would be written, then every event by what became of it. */
export function testEventRows(
  events: readonly ComparedEvent[],
  direction: Direction,
): TestEventRow[] {
  const wanted = events.filter((event) => isWritten(event, direction));
  const first: TestEventRow =
    wanted.length === 0
      ? { icon: 'info', label: nothingToDo(direction), action: 'nothing' }
      : {
          icon: direction === 'import' ? 'cloud-download' : 'cloud-upload',
          label: writeLabel(direction, wanted.length),
          detail: wanted.map(({ name }) => name).join(', '),
          action: 'writeAll',
          events: wanted,
        };
  return [
    first,
    ...groups.flatMap(([kind, icon, heading]): TestEventRow[] => {
      const ofKind = events.filter((event) => event.kind === kind);
      if (ofKind.length === 0) return [];
      return [
        { label: heading(), kind: QuickPickItemKind.Separator, action: 'nothing' },
        ...ofKind.map(
          (event): TestEventRow => ({
            icon,
            label: event.name,
            ...detailOf(event),
            ...(kind === 'different'
              ? { action: 'compare' as const, event }
              : { action: 'nothing' as const }),
          }),
        ),
      ];
    }),
  ];
}

/** Whether an event would be written without a look at it: nothing is there that could be lost. */
function isWritten(event: ComparedEvent, direction: Direction): boolean {
  return direction === 'import'
    ? event.kind === 'thereOnly' && event.file !== undefined
    : event.kind === 'hereOnly';
}

function detailOf(event: ComparedEvent): { description?: string } {
  if (event.kind === 'hereOnly') return {};
  if (event.kind === 'thereOnly' && event.file === undefined)
    return { description: l10n.t('cannot be imported: its name is too long') };
  const { invocationType } = event.there;
  return invocationType === undefined ? {} : { description: invocationType };
}

function writeLabel(direction: Direction, count: number): string {
  if (direction === 'import')
    return count === 1 ? l10n.t('Import 1 test event') : l10n.t('Import {0} test events', count);
  return count === 1 ? l10n.t('Share 1 payload') : l10n.t('Share {0} payloads', count);
}

function nothingToDo(direction: Direction): string {
  return direction === 'import'
    ? l10n.t('No new test events to import')
    : l10n.t('No new payloads to share');
}
