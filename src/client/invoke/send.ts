import * as l10n from '@vscode/l10n';
import { ProgressLocation } from 'vscode';
import type { Outcome } from '../../core/invocation/outcome';
import { shownNumber } from '../../core/shownNumber';
import { begin, settle } from '../invocations/remember';
import { aws } from '../lazy';
import { remediesOf } from './remedies';
import { callLabel } from './reportText';
import type { Services } from '../services';
import { mayBeSent } from './guard';
import type { Invocation } from './invocation';
import { MfaPrompt } from '../connection/mfaPrompt';
import { withProgress } from '../ui/progress';

/**
 * Sends one invocation, with progress that can be cancelled, and reports what became of it. It is in the history before
 * its first byte leaves.
 * Never rejects.
 */
export async function send(invocation: Invocation, services: Services): Promise<Outcome> {
  const { report } = services;
  const { connection } = invocation;
  report.sending(invocation);
  const entry = invocation.dryRun ? undefined : await begin(invocation, services);
  const outcome = await withProgress(
    {
      location: report.isQuiet ? ProgressLocation.Window : ProgressLocation.Notification,
      title: l10n.t('Sending to {function} with {call}', {
        function: invocation.functionName,
        call: callLabel(invocation),
      }),
      cancellable: true,
    },
    async (progress, token) => {
      const cancelled = new AbortController();
      token.onCancellationRequested(() => cancelled.abort());
      const { invoke } = await aws();
      return invoke(
        connection,
        { ...invocation, payload: invocation.payload.text },
        {
          signal: cancelled.signal,
          mfaCode: new MfaPrompt().ask,
          onAttempt: (attempt, delayMs, reason) => {
            const seconds = shownNumber(Math.round(delayMs / 100) / 10);
            const message = l10n.t(
              '{reason}; nothing was queued: attempt {attempt} in {seconds} s',
              { reason, attempt, seconds },
            );
            progress.report({ message });
            report.sendingAgain(message);
          },
        },
      );
    },
  );
  if (outcome.kind === 'accepted') {
    report.accepted(invocation, outcome);
  } else {
    const { explainError } = await aws();
    const explanation = explainError(outcome, connection);
    const resend = async (changed: Invocation) => {
      // A button is one more event, perhaps to another region: it asks like any other.
      if (changed.dryRun || (await mayBeSent(changed, services.consents))) {
        await send(changed, services);
      }
    };
    report.failed(outcome, explanation, remediesOf({ explanation, invocation, resend }));
  }
  if (entry) await settle(entry, invocation, outcome, services);
  return outcome;
}
