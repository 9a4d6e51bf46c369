import * as l10n from '@vscode/l10n';
import type { ConfigurationScope, Memento } from 'vscode';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { Explanation } from '../../core/invocation/explanation';
import type { InvokeApi, Outcome } from '../../core/invocation/outcome';
import { messageOf } from '../../core/messageOf';
import { payloadBytes } from '../../core/payload/size';
import { useInvokeFromNowOn } from '../settings';
import { type Choice, showOutput, type Ui } from '../ui/ui';
import type { Invocation, InvokeOptions } from './invocation';
import { CheckFailed } from './preflight';
import { remediesOfReason } from './remedies';
import * as text from './reportText';

/** Why an event went nowhere: it could not be read, must not be sent, or there is no connection for it. */
export interface Refusal {
  /** As far as it is known, like the others. */
  readonly api: InvokeApi;
  readonly functionName: string;
  readonly text: string;
  /** What was thrown. */
  readonly reason: unknown;
}

type Loudness = Pick<InvokeOptions, 'isQuiet'>;

/** What the user chose about the deprecated call, for good. */
const keepsInvokeAsync = 'keepsInvokeAsync';

/** Tells what is sent and what became of it: in full in the output channel, and in a message where there is a choice. */
export class Report {
  #hasOfferedInvoke = false;
  #hasExplained202 = false;

  constructor(
    private readonly ui: Pick<Ui, 'offer' | 'output' | 'run'>,
    private readonly memory: Memento,
  ) {}

  sending(invocation: Invocation): void {
    this.ui.output.info(text.sendingLine(invocation));
    this.ui.output.show();
  }

  /** The service accepted the event. Says once what that means, and once that InvokeAsync is deprecated. */
  accepted({ api, payload }: Invocation, outcome: Outcome, { isQuiet }: Loudness = {}): void {
    const { output } = this.ui;
    output.info(text.acceptedLine(outcome));
    if (!this.#hasExplained202 && outcome.status === 202) {
      this.#hasExplained202 = true;
      output.info(text.explanationOf202());
    }
    if (isQuiet || api !== 'InvokeAsync') return;
    if (this.#hasOfferedInvoke || this.memory.get(keepsInvokeAsync)) return;
    this.#hasOfferedInvoke = true;
    output.warn(text.deprecationNotice());
    this.#offerInvoke(payload.folder);
  }

  /** The event was refused, or nobody knows. Offers the remedies, without waiting for the user. */
  failed(
    outcome: Outcome,
    { cause, remedy, link }: Pick<Explanation, 'cause' | 'remedy' | 'link'>,
    remedies: readonly Choice[],
    { isQuiet }: Loudness = {},
  ): void {
    const { output } = this.ui;
    output.error(text.failureLine(outcome, cause));
    if (remedy !== '') output.error(`→ ${[remedy, link].filter(Boolean).join(' ')}`);
    if (isQuiet) return;
    const message = `${text.failureHeading(outcome)}: ${text.causeAndRemedy(cause, remedy)}`;
    this.ui.offer('error', message, ...remedies, showOutput(output));
  }

  /** The event went nowhere. Resolves to the outcome, which says so. */
  refused({ reason, ...event }: Refusal, loudness: Loudness = {}): Outcome {
    const { name, message } = reason instanceof Error ? reason : new Error(String(reason));
    const outcome: Outcome = {
      kind: 'notSent',
      api: event.api,
      functionName: event.functionName,
      error: { name, message },
      durationMs: 0,
      payloadBytes: payloadBytes(event.text),
      attempts: 0,
    };
    if (reason instanceof CheckFailed && reason.isDecided) {
      // The user, asked about what is wrong with the event, did not send it: they need not be told once more.
      this.ui.output.info(text.failureLine(outcome, message));
    } else {
      const remedy = reason instanceof ConnectionError ? reason.remedy : '';
      this.failed(outcome, { cause: message, remedy }, remediesOfReason(reason, this.ui), loudness);
    }
    return outcome;
  }

  #offerInvoke(scope: ConfigurationScope | undefined): void {
    this.ui.offer(
      'information',
      l10n.t(
        'The event is queued. AWS deprecates InvokeAsync and recommends Invoke with InvocationType Event.',
      ),
      { title: l10n.t('Use Invoke from Now On'), run: () => this.#useInvoke(scope) },
      {
        title: l10n.t('Keep InvokeAsync'),
        run: () => this.memory.update(keepsInvokeAsync, true),
      },
    );
  }

  async #useInvoke(scope: ConfigurationScope | undefined): Promise<void> {
    try {
      await useInvokeFromNowOn(scope);
    } catch (error) {
      const reason = messageOf(error);
      const message = l10n.t('Events are still sent with InvokeAsync: {0}', reason);
      this.ui.output.error(message);
      this.ui.offer('error', message, {
        title: l10n.t('Open Settings'),
        run: () => this.ui.run('workbench.action.openSettings', 'invokeAsync.api'),
      });
      return;
    }
    this.ui.output.info(l10n.t('Events are now sent with Invoke (setting invokeAsync.api).'));
  }
}
