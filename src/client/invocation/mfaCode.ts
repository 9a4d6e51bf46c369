import { window } from 'vscode';

/** Asks the user for MFA codes. */
export class MfaPrompt {
  /** Whether the user closed the question: a wish to stop, not a failure. */
  wasRefused = false;

  readonly ask = async (serial: string): Promise<string> => {
    const code = await window.showInputBox({
      title: 'Lambda: MFA Code',
      prompt: `The code of ${serial}`,
      ignoreFocusOut: true,
      validateInput: (value) => (/^\d{6}$/.test(value) ? undefined : 'Six digits.'),
    });
    if (code !== undefined) return code;
    this.wasRefused = true;
    throw new Error('No MFA code was given.');
  };
}
