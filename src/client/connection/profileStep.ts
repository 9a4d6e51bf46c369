import * as l10n from '@vscode/l10n';
import { QuickPickItemKind } from 'vscode';
import type { ProfileSummary } from '../../aws/profiles';
import { back, type StepRow, type Ui } from '../ui/ui';
import { currentFirst } from './currentFirst';
import { profileOfEnvironment, type ProfileList, usualProfile } from './profileList';
import { type SignInWay, signInRows } from './signIn';

/** What the step comes to. */
export type ProfileChoice =
  | {
      readonly kind: 'profile';
      /** Empty for what the environment says. */
      readonly name: string;
      /** The profile's own. */
      readonly region: string | undefined;
    }
  | { readonly kind: 'signIn'; readonly way: SignInWay };

interface ProfileRow extends StepRow {
  /** Absent where there is nothing to choose. */
  readonly choice?: ProfileChoice | { readonly kind: 'ways' };
}

/**
 * Lets the user pick a profile, or a way to sign in: where there is no profile yet, these stand beside the default. What is
 * wrong with the files is shown inside the pick.
 */
export async function pickProfile(
  title: string,
  current: string,
  list: ProfileList,
  ui: Pick<Ui, 'pickStep'>,
): Promise<ProfileChoice | typeof back | undefined> {
  const place = { title, step: 2, totalSteps: 3, canGoBack: true };
  for (;;) {
    const rows = profileRows(current, list);
    const placeHolder = l10n.t('Profile');
    const picked = await ui.pickStep<ProfileRow>(rows, { ...place, placeHolder });
    if (picked === undefined || picked === back) return picked;
    if (picked.choice?.kind !== 'ways') return picked.choice;
    const way = await ui.pickStep(signInRows(current, list), {
      ...place,
      placeHolder: l10n.t('How to sign in'),
    });
    if (way === undefined) return undefined;
    if (way !== back) return { kind: 'signIn', way: way.way };
  }
}

async function profileRows(current: string, list: ProfileList): Promise<ProfileRow[]> {
  const { profiles, fault } = list;
  const rows = profiles.map(
    (profile): ProfileRow => ({
      icon: 'account',
      label: profile.name,
      description: hints(profile),
      choice: { kind: 'profile', name: profile.name, region: profile.region },
    }),
  );
  const isWithout = profiles.length === 0 && fault === undefined && !hasKeysOfEnvironment();
  const isCurrent = ({ choice }: ProfileRow) =>
    choice?.kind === 'profile' && choice.name === current;
  return [
    ...(fault === undefined ? [] : [faultRow(fault)]),
    ...currentFirst([usualRow(list), ...rows], isCurrent, l10n.t('Profiles')),
    ...(isWithout ? await ways(current, list) : [waysRow()]),
  ];
}

function usualRow({ profiles }: ProfileList): ProfileRow {
  const named = profileOfEnvironment();
  const usual = profiles.find(({ name }) => name === usualProfile());
  return {
    icon: 'home',
    label: l10n.t('AWS CLI default'),
    description: named
      ? l10n.t('{0}, from AWS_PROFILE', named)
      : hasKeysOfEnvironment()
        ? l10n.t('keys from AWS_ACCESS_KEY_ID')
        : l10n.t('profile default'),
    choice: { kind: 'profile', name: '', region: usual?.region },
  };
}

/** Credentials that need no profile. */
function hasKeysOfEnvironment(): boolean {
  return Boolean(process.env['AWS_ACCESS_KEY_ID']);
}

function faultRow(fault: string): ProfileRow {
  const label = l10n.t('The AWS configuration cannot be read');
  return { icon: 'warning', label, detail: fault, isNote: true };
}

function waysRow(): ProfileRow {
  return {
    icon: 'sign-in',
    label: l10n.t('Sign In…'),
    description: l10n.t('again, or with another profile'),
    choice: { kind: 'ways' },
  };
}

async function ways(current: string, list: ProfileList): Promise<ProfileRow[]> {
  const rows = await signInRows(current, list);
  return [
    {
      label: l10n.t('No profile on this machine: ways to sign in'),
      kind: QuickPickItemKind.Separator,
    },
    ...rows.map(({ way, ...row }) => ({ ...row, choice: { kind: 'signIn', way } as const })),
  ];
}

function hints({ region, role, accountId, source }: ProfileSummary): string {
  return [region, role, accountId, sourceWords(source)].filter(Boolean).join(' · ');
}

/** What the pick says of a profile's credentials. */
function sourceWords(source: ProfileSummary['source']): string {
  return {
    sso: 'IAM Identity Center',
    login: 'aws login',
    role: l10n.t('assumes a role'),
    process: 'credential_process',
    'web-identity': l10n.t('web identity'),
    keys: l10n.t('access keys'),
    none: l10n.t('no credentials in the files'),
  }[source];
}
