import * as l10n from '@vscode/l10n';
import type { ConfigurationScope, Memento } from 'vscode';
import type { Fate } from '../../core/functionFate';
import { functionLabel } from '../../core/functionIdentifier/label';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { Explanation } from '../../core/invocation/explanation';
import type { InvokeApi, Outcome } from '../../core/invocation/outcome';
import { messageOf } from '../../core/messageOf';
import { payloadBytes } from '../../core/payload/size';
import { useInvokeFromNowOn } from '../settings';
import type { LineListener } from '../ui/output';
import { type Choice, showOutput, type Ui } from '../ui/ui';
import { functionKey } from './confirmation';
import type { Invocation, InvokeOptions } from './invocation';
import { CheckFailed } from './preflight';
import { remediesOfReason, type SendWith } from './remedies';
import * as text from './reportText';

/** Why an event went nowhere: it could not be read, must not be sent, or there is no connection for it. */
export interface Refusal {
  /** As far as it is known, like the others. */
  readonly api: InvokeApi;
  readonly functionName: string;
  readonly text: string;
  /** What was thrown. */
  readonly reason: unknown;
  /** Sends it after all. */
  readonly sendWith?: SendWith | undefined;
}

type Loudness = Pick<InvokeOptions, 'isQuiet' | 'onLine'>;

/** What the user chose about the deprecated call, for good. */
const keepsInvokeAsync = 'keepsInvokeAsync';
/** Whether they were asked, in any window: a question that was closed is not asked again. */
const wasOfferedInvoke = 'wasOfferedInvoke';

/** Tells what is sent and what became of it: in full in the output channel, and in a message where there is a choice. */
export class Report {
  #hasToldDeprecation = false;
  #hasExplained202 = false;
  readonly #fates = new Map<string, string>();

  constructor(
    private readonly ui: Pick<Ui, 'offer' | 'output' | 'run'>,
    private readonly memory: Memento,
  ) {}

  sending(invocation: Invocation, { onLine }: Loudness = {}): void {
    this.#say('info', text.sendingLine(invocation), onLine);
    const instead = text.insteadOfInvokeAsync(invocation);
    if (instead !== undefined) this.#say('info', instead, onLine);
    const without = text.sentWithout(invocation.payload);
    if (without !== undefined) this.#say('info', without, onLine);
    this.ui.output.show();
  }

  /**
   * The service accepted the event. Says once what that means, and once that InvokeAsync is deprecated: in the output of
   * each window, and in one message on this machine.
   */
  accepted(
    { api, payload, durableName }: Invocation,
    outcome: Outcome,
    { isQuiet, onLine }: Loudness = {},
  ): void {
    const { output } = this.ui;
    this.#say('info', text.acceptedLine(outcome), onLine);
    const { durableExecutionArn: arn } = outcome;
    if (arn !== undefined) this.#say('info', l10n.t('Durable execution: {0}', arn), onLine);
    if (arn !== undefined && durableName !== undefined)
      this.#say('info', text.exactlyOnce(durableName), onLine);
    if (!this.#hasExplained202 && outcome.status === 202) {
      this.#hasExplained202 = true;
      output.info(text.explanationOf202());
    }
    if (isQuiet || api !== 'InvokeAsync') return;
    if (this.#hasToldDeprecation || this.memory.get(keepsInvokeAsync)) return;
    this.#hasToldDeprecation = true;
    output.warn(text.deprecationNotice());
    if (this.memory.get(wasOfferedInvoke)) return;
    void this.memory.update(wasOfferedInvoke, true);
    this.#offerInvoke(payload.folder);
  }

  /** The function that was waited for has run. */
  answered(outcome: Outcome, { onLine }: Loudness = {}): void {
    const hasFailed = outcome.response?.functionError !== undefined;
    this.#say(hasFailed ? 'error' : 'info', text.answeredLine(outcome), onLine);
  }

  /** What will become of the queued event: told again when it has changed, and whenever something is wrong. */
  fate(invocation: Invocation, { text: words, isWarning }: Fate): void {
    const key = functionKey(invocation);
    if (!isWarning && this.#fates.get(key) === words) return;
    this.#fates.set(key, words);
    const line = `${functionLabel(invocation.functionName, invocation.qualifier).label}: ${words}`;
    if (isWarning) this.ui.output.warn(line);
    else this.ui.output.info(line);
  }

  /** The event was refused, or nobody knows. Offers the remedies, without waiting for the user. */
  failed(
    outcome: Outcome,
    { cause, remedy, link }: Pick<Explanation, 'cause' | 'remedy' | 'link'>,
    remedies: readonly Choice[],
    { isQuiet, onLine }: Loudness = {},
  ): void {
    const { output } = this.ui;
    this.#say('error', text.failureLine(outcome, cause), onLine);
    if (remedy !== '') this.#say('error', `→ ${[remedy, link].filter(Boolean).join(' ')}`, onLine);
    if (isQuiet) return;
    const message = `${text.failureHeading(outcome)}: ${text.causeAndRemedy(cause, remedy)}`;
    this.ui.offer('error', message, ...remedies, showOutput(output));
  }

  /** The event went nowhere. Resolves to the outcome, which says so. */
  refused({ reason, sendWith, ...event }: Refusal, loudness: Loudness = {}): Outcome {
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
      this.#say('info', text.failureLine(outcome, message), loudness.onLine);
    } else {
      const remedy = reason instanceof ConnectionError ? reason.remedy : '';
      const remedies = remediesOfReason(reason, this.ui, sendWith);
      this.failed(outcome, { cause: message, remedy }, remedies, loudness);
    }
    return outcome;
  }

  #say(level: 'info' | 'error', line: string, onLine: LineListener | undefined): void {
    this.ui.output[level](line);
    onLine?.(level, line);
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
