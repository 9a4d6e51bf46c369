import * as l10n from '@vscode/l10n';
import type { NamedEnvironment } from '../../core/environments';
import { labelText, markdownText } from '../../core/foreignText';
import type { Connection } from '../../core/invocation/connection';
import { shownNumber } from '../../core/shownNumber';
import type { CommandId } from '../contributions';

/** What the status bar tells of. */
export type BarState = {
  /** Where there are several. */
  readonly folder?: string;
  /** Where the folder has environments; without a name while none is selected. */
  readonly environment?: Partial<NamedEnvironment>;
  /** By the user, for the folder: what the connection takes for settings. */
  readonly isChosen?: boolean;
} & (
  | { readonly local: LocalState }
  | { readonly connection: Connection }
  | { readonly problem: string; readonly profile: string }
  /** The workspace is not trusted. */
  | { readonly isRestricted: true }
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
  /** What a click does. */
  readonly command: CommandId | 'workbench.trust.manage';
}

/** The words of the status bar item; pure, so that every sentence can be tested. */
export function barText(state: BarState): BarText {
  if ('isRestricted' in state) return { ...restrictedText(), command: 'workbench.trust.manage' };
  const command = state.environment
    ? 'invokeAsync.selectEnvironment'
    : 'invokeAsync.selectConnection';
  return { ...wordsOf(state), command };
}

type Words = Omit<BarText, 'command'>;

function restrictedText(): Words {
  const reason = l10n.t('Nothing is sent from this workspace until you trust it.');
  return {
    text: `$(shield) ${l10n.t('Lambda: nothing is sent')}`,
    label: `Lambda: ${reason}`,
    tooltip: [reason, l10n.t('Click to manage workspace trust.')].join('\n\n'),
  };
}

function wordsOf(state: Exclude<BarState, { readonly isRestricted: true }>): Words {
  const heading = state.folder === undefined ? 'Lambda' : `Lambda, ${markdownText(state.folder)}`;
  const { environment } = state;
  if ('local' in state) return localText(state.local, environment);
  if ('problem' in state) {
    return {
      text: `$(warning) ${labelText(state.profile || 'Lambda')}`,
      label: `Lambda: ${state.problem}`,
      tooltip: [
        `${heading}: ${markdownText(state.problem)}`,
        state.environment
          ? l10n.t('Click to select another environment.')
          : l10n.t('Click to select another connection.'),
      ].join('\n\n'),
    };
  }
  const { connection, isChosen } = state;
  const { profile = 'default', region, endpoint } = connection;
  const host = endpoint === undefined ? [] : [new URL(endpoint).host];
  const parts = [...shownName(environment), profile, region, ...host];
  return {
    text: `$(cloud) ${labelText(parts.join(' · '))}`,
    label: [
      l10n.t('Lambda: events go to {endpoint}, profile {profile}, region {region}', {
        endpoint: endpoint ?? 'AWS',
        profile,
        region,
      }),
      ...(environment?.name === undefined ? [] : [l10n.t('environment {0}', environment.name)]),
    ].join(', '),
    tooltip: [
      l10n.t('{0}: where events go', heading),
      ...(environment ? [environmentText(environment)] : []),
      l10n.t(
        'Profile: {0}',
        markdownText(profile) + originIn(environment?.profile, connection.profileSource, isChosen),
      ),
      ...(connection.accountId === undefined ? [] : [l10n.t('Account: {0}', connection.accountId)]),
      l10n.t(
        'Region: {0}',
        markdownText(region) + originIn(environment?.region, connection.regionSource, isChosen),
      ),
      l10n.t(
        'Endpoint: {0}',
        markdownText(endpoint ?? 'AWS') +
          originIn(environment?.endpoint, connection.endpointSource, isChosen),
      ),
    ].join('\n\n'),
  };
}

function environmentText({ name }: Partial<NamedEnvironment>): string {
  return name === undefined
    ? l10n.t('Environment: none selected. Click to select one.')
    : l10n.t('Environment: {0}. Click to select another one.', markdownText(name));
}

/** @param named what the selected environment says */
function originIn(named: string | undefined, source: Source, isChosen = false): string {
  if (named === undefined && isChosen && source === 'setting')
    return ` (${l10n.t('chosen for this folder')})`;
  return named === undefined ? originOf(source) : ` (${l10n.t('from targets.json')})`;
}

function shownName(environment: BarState['environment']): string[] {
  return environment ? [environment.name ?? l10n.t('No environment selected')] : [];
}

function localText({ endpoint, queued }: LocalState, environment: BarState['environment']): Words {
  const named = (text: string) => labelText([...shownName(environment), text].join(' · '));
  const about = environment ? [environmentText(environment)] : [];
  if (endpoint === undefined) {
    return {
      text: `$(vm-outline) ${named('Local Lambda')}`,
      label: l10n.t('Events go to Local Lambda, which starts with the first event'),
      tooltip: [
        l10n.t('Events go to Local Lambda, not to AWS. It starts with the first event.'),
        ...about,
      ].join('\n\n'),
    };
  }
  const count = shownNumber([...queued.values()].reduce((sum, events) => sum + events, 0));
  return {
    text:
      queued.size === 0
        ? `$(vm-running) ${named('Local Lambda')}`
        : `$(vm-running) ${named(l10n.t('Local Lambda: {0} queued', count))}`,
    label:
      queued.size === 0
        ? l10n.t('Events go to Local Lambda, not to AWS')
        : l10n.t('Events go to Local Lambda, not to AWS; {0} are queued', count),
    tooltip: [
      l10n.t('Events go to Local Lambda on `{0}`, not to AWS.', endpoint),
      ...about,
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
