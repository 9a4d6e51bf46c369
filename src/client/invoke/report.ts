import * as l10n from '@vscode/l10n';
import { commands, type ConfigurationScope, type Memento } from 'vscode';
import type { Explanation } from '../../core/invocation/explanation';
import type { Outcome } from '../../core/invocation/outcome';
import type { Invocation } from './invocation';
import { messageOf } from '../messageOf';
import { type Choice, offer, showOutput } from '../ui/offer';
import * as text from './reportText';
import { useInvokeFromNowOn } from '../settings';
import type { Output } from '../ui/output';

/** What the user chose about the deprecated call, for good. */
const keepsInvokeAsync = 'keepsInvokeAsync';

/** Tells what is sent and what became of it: in full in the output channel, and in a message where there is a choice. */
export class Report {
  #offeredInvoke = false;

  constructor(
    private readonly output: Output,
    private readonly state: Memento,
    /** Says all in the output and shows no message: for one of many events, whose end is told together. */
    readonly isQuiet = false,
    private readonly told = { explanationOf202: false },
  ) {}

  quiet(): Report {
    return new Report(this.output, this.state, true, this.told);
  }

  sending(invocation: Invocation): void {
    this.output.info(text.sendingLine(invocation));
    this.output.show();
  }

  sendingAgain(words: string): void {
    this.output.warn(words);
  }

  /** The service accepted the event. Says once what that means, and once that InvokeAsync is deprecated. */
  accepted({ api, payload }: Invocation, outcome: Outcome): void {
    this.output.info(text.acceptedLine(outcome));
    if (!this.told.explanationOf202 && outcome.status === 202) {
      this.told.explanationOf202 = true;
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
    this.#offerInvoke(payload.folder);
  }

  /** The event was refused, or nobody knows. Offers the remedies, without waiting for the user. */
  failed(
    outcome: Outcome,
    { cause, remedy, link }: Pick<Explanation, 'cause' | 'remedy' | 'link'>,
    remedies: readonly Choice[],
  ): void {
    this.output.error(text.failureLine(outcome, cause));
    if (remedy !== '') this.output.error(`→ ${[remedy, link].filter(Boolean).join(' ')}`);
    if (this.isQuiet) return;
    const message = `${text.failureHeading(outcome)}: ${text.causeAndRemedy(cause, remedy)}`;
    offer('error', message, ...remedies, showOutput(this.output));
  }

  /** The user, asked about what is wrong with the event, did not send it: they need not be told once more. */
  keptBack(outcome: Outcome, cause: string): void {
    this.output.info(text.failureLine(outcome, cause));
  }

  #offerInvoke(scope: ConfigurationScope | undefined): void {
    offer(
      'information',
      l10n.t(
        'The event is queued. AWS deprecates InvokeAsync and recommends Invoke with InvocationType Event.',
      ),
      { title: l10n.t('Use Invoke from Now On'), run: () => this.#useInvoke(scope) },
      {
        title: l10n.t('Keep InvokeAsync'),
        run: () => this.state.update(keepsInvokeAsync, true),
      },
    );
  }

  async #useInvoke(scope: ConfigurationScope | undefined): Promise<void> {
    try {
      await useInvokeFromNowOn(scope);
    } catch (error) {
      const reason = messageOf(error);
      const message = l10n.t('Events are still sent with InvokeAsync: {0}', reason);
      this.output.error(message);
      offer('error', message, {
        title: l10n.t('Open Settings'),
        run: () => commands.executeCommand('workbench.action.openSettings', 'invokeAsync.api'),
      });
      return;
    }
    this.output.info(l10n.t('Events are now sent with Invoke (setting invokeAsync.api).'));
  }
}
