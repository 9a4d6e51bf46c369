import * as l10n from '@vscode/l10n';
import { askingPattern, type Destination } from '../../core/guard';
import type { Outcome } from '../../core/invocation/outcome';
import { shownNumber } from '../../core/shownNumber';
import { isOnThisMachine } from '../connection/destinations';
import type { RememberedSet } from '../rememberedSet';
import { settings } from '../settings';
import type { Ui } from '../ui/ui';
import { callLabel } from './callText';
import type { Invocation, Payload } from './invocation';

/** Within this time the same event again may be a second click or a held key, in milliseconds. */
const repeatWindowMs = 1000;

/** What is about to leave: one event, or those of a file. */
export interface ToConfirm
  extends Pick<
    Invocation,
    'api' | 'functionName' | 'qualifier' | 'tenantId' | 'connection' | 'environment' | 'waits'
  > {
  readonly payload: Pick<Payload, 'label' | 'folder'>;
  /** How many, unless it is a single one. */
  readonly events?: number;
  /** What will become of it once it is queued, on one line. */
  readonly fate?: string;
}

/** What is asked of the user before an event leaves: does it go to production, is it the same one twice? */
export class Confirmation {
  /** Until when an event counts as sent just now, by what it is and where it goes. */
  readonly #recent = new Map<string, number>();

  /**
   * @param unguarded the functions for which the user does not want to be asked again
   * @param now in milliseconds, by a clock that only goes forward
   */
  constructor(
    private readonly ui: Pick<Ui, 'ask'>,
    private readonly unguarded: RememberedSet,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Asks before an event goes to a place that `invokeAsync.confirm` names, unless the user has agreed for good.
   * Whether it may be sent.
   */
  async allows(invocation: ToConfirm): Promise<boolean> {
    const { functionName, qualifier, payload, connection, events, environment } = invocation;
    if (this.unguarded.has(functionKey(invocation))) return true;
    const destination = {
      functionName,
      qualifier,
      profile: connection.profile,
      environment,
      // Nothing that stays on this machine has an account.
      accountId: connection.accountId ?? (isOnThisMachine(connection) ? '' : undefined),
    };
    const pattern = askingPattern(settings(payload.folder).confirm, destination);
    if (pattern === undefined) return true;
    const send = l10n.t('Send');
    const sendAlways = l10n.t("Don't Ask Again for This Function");
    const choice = await this.ui.ask(
      'warning',
      {
        message:
          events === undefined
            ? l10n.t('Send this event to {0}?', functionName)
            : l10n.t('Send {events} events to {function}?', {
                events: shownNumber(events),
                function: functionName,
              }),
        detail: confirmationText(invocation, destination, pattern),
      },
      send,
      sendAlways,
    );
    if (choice === sendAlways) await this.unguarded.add(functionKey(invocation));
    return choice === send || choice === sendAlways;
  }

  /** Sends, unless the same event is on its way or left just now, and the user does not want it once more. */
  async once(invocation: Invocation, send: () => Promise<Outcome>): Promise<Outcome | undefined> {
    const now = this.now();
    for (const [key, until] of this.#recent) if (until < now) this.#recent.delete(key);
    const key = eventKey(invocation);
    if (this.#recent.has(key) && !(await this.#wantsItAgain(invocation))) return undefined;
    this.#recent.set(key, Infinity);
    const until = this.now() + repeatWindowMs;
    try {
      return await send();
    } finally {
      this.#recent.set(key, until);
    }
  }

  async #wantsItAgain({ functionName, payload, waits }: Invocation): Promise<boolean> {
    const again = l10n.t('Send Again');
    const choice = await this.ui.ask(
      'warning',
      {
        message: l10n.t('Send the same event to {0} again?', functionName),
        detail: [
          waits
            ? l10n.t('{0} was just sent there. The function will run once more.', payload.label)
            : l10n.t(
                '{0} was just sent there. Sending it again queues another event.',
                payload.label,
              ),
        ],
      },
      again,
    );
    return choice === again;
  }
}

/** What would be sent where, and why that is asked: one line each. An account that is empty is none, and not shown. */
function confirmationText(
  { api, waits, payload, connection, tenantId, fate }: ToConfirm,
  { functionName, qualifier, accountId, profile, environment }: Destination,
  pattern: string,
): string[] {
  return [
    l10n.t('{payload}, with {call}', { payload: payload.label, call: callLabel({ api, waits }) }),
    '',
    l10n.t('Function: {0}', functionName + (qualifier === undefined ? '' : ` (${qualifier})`)),
    ...(tenantId === undefined ? [] : [l10n.t('Tenant: {0}', tenantId)]),
    ...(environment === undefined ? [] : [l10n.t('Environment: {0}', environment)]),
    ...(accountId === '' ? [] : [l10n.t('Account: {0}', accountId ?? l10n.t('unknown'))]),
    l10n.t('Region: {0}', connection.region),
    l10n.t('Profile: {0}', profile ?? 'default'),
    ...(connection.endpoint === undefined ? [] : [l10n.t('Endpoint: {0}', connection.endpoint)]),
    ...(fate === undefined ? [] : ['', fate]),
    '',
    l10n.t(
      'The pattern "{0}" in the setting invokeAsync.confirm requires this confirmation.',
      pattern,
    ),
  ];
}

/** The same name in another account, region or endpoint is another function. */
export function functionKey({
  functionName,
  qualifier,
  connection,
}: Pick<ToConfirm, 'functionName' | 'qualifier' | 'connection'>): string {
  const { accountId, region, profile, endpoint } = connection;
  // Local Lambda has another port each time.
  const host = endpoint && new URL(endpoint).hostname;
  return JSON.stringify([functionName, qualifier, accountId, region, profile, host]);
}

function eventKey(invocation: Invocation): string {
  const { api, waits, functionName, qualifier, tenantId, payload, connection } = invocation;
  const { region, profile, endpoint } = connection;
  const { uri, text } = payload;
  const file = uri?.toString();
  const place = [functionName, qualifier, tenantId, region, profile, endpoint];
  return JSON.stringify([callLabel({ api, waits }), ...place, file, text]);
}
