/**
 * What a person does and sees, for tests in the extension host: the runner outside drives the window that shows this
 * editor. A desktop run has no such runner; tests that need it are skipped there.
 */
export class Screen {
  private constructor(private readonly url: string) {}

  /** The screen of this run, or skips the test (or suite) that asks. */
  static of(context: Mocha.Context): Screen {
    const url = process.env['LAMBDA_INVOKE_ASYNC_SCREEN'];
    if (!url) context.skip();
    return new Screen(url);
  }

  async openView(label: string): Promise<void> {
    await this.#do('openView', label);
  }

  /** Right-clicks a row of the tree and resolves to the labels of its menu. */
  async contextMenu(row: string): Promise<string[]> {
    return (await this.#do('contextMenu', row)) as string[];
  }

  async chooseMenuItem(label: string): Promise<void> {
    await this.#do('chooseMenuItem', label);
  }

  /** Waits until the tree of the side bar shows exactly these rows, in this order. */
  async waitForRows(rows: readonly string[]): Promise<void> {
    await this.#do('waitForRows', rows);
  }

  /** Types into the quick pick or input box, and resolves to its rows: label and detail. */
  async type(text: string): Promise<string[]> {
    return (await this.#do('type', text)) as string[];
  }

  /** Waits until a row of the quick pick matches. */
  async waitForPick(pattern: RegExp): Promise<void> {
    await this.#do('waitForPick', pattern.source);
  }

  async press(key: string): Promise<void> {
    await this.#do('press', key);
  }

  /** Presses a button of a modal dialog, once its text matches. */
  async pressDialogButton(message: RegExp, button: string): Promise<void> {
    await this.#do('pressDialogButton', message.source, button);
  }

  /** Presses a button of a notification, once its text matches. */
  async pressNotificationButton(message: RegExp, button: string): Promise<void> {
    await this.#do('pressNotificationButton', message.source, button);
  }

  /** Waits until the output channel on the screen matches, and resolves to its whole text. */
  async waitForOutput(pattern: RegExp): Promise<string> {
    return (await this.#do('waitForOutput', pattern.source)) as string;
  }

  async #do(action: string, ...args: readonly unknown[]): Promise<unknown> {
    const response = await fetch(this.url, {
      method: 'POST',
      body: JSON.stringify({ action, args }),
    });
    const { value, error } = (await response.json()) as { value?: unknown; error?: string };
    if (error !== undefined) throw new Error(`${action}: ${error}`);
    return value;
  }
}
