import * as l10n from '@vscode/l10n';
import { shellQuoted } from '../../core/awsCliCommand';
import type { Explanation } from '../../core/invocation/explanation';
import type { Choice, Ui } from '../ui/ui';
import type { Invocation } from './invocation';

type Action = NonNullable<Explanation['action']>;

interface RemedyContext {
  readonly explanation: Explanation;
  readonly invocation: Invocation;
  /** Sends the invocation once more, as changed. */
  readonly resend: (invocation: Invocation) => unknown;
  readonly ui: Pick<Ui, 'copy' | 'offer' | 'run' | 'runInTerminal'>;
}

/** What each action of an explanation is called, and what it does. A button that sends is one user action: one request. */
const remedies: Record<Action, { title(): string; run(context: RemedyContext): unknown }> = {
  useInvoke: {
    title: () => l10n.t('Send with Invoke'),
    run: ({ invocation, resend }) => resend({ ...invocation, api: 'Invoke' }),
  },
  useRegion: {
    title: () => l10n.t('Send to That Region'),
    run: ({ explanation: { region }, invocation, resend }) =>
      resend({
        ...invocation,
        connection: { ...invocation.connection, ...(region === undefined ? {} : { region }) },
      }),
  },
  retry: {
    title: () => l10n.t('Retry'),
    run: ({ invocation, resend }) => resend(invocation),
  },
  ssoLogin: {
    title: () => l10n.t('Run aws sso login'),
    run: signIn,
  },
  selectConnection: {
    title: selectConnectionTitle,
    run: ({ ui }) => ui.run('invokeAsync.selectConnection'),
  },
  openSettings: {
    title: () => l10n.t('Open Settings'),
    run: ({ ui }) => ui.run('workbench.action.openSettings', 'invokeAsync'),
  },
  copyPolicy: {
    title: () => l10n.t('Copy Policy Statement'),
    run: ({ explanation: { policy }, ui }) => ui.copy(policy ?? ''),
  },
};

/** The buttons that an explanation calls for. */
export function remediesOf(context: RemedyContext): Choice[] {
  const { action } = context.explanation;
  if (action === undefined) return [];
  const remedy = remedies[action];
  return [{ title: remedy.title(), run: () => remedy.run(context) }];
}

/** Has another profile, region or endpoint chosen. */
export function selectConnection(ui: Pick<Ui, 'run'>): Choice {
  return { title: selectConnectionTitle(), run: () => ui.run('invokeAsync.selectConnection') };
}

function selectConnectionTitle(): string {
  return l10n.t('Select Profile and Region');
}

/** Signing in ends in a browser, out of our sight: the user says when it is done. */
function signIn({ explanation, invocation, resend, ui }: RemedyContext): void {
  const shell = process.platform === 'win32' ? 'powershell' : 'posix';
  const profile = shellQuoted(explanation.profile ?? 'default', shell);
  ui.runInTerminal('aws sso login', `aws sso login --profile ${profile}`);
  ui.offer(
    'information',
    l10n.t('Sign in in the browser. The event was not sent; send it after you have signed in.'),
    { title: l10n.t('Retry'), run: () => resend(invocation) },
  );
}
