import { ConfigurationTarget, type ConfigurationScope, workspace } from 'vscode';
import type { InvokeApi } from '../core/invocation';

/** The `invokeAsync` settings that the client reads; the server asks for its own (see protocol/settings.ts). */
export interface Settings {
  readonly api: InvokeApi;
  readonly profile: string;
  readonly region: string;
  /** A URL, `local` for Local Lambda, or empty. */
  readonly endpoint: string;
  readonly timeoutMs: number;
  readonly payloadGlobs: readonly string[];
}

/** The settings as they hold for a file, its workspace folder, or the window. */
export function settings(scope?: ConfigurationScope): Settings {
  const section = workspace.getConfiguration('invokeAsync', scope ?? null);
  return {
    api: section.get<InvokeApi>('api', 'InvokeAsync'),
    profile: section.get('profile', '').trim(),
    region: section.get('region', '').trim(),
    endpoint: section.get('endpoint', '').trim(),
    timeoutMs: section.get('timeout', 30) * 1000,
    payloadGlobs: section.get<string[]>('payloads.include', []),
  };
}

/** Makes `Invoke` the call of every later invocation, in the place where the setting now stands. */
export async function useInvokeFromNowOn(scope?: ConfigurationScope): Promise<void> {
  const section = workspace.getConfiguration('invokeAsync', scope ?? null);
  const stands = section.inspect('api');
  const target =
    stands?.workspaceFolderValue !== undefined
      ? ConfigurationTarget.WorkspaceFolder
      : stands?.workspaceValue !== undefined
        ? ConfigurationTarget.Workspace
        : ConfigurationTarget.Global;
  await section.update('api', 'Invoke', target);
}
