import * as l10n from '@vscode/l10n';
import { labelText, markdownText } from '../../core/foreignText';
import type { Connection } from '../../core/invocation/connection';
import { shownNumber } from '../../core/shownNumber';
import type { CommandId } from '../contributions';

/** What the status bar tells of. */
export type BarState = { /** Where there are several. */ readonly folder?: string } & (
  | { readonly local: LocalState }
  | { readonly connection: Connection }
  | { readonly problem: string; readonly profile: string }
);

interface LocalState {
  /** Absent until it starts. */
  readonly endpoint: string | undefined;
  /** How many events of each function run or wait. */
  readonly queued: ReadonlyMap<string, number>;
}

/** How many functions the tooltip lists; further ones are counted. */
const listedFunctions = 10;

export interface BarText {
  readonly text: string;
  /** For screen readers. */
  readonly label: string;
  /** Markdown. */
  readonly tooltip: string;
}

/** The words of the status bar item; pure, so that every sentence can be tested. */
export function barText(state: BarState): BarText {
  const heading = state.folder === undefined ? 'Lambda' : `Lambda, ${markdownText(state.folder)}`;
  if ('local' in state) return localText(state.local);
  if ('problem' in state) {
    return {
      text: `$(warning) ${labelText(state.profile || 'Lambda')}`,
      label: `Lambda: ${state.problem}`,
      tooltip: [
        `${heading}: ${markdownText(state.problem)}`,
        l10n.t('Click to select another connection.'),
      ].join('\n\n'),
    };
  }
  const { connection } = state;
  const { profile = 'default', region, endpoint } = connection;
  const host = endpoint === undefined ? [] : [new URL(endpoint).host];
  const parts = [profile, region, ...host];
  return {
    text: `$(cloud) ${labelText(parts.join(' · '))}`,
    label: l10n.t('Lambda: events go to {endpoint}, profile {profile}, region {region}', {
      endpoint: endpoint ?? 'AWS',
      profile,
      region,
    }),
    tooltip: [
      l10n.t('{0}: where events go', heading),
      l10n.t('Profile: {0}', markdownText(profile) + originOf(connection.profileSource)),
      l10n.t('Region: {0}', markdownText(region) + originOf(connection.regionSource)),
      l10n.t(
        'Endpoint: {0}',
        markdownText(endpoint ?? 'AWS') + originOf(connection.endpointSource),
      ),
    ].join('\n\n'),
  };
}

function localText({ endpoint, queued }: LocalState): BarText {
  if (endpoint === undefined) {
    return {
      text: '$(vm-outline) Local Lambda',
      label: l10n.t('Events go to Local Lambda, which starts with the first event'),
      tooltip: l10n.t('Events go to Local Lambda, not to AWS. It starts with the first event.'),
    };
  }
  const count = shownNumber([...queued.values()].reduce((sum, events) => sum + events, 0));
  return {
    text:
      queued.size === 0
        ? '$(vm-running) Local Lambda'
        : `$(vm-running) ${l10n.t('Local Lambda: {0} queued', count)}`,
    label:
      queued.size === 0
        ? l10n.t('Events go to Local Lambda, not to AWS')
        : l10n.t('Events go to Local Lambda, not to AWS; {0} are queued', count),
    tooltip: [
      l10n.t('Events go to Local Lambda on `{0}`, not to AWS.', endpoint),
      ...(queued.size === 0 ? [] : [queueText(queued)]),
      `[${l10n.t('Stop Local Lambda')}](command:${'invokeAsync.stopLocal' satisfies CommandId})`,
    ].join('\n\n'),
  };
}

/** The longest queues first, a line for each. */
function queueText(queued: ReadonlyMap<string, number>): string {
  const longestFirst = [...queued].toSorted(([, a], [, b]) => b - a);
  const others = longestFirst.slice(listedFunctions);
  const lines = longestFirst
    .slice(0, listedFunctions)
    .map(([name, events]) => `- ${markdownText(name)}: ${shownNumber(events)}`);
  if (others.length > 0) {
    const events = shownNumber(others.reduce((sum, [, count]) => sum + count, 0));
    lines.push(`- ${l10n.t('{count} more: {events}', { count: others.length, events })}`);
  }
  return [l10n.t('Queued events, including those that run or wait for a retry:'), ...lines].join(
    '\n',
  );
}

type Source =
  | Connection['profileSource']
  | Connection['regionSource']
  | Connection['endpointSource'];

/** Behind a part of a connection, where it comes from: ` (from the profile)`; nothing when nobody said so. */
export function originOf(source: Source): string {
  const origins: Readonly<Record<string, string>> = {
    arn: l10n.t('from the ARN'),
    setting: l10n.t('from the settings'),
    environment: l10n.t('from the environment'),
    profile: l10n.t('from the profile'),
  };
  const origin = origins[source ?? 'local'];
  return origin === undefined ? '' : ` (${origin})`;
}
