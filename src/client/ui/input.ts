import { CancellationTokenSource, type InputBoxOptions, window } from 'vscode';
import { promptText } from '../../core/foreignText';

interface TextQuestion extends Pick<InputBoxOptions, 'title' | 'value' | 'prompt' | 'placeHolder'> {
  readonly ignoreFocusOut?: boolean;
  /** Closes the box when it ends. */
  readonly signal?: AbortSignal | undefined;
  /** What is wrong with what is typed so far. */
  readonly validateInput?: (typed: string) => string | undefined | Promise<string | undefined>;
}

/** Asks for a line of text. `undefined` when the user cancelled. */
export async function askForText({
  prompt,
  validateInput,
  signal,
  ...options
}: TextQuestion): Promise<string | undefined> {
  const closing = new CancellationTokenSource();
  const close = () => closing.cancel();
  signal?.addEventListener('abort', close, { once: true });
  try {
    return await window.showInputBox(
      {
        ...options,
        ...(prompt === undefined ? {} : { prompt: promptText(prompt) }),
        ...(validateInput && {
          validateInput: async (typed) => {
            const fault = await validateInput(typed);
            return fault === undefined ? undefined : promptText(fault);
          },
        }),
      },
      closing.token,
    );
  } finally {
    signal?.removeEventListener('abort', close);
    closing.dispose();
  }
}
