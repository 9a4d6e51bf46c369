import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../core/invocation/outcome';
import { shownNumber } from '../../core/shownNumber';
import type { Destinations } from '../connection/destinations';
import { MfaPrompt } from '../connection/mfaPrompt';
import type { Recorder } from '../invocations/recorder';
import { aws } from '../lazy';
import { settings } from '../settings';
import type { ContextKey } from '../ui/contextKey';
import type { Ui } from '../ui/ui';
import type { Confirmation } from './confirmation';
import type { FunctionChoice } from './functionChoice';
import type { Invocation, InvokeOptions } from './invocation';
import type { InvokeArguments } from './invokeArguments';
import type { KnownFunctions } from './knownFunctions';
import type { PayloadChoice } from './payloadChoice';
import type { Preflight } from './preflight';
import { remediesOf } from './remedies';
import type { Refusal, Report } from './report';
import { callLabel } from './reportText';

/** What the preparation of an event found out. */
type Prepared =
  | { readonly kind: 'ready'; readonly invocation: Invocation }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** The steps of an invocation, each by the one that knows how. */
interface Steps {
  readonly payloads: PayloadChoice;
  readonly functionChoice: FunctionChoice;
  readonly functions: KnownFunctions;
  readonly preflight: Preflight;
  readonly destinations: Destinations;
  readonly confirmation: Confirmation;
  readonly report: Report;
  readonly recorder: Recorder;
}

/** The way of every event: prepared, confirmed, sent once, reported and remembered. */
export class Invoker {
  /** The last event that was sent from this window, with all that was asked for filled in. */
  #last: InvokeArguments | undefined;

  constructor(
    private readonly steps: Steps,
    private readonly ui: Ui,
    private readonly canInvokeAgain: Pick<ContextKey, 'set'>,
  ) {}

  /** Resolves to the outcome, or to `undefined` when the user cancelled. */
  async invoke(given: InvokeArguments, options: InvokeOptions = {}): Promise<Outcome | undefined> {
    if (!(await this.isAllowedHere())) return undefined;
    const prepared = await this.#prepare(given);
    if (prepared.kind === 'cancelled') return undefined;
    if (prepared.kind === 'refused') return this.steps.report.refused(prepared.refusal, options);
    const { invocation } = prepared;
    if (options.dryRun) return this.#deliver({ ...invocation, dryRun: true }, options);
    const { confirmation } = this.steps;
    if (!(await confirmation.allows(invocation))) return undefined;
    if (options.token?.isCancellationRequested) return undefined;
    this.#keepLast(given, invocation);
    const deliver = async () => this.#deliver(invocation, options);
    return options.mayRepeat ? deliver() : confirmation.once(invocation, deliver);
  }

  /** The last event once more: the same function with the payload file as it stands now. */
  async invokeAgain(): Promise<Outcome | undefined> {
    return this.invoke(this.#last ?? {});
  }

  /** Whether events may be sent from this workspace; says why not. */
  async isAllowedHere(): Promise<boolean> {
    return this.ui.isTrusted(
      l10n.t(
        'To send events, trust this workspace first: its files decide where events go and what runs.',
      ),
    );
  }

  /** What the arguments leave open is taken from the payload's target and the settings, or asked for. */
  async #prepare(given: InvokeArguments): Promise<Prepared> {
    const { payloads, functionChoice, preflight, destinations, functions } = this.steps;
    const { qualifier } = given;
    // What an outcome names, as far as it is known when a step fails.
    let known = {
      api: given.api ?? ('InvokeAsync' as const),
      functionName: given.functionName ?? '',
      text: '',
    };
    try {
      const chosen = await payloads.choose(given);
      if (!chosen) return { kind: 'cancelled' };
      const { target, folder: scope } = chosen;
      const api = given.api ?? target?.api ?? settings(scope).api;
      known = { ...known, api, text: chosen.text };
      const functionName =
        given.functionName ?? target?.function ?? (await functionChoice.choose(given, chosen));
      if (functionName === undefined) return { kind: 'cancelled' };
      // Read anew: whoever was asked for the function could go on writing.
      const payload = await payloads.asItStands(chosen, given);
      known = { api, functionName, text: payload.text };
      await preflight.check({ functionName, qualifier, payload, api });
      const connection = await destinations.ofEvent({ given, target, functionName, scope });
      if (!connection) return { kind: 'cancelled' };
      await functions.addRecent(functionName);
      const invocation = {
        payload,
        functionName,
        api,
        connection,
        ...(qualifier === undefined ? {} : { qualifier }),
      };
      return { kind: 'ready', invocation };
    } catch (reason) {
      return { kind: 'refused', refusal: { ...known, reason } };
    }
  }

  /** Sends one invocation, reports what became of it, and offers what helps. It is kept before its first byte leaves. */
  async #deliver(invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    const { report, recorder } = this.steps;
    report.sending(invocation);
    const entry = invocation.dryRun ? undefined : await recorder.begin(invocation);
    const outcome = await this.#send(invocation, options);
    if (outcome.kind === 'accepted') {
      report.accepted(invocation, outcome, options);
    } else {
      const { explainError } = await aws();
      const explanation = explainError(outcome, invocation.connection);
      const resend = async (changed: Invocation) => this.#resend(changed);
      const remedies = remediesOf({ explanation, invocation, resend, ui: this.ui });
      report.failed(outcome, explanation, remedies, options);
    }
    if (entry) await recorder.settle(entry, invocation, outcome);
    return outcome;
  }

  /** The one request, with progress that can be cancelled. Never rejects. */
  async #send(invocation: Invocation, { isQuiet }: InvokeOptions): Promise<Outcome> {
    const title = l10n.t('Sending to {function} with {call}', {
      function: invocation.functionName,
      call: callLabel(invocation),
    });
    const location = isQuiet ? 'statusBar' : 'notification';
    return this.ui.withProgress({ title, location, cancellable: true }, async (progress, token) => {
      const cancelled = new AbortController();
      token.onCancellationRequested(() => cancelled.abort());
      const { invoke } = await aws();
      return invoke(
        invocation.connection,
        { ...invocation, payload: invocation.payload.text },
        {
          signal: cancelled.signal,
          mfaCode: new MfaPrompt(this.ui).ask,
          onAttempt: (attempt, delayMs, reason) => {
            const seconds = shownNumber(Math.round(delayMs / 100) / 10);
            const message = l10n.t(
              '{reason}; nothing was queued: attempt {attempt} in {seconds} s',
              { reason, attempt, seconds },
            );
            progress.report({ message });
            this.ui.output.warn(message);
          },
        },
      );
    });
  }

  /** A button is one more event, perhaps to another region: it asks like any other. */
  async #resend(changed: Invocation): Promise<void> {
    if (changed.dryRun || (await this.steps.confirmation.allows(changed))) {
      await this.#deliver(changed, {});
    }
  }

  #keepLast(given: InvokeArguments, { functionName, payload }: Invocation): void {
    const event = payload.uri ? { uri: payload.uri } : { payload: payload.text };
    this.#last = { ...given, functionName, ...event };
    this.canInvokeAgain.set(true);
  }
}
