import * as l10n from '@vscode/l10n';
import { shellQuoted } from '../../core/awsCliCommand';
import { ConnectionError, type ConnectionErrorName } from '../../core/invocation/connectionError';
import type { Explanation } from '../../core/invocation/explanation';
import { isRecord } from '../../core/isRecord';
import { connectionWords } from '../connection/profileList';
import { openTargets, TargetsError } from '../payloads/targetsError';
import type { ConnectionSettings } from '../settings';
import type { Choice, Ui } from '../ui/ui';
import { type FunctionNeeds, newDurableName } from './functionNeeds';
import type { Invocation } from './invocation';

type Action = NonNullable<Explanation['action']>;

/** What the buttons do it with. */
type RemedyUi = Pick<Ui, 'copy' | 'offer' | 'run' | 'runInTerminal'>;

/** Sends an event, which was certainly not queued, from its first step on with a connection that the user has chosen since. */
export type SendWith = (connection: ConnectionSettings) => unknown;

interface RemedyContext {
  readonly explanation: Explanation;
  readonly invocation: Invocation;
  /** Absent where nobody knows whether the event was queued. */
  readonly sendWith?: SendWith | undefined;
  /** Sends the invocation once more, as changed. */
  readonly resend: (invocation: Invocation) => unknown;
  /** Asks for what the function wants of the event. */
  readonly needs: Pick<FunctionNeeds, 'askQualifier' | 'askTenant'>;
  readonly ui: RemedyUi;
}

/** What helps without anything being sent. */
interface Help {
  readonly explanation: Explanation;
  /** Signing in ends in a browser, out of our sight: the user says when it is done. */
  readonly afterSignIn: { readonly message: string; readonly choice: Choice };
  readonly sendWith?: SendWith | undefined;
  readonly ui: RemedyUi;
}

interface Remedy<Context> {
  title(): string;
  run(context: Context): unknown;
}

type HelpAction = 'ssoLogin' | 'selectConnection' | 'openSettings' | 'copyPolicy';

/** What each action of an explanation is called, and what it does. */
const helps: Record<HelpAction, Remedy<Help>> = {
  ssoLogin: {
    title: () => l10n.t('Run aws sso login'),
    run: signIn,
  },
  selectConnection: {
    title: selectConnectionTitle,
    run: ({ ui, sendWith }) => selectConnection(ui, sendWith),
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

/** A button that sends is one user action: one request. */
const resends: Record<Exclude<Action, HelpAction>, Remedy<RemedyContext>> = {
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
  sendAgainSafely: {
    title: () => l10n.t('Send Again Safely'),
    run: ({ invocation, resend }) => resend(invocation),
  },
  enterTenant: {
    title: () => l10n.t('Enter Tenant ID…'),
    run: async ({ invocation, needs, resend }) => {
      const tenantId = await needs.askTenant(invocation);
      if (tenantId !== undefined) await resend({ ...invocation, api: 'Invoke', tenantId });
    },
  },
  selectQualifier: {
    title: () => l10n.t('Select Version or Alias…'),
    run: async ({ invocation, needs, resend }) => {
      const qualifier = await needs.askQualifier(invocation);
      if (qualifier === undefined) return;
      // Only a durable function wants one.
      const { durableName = newDurableName(invocation.payload.label) } = invocation;
      await resend({ ...invocation, api: 'Invoke', qualifier, durableName });
    },
  },
};

/** The buttons that an explanation calls for. */
export function remediesOf(context: RemedyContext): Choice[] {
  const { explanation, invocation, sendWith, resend, ui } = context;
  const { action } = explanation;
  if (action === undefined) return [];
  if (isHelp(action)) {
    const message = l10n.t(
      'Sign in in the browser. The event was not sent; send it after you have signed in.',
    );
    const choice = { title: l10n.t('Retry'), run: () => resend(invocation) };
    return helpOf({ explanation, afterSignIn: { message, choice }, sendWith, ui });
  }
  const remedy = resends[action];
  return [{ title: remedy.title(), run: () => remedy.run(context) }];
}

/** The button that an explanation calls for, unless it would send. */
export function helpOf(help: Help): Choice[] {
  const { action } = help.explanation;
  if (action === undefined || !isHelp(action)) return [];
  const remedy = helps[action];
  return [{ title: remedy.title(), run: () => remedy.run(help) }];
}

/** What another choice of profile, region or endpoint can put right. */
const connectionFaults: ReadonlySet<ConnectionErrorName> = new Set([
  'NoRegion',
  'UnknownProfile',
  'BrokenEndpoint',
]);

/** The buttons for what was thrown before anything was sent. */
export function remediesOfReason(
  reason: unknown,
  ui: Pick<Ui, 'offer' | 'run'>,
  sendWith?: SendWith,
): Choice[] {
  if (reason instanceof TargetsError) return [openTargets(reason.fault, ui)];
  const isFixable = reason instanceof ConnectionError && connectionFaults.has(reason.name);
  if (!isFixable) return [];
  return [{ title: selectConnectionTitle(), run: () => selectConnection(ui, sendWith) }];
}

function isHelp(action: Action): action is HelpAction {
  return action in helps;
}

/** Has another connection chosen, and offers to send the event with it: nothing leaves before the user says so. */
async function selectConnection(
  ui: Pick<Ui, 'offer' | 'run'>,
  sendWith: SendWith | undefined,
): Promise<void> {
  const chosen = await ui.run('invokeAsync.selectConnection');
  if (!sendWith || !isConnection(chosen)) return;
  const { label } = connectionWords(chosen, { profiles: [] });
  ui.offer(
    'information',
    l10n.t(
      'The event was not queued. It can be sent with the connection selected now: {0}.',
      label,
    ),
    { title: l10n.t('Send Again'), run: () => sendWith(chosen) },
  );
}

function isConnection(chosen: unknown): chosen is ConnectionSettings {
  const members = isRecord(chosen) ? chosen : {};
  return ['profile', 'region', 'endpoint'].every((name) => typeof members[name] === 'string');
}

function selectConnectionTitle(): string {
  return l10n.t('Select Profile and Region');
}

function signIn({ explanation, afterSignIn, ui }: Help): void {
  const shell = process.platform === 'win32' ? 'powershell' : 'posix';
  const profile = shellQuoted(explanation.profile ?? 'default', shell);
  ui.runInTerminal('aws sso login', `aws sso login --profile ${profile}`);
  ui.offer('information', afterSignIn.message, afterSignIn.choice);
}
