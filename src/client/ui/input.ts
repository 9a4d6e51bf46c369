import { type InputBoxOptions, window } from 'vscode';
import { labelText, messageText } from '../../core/foreignText';

interface TextQuestion extends Pick<InputBoxOptions, 'title' | 'value' | 'prompt' | 'placeHolder'> {
  readonly ignoreFocusOut?: boolean;
  /** What is wrong with what is typed so far. */
  readonly validateInput?: (typed: string) => string | undefined | Promise<string | undefined>;
}

/** Asks for a line of text. `undefined` when the user cancelled. */
export async function askForText({
  prompt,
  validateInput,
  ...options
}: TextQuestion): Promise<string | undefined> {
  return window.showInputBox({
    ...options,
    ...(prompt === undefined ? {} : { prompt: inert(prompt) }),
    ...(validateInput && {
      validateInput: async (typed) => {
        const fault = await validateInput(typed);
        return fault === undefined ? undefined : inert(fault);
      },
    }),
  });
}

/** The line below the box makes links and icons. */
function inert(text: string): string {
  return labelText(messageText(text));
}
