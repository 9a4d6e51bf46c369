import * as l10n from '@vscode/l10n';
import type { ProfileSummary } from '../../aws/main';
import { messageOf } from '../../core/messageOf';
import { aws, endpointRules } from '../lazy';
import type { PickRow, Ui } from '../ui/ui';
import { currentFirst } from './currentFirst';

export interface ChosenProfile {
  /** Empty for what the environment says. */
  readonly name: string;
  /** The profile's own. */
  readonly region: string | undefined;
}

interface ProfileItem extends PickRow {
  readonly profile?: ChosenProfile;
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

/** Lets the user pick a profile of the shared config. What is wrong with the files is shown inside the pick. */
export async function pickProfile(
  title: string,
  current: string,
  ui: Pick<Ui, 'pickRow'>,
): Promise<ChosenProfile | undefined> {
  const picked = await ui.pickRow<ProfileItem>(profileItems(current), {
    title: `${title} (1/3)`,
    placeHolder: l10n.t('Profile'),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.profile;
}

async function profileItems(current: string): Promise<ProfileItem[]> {
  const named = process.env['AWS_PROFILE'] || process.env['AWS_DEFAULT_PROFILE'];
  const { profiles, fault } = await readProfiles();
  const usual = profiles.find(({ name }) => name === (named ?? 'default'));
  const environment: ProfileItem = {
    icon: 'home',
    label: l10n.t('AWS CLI default'),
    description: named ? l10n.t('{0}, from AWS_PROFILE', named) : l10n.t('profile default'),
    profile: { name: '', region: usual?.region },
  };
  const items = profiles.map(
    (profile): ProfileItem => ({
      icon: 'account',
      label: profile.name,
      description: hints(profile),
      profile: { name: profile.name, region: profile.region },
    }),
  );
  return [
    ...(fault
      ? [
          {
            icon: 'warning',
            label: l10n.t('The AWS configuration cannot be read'),
            detail: fault,
          },
        ]
      : []),
    ...currentFirst(
      [environment, ...items],
      ({ profile }) => profile?.name === current,
      l10n.t('Profiles'),
    ),
  ];
}

async function readProfiles(): Promise<{ profiles: ProfileSummary[]; fault?: string }> {
  try {
    return { profiles: await (await aws()).listProfiles(process.env) };
  } catch (error) {
    return { profiles: [], fault: messageOf(error) };
  }
}

function hints({ region, role, accountId, source }: ProfileSummary): string {
  return [region, role, accountId, sourceWords(source)].filter(Boolean).join(' · ');
}

interface EndpointItem extends PickRow {
  /** A URL, `local`, or empty for AWS. */
  readonly endpoint?: string;
}

/** Lets the user choose between AWS, Local Lambda and another endpoint. `undefined` when cancelled. */
export async function pickEndpoint(
  title: string,
  current: string,
  ui: Pick<Ui, 'askForText' | 'pickRow'>,
): Promise<string | undefined> {
  const step = `${title} (3/3)`;
  const items: EndpointItem[] = [
    {
      icon: 'cloud',
      label: 'AWS',
      description: l10n.t('or the endpoint_url of the profile'),
      endpoint: '',
    },
    {
      icon: 'vm',
      label: 'Local Lambda',
      description: l10n.t('runs the functions in .lambda/local.json on this machine'),
      endpoint: 'local',
    },
    ...(current === '' || current === 'local'
      ? []
      : [{ icon: 'link', label: current, endpoint: current }]),
    {
      icon: 'edit',
      label: l10n.t('Another Endpoint…'),
      description: l10n.t('LocalStack, SAM, moto, or a VPC endpoint'),
    },
  ];
  const picked = await ui.pickRow<EndpointItem>(
    currentFirst(items, ({ endpoint }) => endpoint === current),
    { title: step, placeHolder: l10n.t('Endpoint'), ignoreFocusOut: true },
  );
  return picked && (picked.endpoint ?? typeEndpoint(step, current, ui));
}

async function typeEndpoint(
  title: string,
  current: string,
  ui: Pick<Ui, 'askForText'>,
): Promise<string | undefined> {
  const typed = await ui.askForText({
    title,
    prompt: l10n.t('The endpoint to send requests to'),
    placeHolder: 'http://localhost:4566',
    value: current === 'local' ? '' : current,
    ignoreFocusOut: true,
    validateInput: async (value) => endpointFault(value.trim()),
  });
  return typed?.trim();
}

async function endpointFault(text: string): Promise<string | undefined> {
  const { parseEndpoint } = await endpointRules();
  try {
    parseEndpoint(text, 'setting');
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
