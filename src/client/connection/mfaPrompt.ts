import * as l10n from '@vscode/l10n';
import type { Ui } from '../ui/ui';

/** Asks the user for MFA codes. */
export class MfaPrompt {
  /** Whether the user closed the question: a wish to stop, not a failure. */
  wasRefused = false;

  constructor(private readonly ui: Pick<Ui, 'askForText'>) {}

  /** The question goes away when the signal ends. */
  readonly ask = async (serial: string, signal?: AbortSignal): Promise<string> => {
    const code = await this.ui.askForText({
      signal,
      title: l10n.t('Lambda: MFA Code'),
      prompt: l10n.t('Enter the MFA code of {0}', serial),
      ignoreFocusOut: true,
      validateInput: (value) => (/^\d{6}$/.test(value) ? undefined : l10n.t('Enter six digits.')),
    });
    if (code !== undefined) return code;
    this.wasRefused = true;
    throw new Error(l10n.t('No MFA code was entered.'));
  };
}
