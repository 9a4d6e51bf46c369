/** What a part of the screen says, and where its links lead. */
export interface ShownText {
  readonly text: string;
  readonly links: readonly string[];
}

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

  /** Right-clicks a row of a view and resolves to the labels of its menu. */
  async contextMenu(row: string, view = 'Payloads'): Promise<string[]> {
    return (await this.#do('contextMenu', row, view)) as string[];
  }

  async chooseMenuItem(label: string): Promise<void> {
    await this.#do('chooseMenuItem', label);
  }

  /** The same for one that opens a quick pick or input box, and waits for the box with a title that matches. */
  async chooseMenuItemForInput(label: string, title: RegExp): Promise<void> {
    await this.#do('chooseMenuItemForInput', label, title);
  }

  /** Clicks a row of a view. */
  async clickRow(row: string, view = 'Payloads'): Promise<void> {
    await this.#do('clickRow', row, view);
  }

  /** Presses a button of the text that a view shows instead of rows. */
  async pressViewButton(label: string, view = 'Payloads'): Promise<void> {
    await this.#do('pressViewButton', label, view);
  }

  /** Drags a row of a view onto another. */
  async dragRow(row: string, onto: string, view = 'Payloads'): Promise<void> {
    await this.#do('dragRow', row, onto, view);
  }

  /** Resolves to the commands above the first line, once they match. */
  async waitForCodeLens(pattern: RegExp): Promise<string> {
    return (await this.#do('waitForCodeLens', pattern)) as string;
  }

  /** Waits until the quick pick or input box has a title that matches. */
  async waitForInput(title: RegExp): Promise<void> {
    await this.#do('waitForInput', title);
  }

  /** Waits until what stands in the input box matches. */
  async waitForInputValue(pattern: RegExp): Promise<void> {
    await this.#do('waitForInputValue', pattern);
  }

  /** Types into the input box, and waits until the line below it matches. */
  async waitForInputMessage(text: string, pattern: RegExp): Promise<void> {
    await this.#do('waitForInputMessage', text, pattern);
  }

  /** Waits until a view shows exactly these rows, in this order. */
  async waitForRows(rows: readonly string[], view = 'Payloads'): Promise<void> {
    await this.#do('waitForRows', rows, view);
  }

  /** Waits until a row of a view tells a screen reader what matches. */
  async waitForRow(pattern: RegExp, view: string): Promise<void> {
    await this.#do('waitForRow', pattern, view);
  }

  /** Waits until exactly these rows of a view are selected, in their order. */
  async waitForSelectedRows(rows: readonly string[], view = 'Payloads'): Promise<void> {
    await this.#do('waitForSelectedRows', rows, view);
  }

  /** Waits until an item of the status bar matches, and resolves to its text. */
  async waitForStatusBar(pattern: RegExp): Promise<string> {
    return (await this.#do('waitForStatusBar', pattern)) as string;
  }

  /** The whole text of a modal dialog, once it matches. */
  async dialogText(pattern: RegExp): Promise<string> {
    return (await this.#do('dialogText', pattern)) as string;
  }

  /** Replaces what stands in the quick pick or input box. */
  async type(text: string): Promise<void> {
    await this.#do('type', text);
  }

  /** Waits until the quick pick has exactly these rows, by their labels. */
  async waitForPicks(labels: readonly string[]): Promise<void> {
    await this.#do('waitForPicks', labels);
  }

  /** Waits until a row of the quick pick matches. */
  async waitForPick(pattern: RegExp): Promise<void> {
    await this.#do('waitForPick', pattern);
  }

  /** Waits until the row of the quick pick that Enter would choose matches. */
  async waitForActivePick(pattern: RegExp): Promise<void> {
    await this.#do('waitForActivePick', pattern);
  }

  /** Whether the walkthrough on the screen has that step, within a few seconds. */
  async showsStep(step: string): Promise<boolean> {
    return (await this.#do('showsStep', step)) as boolean;
  }

  /** Opens a step of the open walkthrough, and presses a button of it. */
  async pressStepButton(step: string, button: string): Promise<void> {
    await this.#do('pressStepButton', step, button);
  }

  /** Waits until a step of the open walkthrough is ticked. */
  async waitForStep(step: string): Promise<void> {
    await this.#do('waitForStep', step);
  }

  /** Waits until the palette offers exactly these commands of the extension, in this order. */
  async waitForCommands(titles: readonly string[]): Promise<void> {
    await this.#do('waitForCommands', 'Lambda', titles);
  }

  async press(key: string): Promise<void> {
    await this.#do('press', key);
  }

  /** Presses a button of a modal dialog, once its text matches. */
  async pressDialogButton(message: RegExp, button: string): Promise<void> {
    await this.#do('pressDialogButton', message, button);
  }

  /** Waits until there are exactly these notifications, newest first. */
  async waitForNotifications(...patterns: readonly RegExp[]): Promise<void> {
    await this.#do('waitForNotifications', patterns);
  }

  /** A notification that matches. */
  async notification(message: RegExp): Promise<ShownText> {
    return (await this.#do('notification', message)) as ShownText;
  }

  /** The hover in the editor, once it matches. */
  async hover(pattern: RegExp): Promise<ShownText> {
    return (await this.#do('hover', pattern)) as ShownText;
  }

  /** Presses a button of a notification, once its text matches. */
  async pressNotificationButton(message: RegExp, button: string): Promise<void> {
    await this.#do('pressNotificationButton', message, button);
  }

  /** Answers the refactor preview, once it shows a row that matches. */
  async answerPreview(row: RegExp, button: 'Apply' | 'Discard'): Promise<void> {
    await this.#do('answerPreview', row, button);
  }

  /** Waits until a row of the panel below the editors matches. */
  async waitForPanelRow(pattern: RegExp): Promise<void> {
    await this.#do('waitForPanelRow', pattern);
  }

  /** Waits until the output channel on the screen matches, and resolves to its whole text. */
  async waitForOutput(pattern: RegExp): Promise<string> {
    return (await this.#do('waitForOutput', pattern)) as string;
  }

  async #do(action: string, ...args: readonly unknown[]): Promise<unknown> {
    const response = await fetch(this.url, {
      method: 'POST',
      body: JSON.stringify({ action, args }, (_, value: unknown) =>
        value instanceof RegExp ? { source: value.source, flags: value.flags } : value,
      ),
    });
    const { value, error } = (await response.json()) as { value?: unknown; error?: string };
    if (error !== undefined) throw new Error(`${action}: ${error}`);
    return value;
  }
}
