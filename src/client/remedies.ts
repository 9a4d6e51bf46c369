import { commands, env, type MessageItem, Uri, window } from 'vscode';
import type { Explanation } from '../aws/main';
import type { Invocation } from './invocation/invocation';

/** A button under a message, and what it does. */
export interface Remedy extends MessageItem {
  run(): unknown;
}

type Action = NonNullable<Explanation['action']>;

interface RemedyContext {
  readonly explanation: Explanation;
  readonly invocation: Invocation;
  /** Sends the invocation once more, as changed. */
  readonly resend: (invocation: Invocation) => unknown;
}

/** What each action of an explanation is called, and what it does. A button that sends is one user action: one request. */
const remedies: Record<Action, { title: string; run(context: RemedyContext): unknown }> = {
  useInvoke: {
    title: 'Send with Invoke',
    run: ({ invocation, resend }) => resend({ ...invocation, api: 'Invoke' }),
  },
  useRegion: {
    title: 'Send to That Region',
    run: ({ explanation: { region }, invocation, resend }) =>
      resend({
        ...invocation,
        connection: { ...invocation.connection, ...(region === undefined ? {} : { region }) },
      }),
  },
  retry: { title: 'Retry', run: ({ invocation, resend }) => resend(invocation) },
  ssoLogin: {
    title: 'Run aws sso login',
    run: ({ explanation: { profile } }) => {
      const terminal = window.createTerminal('aws sso login');
      terminal.show();
      terminal.sendText(`aws sso login --profile ${shellQuoted(profile ?? 'default')}`);
    },
  },
  selectConnection: {
    title: 'Open Connection Settings',
    run: () => commands.executeCommand('workbench.action.openSettings', 'invokeAsync.region'),
  },
  openSettings: {
    title: 'Open Settings',
    run: () => commands.executeCommand('workbench.action.openSettings', 'invokeAsync'),
  },
  copyPolicy: {
    title: 'Copy Policy Statement',
    run: ({ explanation: { policy } }) => env.clipboard.writeText(policy ?? ''),
  },
  openLink: {
    title: 'Open Documentation',
    run: ({ explanation: { link } }) => link && env.openExternal(Uri.parse(link)),
  },
};

/** The buttons that an explanation calls for. */
export function remediesOf(context: RemedyContext): Remedy[] {
  const { action } = context.explanation;
  if (action === undefined) return [];
  const remedy = remedies[action];
  return [{ title: remedy.title, run: () => remedy.run(context) }];
}

/** One word for any POSIX shell: profile names come from a file. */
function shellQuoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
