import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../core/invocation/outcome';
import { ask } from '../ui/messages';
import type { Invocation } from './invocation';

/** Within this time the same event again may be a second click or a held key, in milliseconds. */
const repeatWindowMs = 1000;

/** Notices when one action of the user is about to send the same event to the same place twice. */
export class Repeats {
  /** Until when an event counts as sent just now, by what it is and where it goes. */
  readonly #recent = new Map<string, number>();

  /** Sends, unless the same event is on its way or left just now, and the user does not want it once more. */
  async once(invocation: Invocation, send: () => Promise<Outcome>): Promise<Outcome | undefined> {
    const now = performance.now();
    for (const [key, until] of this.#recent) if (until < now) this.#recent.delete(key);
    const key = identity(invocation);
    if (this.#recent.has(key) && !(await wantsItAgain(invocation))) return undefined;
    const until = performance.now() + repeatWindowMs;
    this.#recent.set(key, Infinity);
    try {
      return await send();
    } finally {
      this.#recent.set(key, until);
    }
  }
}

function identity({ api, functionName, qualifier, payload, connection }: Invocation): string {
  const { region, profile, endpoint } = connection;
  const { uri, text } = payload;
  const file = uri?.toString();
  return JSON.stringify([api, functionName, qualifier, region, profile, endpoint, file, text]);
}

async function wantsItAgain({ functionName, payload }: Invocation): Promise<boolean> {
  const again = l10n.t('Send Again');
  const choice = await ask(
    'warning',
    {
      message: l10n.t('Send the same event to {0} again?', functionName),
      detail: [
        l10n.t('{0} was just sent there. Sending it again queues another event.', payload.label),
      ],
    },
    again,
  );
  return choice === again;
}
