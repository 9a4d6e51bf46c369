import {
  type ConfigurationChangeEvent,
  type ConfigurationScope,
  ConfigurationTarget,
  type WorkspaceConfiguration,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { type ConfirmSettings, patternsOf } from '../core/confirmPatterns';
import type { InvokeApi } from '../core/invocation/outcome';
import { globsLookedAt } from '../core/patterns/glob';
import { settingDefaults, type SettingKey } from './contributions';

/** The `invokeAsync` settings that the client reads; the server asks for its own (see protocol/settings.ts). */
export interface Settings {
  readonly api: InvokeApi;
  readonly profile: string;
  readonly region: string;
  /** A URL, `local` for Local Lambda, or empty. */
  readonly endpoint: string;
  readonly timeoutMs: number;
  readonly payloadGlobs: readonly string[];
  /** Patterns of functions, aliases, accounts and profiles that ask before an event is sent: of all who set some. */
  readonly confirm: readonly string[];
  /** Whether the log of every event is followed without being asked for. */
  readonly followsLogs: boolean;
  /** Most invocations that the Invocations view keeps. */
  readonly historyLimit: number;
  /** Whether the history holds the text of payloads. */
  readonly keepsPayloads: boolean;
  /** Events of a file that are sent in a second, unless the user chooses another rate. */
  readonly sendFileRate: number;
  /** Whether agents may send events, each with the user's consent. */
  readonly agentsMaySend: boolean;
}

/** The settings that decide where requests go. */
export type ConnectionSettings = Pick<Settings, 'profile' | 'region' | 'endpoint'>;

/** The settings as they hold for a file, its workspace folder, or the window. */
export function settings(scope?: ConfigurationScope): Settings {
  const section = workspace.getConfiguration('invokeAsync', scope ?? null);
  return {
    api: valid(section, 'api', isApi),
    profile: valid(section, 'profile', isText).trim(),
    region: valid(section, 'region', isText).trim(),
    endpoint: valid(section, 'endpoint', isText).trim(),
    timeoutMs: valid(section, 'timeout', isTimeout) * 1000,
    payloadGlobs: globsLookedAt(valid(section, 'payloads.include', isTexts)),
    confirm: patternsOf(confirmSettings(section)),
    followsLogs: valid(section, 'logs.follow', isFlag),
    historyLimit: valid(section, 'history.limit', isCount),
    keepsPayloads: valid(section, 'history.keepPayloads', isFlag),
    sendFileRate: valid(section, 'sendFile.rate', isRate),
    agentsMaySend: valid(section, 'agents.send', isFlag),
  };
}

/** Whether one of our settings, or a certain one, may have changed. */
export function affectsSetting(event: ConfigurationChangeEvent, key?: SettingKey): boolean {
  return event.affectsConfiguration(key === undefined ? 'invokeAsync' : `invokeAsync.${key}`);
}

/**
 * A setting as package.json describes it. The editor underlines any other value and hands it out all the same: then the
 * default holds, which is also the one that asks before production.
 */
function valid<Key extends SettingKey>(
  section: WorkspaceConfiguration,
  key: Key,
  isValid: (value: unknown) => value is (typeof settingDefaults)[Key],
): (typeof settingDefaults)[Key] {
  const value: unknown = section.get(key);
  return isValid(value) ? value : settingDefaults[key];
}

function confirmSettings(section: WorkspaceConfiguration): ConfirmSettings {
  // The editor tells those of the remote machine, too; its types do not.
  const set: Partial<Record<string, unknown>> = section.inspect('confirm') ?? {};
  const textsOf = (place: string) => {
    const value = set[`${place}Value`];
    return isTexts(value) ? value : undefined;
  };
  const remote = textsOf('globalRemote');
  return {
    default: textsOf('default') ?? settingDefaults.confirm,
    user: textsOf('globalLocal') ?? (remote ? undefined : textsOf('global')),
    others: [remote, textsOf('workspace'), textsOf('workspaceFolder')],
  };
}

function isApi(value: unknown): value is InvokeApi {
  return value === 'InvokeAsync' || value === 'Invoke';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

function isRate(value: unknown): value is number {
  return typeof value === 'number' && value >= 0.1 && value <= 10_000;
}

/** In seconds; a timer that is set to more than 24 days rings at once. */
function isTimeout(value: unknown): value is number {
  return typeof value === 'number' && value >= 1 && value <= 900;
}

/** Makes `Invoke` the call of every later invocation, in the place where the setting now stands. */
export async function useInvokeFromNowOn(scope?: ConfigurationScope): Promise<void> {
  const section = workspace.getConfiguration('invokeAsync', scope ?? null);
  await section.update('api', 'Invoke', writtenIn(section, 'api') ?? ConfigurationTarget.Global);
}

/**
 * Writes where the requests of a folder go, for that folder alone (or for the workspace, where it says so now);
 * for the user where no folder is open.
 */
export async function writeConnection(
  chosen: ConnectionSettings,
  folder: WorkspaceFolder | undefined,
): Promise<void> {
  const section = workspace.getConfiguration('invokeAsync', folder ?? null);
  for (const [key, value] of Object.entries(chosen)) {
    if (section.get(key, '') === value) continue;
    const place = writtenIn(section, key);
    const ofFolder =
      place === ConfigurationTarget.Workspace ? place : ConfigurationTarget.WorkspaceFolder;
    // Empty is the default, and only worth a line of the file where the user's own setting says something.
    const isDefault = value === '' && !(folder && section.inspect<string>(key)?.globalValue);
    await section.update(
      key,
      isDefault ? undefined : value,
      folder ? ofFolder : ConfigurationTarget.Global,
    );
  }
}

/** Whether the workspace, and not the user, names the endpoint: its settings come with the files of others. */
export function isWorkspaceEndpoint(scope?: ConfigurationScope): boolean {
  const place = writtenIn(workspace.getConfiguration('invokeAsync', scope ?? null), 'endpoint');
  return place === ConfigurationTarget.Workspace || place === ConfigurationTarget.WorkspaceFolder;
}

/** Where a setting is written; `undefined` while only its default holds. */
function writtenIn(section: WorkspaceConfiguration, key: string): ConfigurationTarget | undefined {
  const stands = section.inspect(key);
  if (stands?.workspaceFolderValue !== undefined) return ConfigurationTarget.WorkspaceFolder;
  if (stands?.workspaceValue !== undefined) return ConfigurationTarget.Workspace;
  return stands?.globalValue === undefined ? undefined : ConfigurationTarget.Global;
}
