import * as l10n from '@vscode/l10n';
import { type LogOutputChannel, type Memento, type Uri, window } from 'vscode';
import type { Explanation } from '../aws/main';
import type { Outcome } from '../core/invocation';
import type { Invocation } from './invocation/invocation';
import type { Remedy } from './remedies';
import * as text from './reportText';
import { useInvokeFromNowOn } from './settings';

/** What the user chose about the deprecated call, for good. */
const keepsInvokeAsync = 'keepsInvokeAsync';

/** Tells what is sent and what became of it: in full in the output channel, and in a message where there is a choice. */
export class Report {
  #explained202 = false;
  #offeredInvoke = false;

  constructor(
    private readonly output: LogOutputChannel,
    private readonly state: Memento,
    /** Says all in the output and shows no message: for one of many events, whose end is told together. */
    readonly isQuiet = false,
  ) {}

  quiet(): Report {
    const quiet = new Report(this.output, this.state, true);
    quiet.#explained202 = this.#explained202;
    this.#explained202 = true;
    return quiet;
  }

  sending(invocation: Invocation): void {
    this.output.info(text.sendingLine(invocation));
    this.output.show(true);
  }

  sendingAgain(words: string): void {
    this.output.warn(words);
  }

  /** The service accepted the event. Says once what that means, and once that InvokeAsync is deprecated. */
  accepted({ api, payload }: Invocation, outcome: Outcome): void {
    this.output.info(text.acceptedLine(outcome));
    if (!this.#explained202 && outcome.status === 202) {
      this.#explained202 = true;
      this.output.info(text.explanationOf202());
    }
    if (
      this.isQuiet ||
      api !== 'InvokeAsync' ||
      this.#offeredInvoke ||
      this.state.get(keepsInvokeAsync)
    )
      return;
    this.#offeredInvoke = true;
    this.output.warn(text.deprecationNotice());
    void this.#offerInvoke(payload.uri);
  }

  /** The event was refused, or nobody knows. Offers the remedies, without waiting for the user. */
  failed(
    outcome: Outcome,
    { cause, remedy, link }: Pick<Explanation, 'cause' | 'remedy' | 'link'>,
    remedies: readonly Remedy[],
  ): void {
    this.output.error(text.failureLine(outcome, cause));
    if (remedy !== '') this.output.error(`→ ${[remedy, link].filter(Boolean).join(' ')}`);
    if (this.isQuiet) return;
    const heading = text.failureHeading(outcome);
    void this.#offer(`${heading}: ${text.causeAndRemedy(cause, remedy)}`, remedies);
  }

  async #offer(message: string, remedies: readonly Remedy[]): Promise<void> {
    const showOutput = { title: l10n.t('Show Output'), run: () => this.output.show(true) };
    const choice = await window.showErrorMessage(message, ...remedies, showOutput);
    choice?.run();
  }

  async #offerInvoke(scope?: Uri): Promise<void> {
    const use = l10n.t('Use Invoke from Now On');
    const keep = l10n.t('Keep InvokeAsync');
    const choice = await window.showInformationMessage(
      l10n.t(
        'The event is queued. AWS deprecates InvokeAsync and recommends Invoke with InvocationType Event.',
      ),
      use,
      keep,
    );
    if (choice === use) {
      await useInvokeFromNowOn(scope);
      this.output.info(
        l10n.t('From now on events are sent with Invoke (setting invokeAsync.api).'),
      );
    }
    if (choice === keep) await this.state.update(keepsInvokeAsync, true);
  }
}
