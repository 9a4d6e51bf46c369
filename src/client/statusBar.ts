import { type Disposable, MarkdownString, StatusBarAlignment, window } from 'vscode';
import type { LocalLambda } from './localLambda';

/** Says where events go when that is not AWS: while Local Lambda runs, everything goes there. */
export class StatusBar implements Disposable {
  readonly #item = window.createStatusBarItem('invokeAsync.connection', StatusBarAlignment.Left, 0);

  constructor(private readonly localLambda: LocalLambda) {
    this.#item.name = 'Lambda Invoke Async';
    this.#item.command = 'invokeAsync.showOutput';
    localLambda.onDidChange(() => this.#update());
  }

  dispose(): void {
    this.#item.dispose();
  }

  #update(): void {
    const { running } = this.localLambda;
    if (!running) {
      this.#item.hide();
      return;
    }
    const tooltip = new MarkdownString(
      `Events go to Local Lambda on \`${running.endpoint}\`, none to AWS.\n\n[Stop Local Lambda](command:invokeAsync.stopLocal)`,
    );
    tooltip.isTrusted = { enabledCommands: ['invokeAsync.stopLocal'] };
    this.#item.text = '$(vm-running) Local Lambda';
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: 'Events go to Local Lambda, none to AWS' };
    this.#item.show();
  }
}
