import { ProgressLocation, window } from 'vscode';
import type { Outcome } from '../../core/invocation';
import { aws } from '../lazy';
import { remediesOf } from '../remedies';
import type { Report } from '../report';
import { apiLabel } from '../reportText';
import type { Invocation } from './invocation';

/** Sends one invocation, with progress that can be cancelled, and reports what became of it. Never rejects. */
export async function send(invocation: Invocation, report: Report): Promise<Outcome> {
  const { connection } = invocation;
  report.sending(invocation);
  const outcome = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: `Sending to ${invocation.functionName} with ${apiLabel(invocation.api)}`,
      cancellable: true,
    },
    async (progress, token) => {
      const cancelled = new AbortController();
      token.onCancellationRequested(() => cancelled.abort());
      return aws().invoke(
        connection,
        { ...invocation, payload: invocation.payload.text },
        {
          signal: cancelled.signal,
          mfaCode: askForMfaCode,
          onAttempt: (attempt, delayMs, reason) => {
            const message = `${reason}, nothing was queued: attempt ${attempt} in ${(delayMs / 1000).toFixed(1)} s`;
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
    const explanation = aws().explainError(outcome, connection);
    const resend = (changed: Invocation) => send(changed, report);
    report.failed(outcome, explanation, remediesOf({ explanation, invocation, resend }));
  }
  return outcome;
}

async function askForMfaCode(serial: string): Promise<string> {
  const code = await window.showInputBox({
    title: 'Lambda: MFA Code',
    prompt: `The code of ${serial}`,
    ignoreFocusOut: true,
    validateInput: (value) => (/^\d{6}$/.test(value) ? undefined : 'Six digits.'),
  });
  if (code === undefined) throw new Error('No MFA code was given.');
  return code;
}
