import * as l10n from '@vscode/l10n';
import type { ProfileSummary } from '../../aws/profiles';
import { isLoopback } from '../../core/invocation/loopback';
import { messageOf } from '../../core/messageOf';
import { profileRules } from '../lazy';
import type { ConnectionSettings } from '../settings';

/** The profiles of the shared config, read once for all steps of a choice. Holds no credentials. */
export interface ProfileList {
  readonly profiles: readonly ProfileSummary[];
  /** What is wrong with the files. */
  readonly fault?: string;
}

/** Reads the profiles afresh. */
export async function readProfileList(): Promise<ProfileList> {
  try {
    return { profiles: await (await profileRules()).listProfiles(process.env) };
  } catch (error) {
    return { profiles: [], fault: messageOf(error) };
  }
}

/** The name of the profile that is used where none is chosen. */
export function usualProfile(): string {
  return profileOfEnvironment() ?? 'default';
}

/** What the environment names as the profile. */
export function profileOfEnvironment(): string | undefined {
  return process.env['AWS_PROFILE'] || process.env['AWS_DEFAULT_PROFILE'] || undefined;
}

/** What the environment names as the region. */
export function regionOfEnvironment(): string | undefined {
  return process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'] || undefined;
}

/** A connection in the words of a row: `dev · eu-west-1`, with the account beside it where the profile names one. */
export function connectionWords(
  { profile, region, endpoint }: ConnectionSettings,
  { profiles }: ProfileList,
): { readonly label: string; readonly description: string } {
  if (endpoint === 'local') return { label: 'Local Lambda', description: '' };
  const name = profile || usualProfile();
  const summary = profiles.find((one) => one.name === name);
  const shownRegion = region || regionOfEnvironment() || summary?.region;
  const host = URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
  const account = endpoint !== '' && isLoopback(endpoint) ? undefined : summary?.accountId;
  return {
    label: [name, shownRegion, host].filter(Boolean).join(' · '),
    description: account === undefined ? '' : l10n.t('account {0}', account),
  };
}
