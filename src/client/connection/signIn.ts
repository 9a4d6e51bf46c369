import * as l10n from '@vscode/l10n';
import { Uri } from 'vscode';
import { shellQuoted } from '../../core/awsCliCommand';
import type { StepRow, Ui } from '../ui/ui';
import { type AwsCli, findAwsCli } from './awsCli';
import { type ProfileList, usualProfile } from './profileList';

/** How the user gets credentials, or goes without. */
export type SignInWay =
  /** A command of the AWS CLI, in a terminal. */
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'page'; readonly address: string }
  | { readonly kind: 'local' };

export interface SignInRow extends StepRow {
  readonly way: SignInWay;
}

const guide = 'https://docs.aws.amazon.com/cli/latest/userguide';

/** The ways to sign in that this machine has. Asks the AWS CLI for its version, and for nothing else. */
export async function signInRows(current: string, list: ProfileList): Promise<SignInRow[]> {
  const cli = await findAwsCli(process.env);
  return [
    ...(cli?.signsIn ? commandRows(cli, current, list) : [installRow(cli)]),
    {
      icon: 'symbol-variable',
      label: l10n.t('Environment Variables'),
      description: l10n.t('AWS_ACCESS_KEY_ID and others, set before the editor starts'),
      way: { kind: 'page', address: `${guide}/cli-configure-envvars.html` },
    },
    {
      icon: 'vm',
      label: 'Local Lambda',
      description: l10n.t('no AWS account: runs your functions on this machine'),
      way: { kind: 'local' },
    },
  ];
}

function commandRows(cli: AwsCli, current: string, { profiles }: ProfileList): SignInRow[] {
  const ofSso = profiles.filter(({ source }) => source === 'sso').map(({ name }) => name);
  const wanted = current || usualProfile();
  const again = ofSso.includes(wanted) ? wanted : ofSso[0];
  const commandRow = (icon: string, label: string, command: string): SignInRow => ({
    icon,
    label,
    description: command,
    way: { kind: 'command', command },
  });
  return [
    ...(again === undefined
      ? []
      : [
          commandRow(
            'refresh',
            l10n.t('Sign In Again'),
            `aws sso login --profile ${quoted(again)}`,
          ),
        ]),
    commandRow('key', l10n.t('IAM Identity Center'), 'aws configure sso'),
    ...(cli.hasLogin ? [commandRow('browser', l10n.t('Console Sign-In'), 'aws login')] : []),
  ];
}

function installRow(cli: AwsCli | undefined): SignInRow {
  return {
    icon: 'cloud-download',
    label: l10n.t('Install the AWS CLI'),
    description: cli
      ? l10n.t('its version {0} cannot sign in', cli.version)
      : l10n.t('it signs you in, and was not found on this machine'),
    way: { kind: 'page', address: `${guide}/getting-started-install.html` },
  };
}

function quoted(profile: string): string {
  return shellQuoted(profile, process.platform === 'win32' ? 'powershell' : 'posix');
}

/** Begins to sign in: it ends in a terminal and a browser, out of our sight, so the user says when they are done. */
export async function signIn(
  way: Exclude<SignInWay, { readonly kind: 'local' }>,
  ui: Pick<Ui, 'offer' | 'run' | 'runInTerminal'>,
): Promise<void> {
  if (way.kind === 'page') {
    await ui.run('vscode.open', Uri.parse(way.address));
    return;
  }
  ui.runInTerminal(way.command, way.command);
  ui.offer('information', l10n.t('Once you are signed in, select the profile.'), {
    title: l10n.t('Select Profile and Region'),
    run: () => ui.run('invokeAsync.selectConnection'),
  });
}
