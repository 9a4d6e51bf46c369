import * as l10n from '@vscode/l10n';
import { functionFate } from '../../core/functionFate';
import type { Connection } from '../../core/invocation/connection';
import type { Outcome } from '../../core/invocation/outcome';
import { apiFor } from '../../core/invocationHeaders';
import { shownNumber } from '../../core/shownNumber';
import { headersOf } from '../../core/target';
import type { Destinations } from '../connection/destinations';
import { MfaPrompt } from '../connection/mfaPrompt';
import { isQueued } from '../invocations/historyEntry';
import type { Recorder } from '../invocations/recorder';
import { aws } from '../lazy';
import type { EnvironmentChoice } from '../payloads/environmentChoice';
import type { TargetOffer } from '../payloads/targetOffer';
import { settings } from '../settings';
import type { ContextKey } from '../ui/contextKey';
import type { Ui } from '../ui/ui';
import type { Confirmation, ToConfirm } from './confirmation';
import type { FunctionChoice } from './functionChoice';
import type { FunctionHealths, FunctionPlace } from './functionHealths';
import type { FunctionNeeds } from './functionNeeds';
import type { Invocation, InvokeOptions } from './invocation';
import type { InvokeArguments } from './invokeArguments';
import type { KnownFunctions } from './knownFunctions';
import type { PayloadChoice } from './payloadChoice';
import type { PayloadVariables } from './payloadVariables';
import type { Preflight } from './preflight';
import { remediesOf, type SendWith } from './remedies';
import type { Refusal, Report } from './report';
import { callLabel } from './callText';
import type { ResponsePages } from './responsePages';

/** What the preparation of an event found out. */
type Prepared =
  | {
      readonly kind: 'ready';
      readonly invocation: Invocation;
      /** The function was picked for a file that has no target. */
      readonly isPicked: boolean;
    }
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'refused';
      readonly refusal: Omit<Refusal, 'sendWith'>;
      /** What was asked for by then. */
      readonly event: InvokeArguments;
    };

/** What an environment may need before a function begins: Lambda gives its initialization 10 seconds. */
const startSeconds = 15;

/** The steps of an invocation, each by the one that knows how. */
interface Steps {
  readonly payloads: PayloadChoice;
  readonly environments: Pick<EnvironmentChoice, 'nameFor'>;
  readonly variables: PayloadVariables;
  readonly functionChoice: FunctionChoice;
  readonly functions: KnownFunctions;
  readonly targetOffer: Pick<TargetOffer, 'offer'>;
  readonly preflight: Preflight;
  readonly needs: FunctionNeeds;
  readonly healths: FunctionHealths;
  readonly destinations: Destinations;
  readonly confirmation: Confirmation;
  readonly report: Report;
  readonly responses: Pick<ResponsePages, 'show'>;
  readonly recorder: Recorder;
}

/** What a person may take to look at things while a function is waited for, in milliseconds. */
const unhurriedMs = 24 * 60 * 60 * 1000;

function unhurried(invocation: Invocation): Invocation {
  return { ...invocation, connection: { ...invocation.connection, timeoutMs: unhurriedMs } };
}

/** The way of every event: prepared, confirmed, sent once, reported and remembered. */
export class Invoker {
  /** The last event that was sent from this window, with all that was asked for filled in. */
  #last: { readonly given: InvokeArguments; readonly waits?: boolean } | undefined;

  constructor(
    private readonly steps: Steps,
    private readonly ui: Ui,
    private readonly canInvokeAgain: Pick<ContextKey, 'set'>,
  ) {}

  /** Resolves to the outcome, or to `undefined` when the user cancelled. */
  async invoke(given: InvokeArguments, options: InvokeOptions = {}): Promise<Outcome | undefined> {
    if (!(await this.isAllowedHere())) return undefined;
    const prepared = await this.#prepare(given, options);
    if (prepared.kind === 'cancelled') return undefined;
    if (prepared.kind === 'refused') {
      const { refusal, event } = prepared;
      const sendWith = this.#sendWith({ ...given, ...event }, options);
      return this.steps.report.refused({ ...refusal, sendWith }, options);
    }
    const { invocation } = prepared;
    if (options.dryRun) return this.#deliver({ ...invocation, dryRun: true }, given, options);
    const { confirmation, variables } = this.steps;
    if (!(await variables.mayLeave(invocation.payload, invocation.functionName))) return undefined;
    if (!(await confirmation.allows(this.#withFate(invocation)))) return undefined;
    if (options.token?.isCancellationRequested) return undefined;
    if (options.mayRun && !(await options.mayRun(invocation))) return undefined;
    this.#keepLast(given, invocation);
    const deliver = async () => this.#deliver(invocation, given, options);
    const outcome = await (options.mayRepeat ? deliver() : confirmation.once(invocation, deliver));
    const { uri } = invocation.payload;
    const isWorthKeeping = prepared.isPicked && !options.isQuiet && outcome?.kind === 'accepted';
    if (isWorthKeeping && uri) await this.steps.targetOffer.offer(uri, invocation.functionName);
    return outcome;
  }

  /** The last event once more: the same function with the payload file as it stands now. */
  async invokeAgain(): Promise<Outcome | undefined> {
    const { given = {}, waits } = this.#last ?? {};
    return this.invoke(given, { waits });
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
  async #prepare(
    given: InvokeArguments,
    { dryRun, waits, token }: InvokeOptions,
  ): Promise<Prepared> {
    const { payloads, functionChoice, preflight, destinations, functions, needs } = this.steps;
    const { qualifier } = given;
    // What an outcome names, as far as it is known when a step fails.
    let known = {
      api: given.api ?? ('InvokeAsync' as const),
      functionName: given.functionName ?? '',
      text: '',
    };
    let event: InvokeArguments = {};
    try {
      const chosen = await payloads.choose(given);
      if (!chosen) return { kind: 'cancelled' };
      const { target, folder: scope } = chosen;
      const headers = headersOf(given, target);
      const wanted = given.api ?? target?.api ?? settings(scope).api;
      const api = apiFor(wanted, headers);
      known = { ...known, api, text: chosen.text };
      event = chosen.uri ? { uri: chosen.uri } : { payload: chosen.text };
      const functionName =
        given.functionName ?? target?.function ?? (await functionChoice.choose(given, chosen));
      if (functionName === undefined) return { kind: 'cancelled' };
      event = { ...event, functionName };
      // Read anew: whoever was asked for the function could go on writing.
      const standing = await payloads.asItStands(chosen, given);
      // Text that is given is sent as it is: it may have been sent before.
      const isAsItStands = dryRun === true || given.payload !== undefined;
      const payload = isAsItStands ? standing : await this.steps.variables.fill(standing);
      if (!payload) return { kind: 'cancelled' };
      known = { api, functionName, text: payload.text };
      await preflight.check({ functionName, qualifier, payload, api, waits, ...headers });
      const connection = await destinations.ofEvent({ given, target, functionName, scope });
      if (!connection) return { kind: 'cancelled' };
      await functions.addRecent(functionName);
      const place = { functionName, qualifier, ...headers, connection };
      const { label } = payload;
      const needed = await needs.complete({ ...place, label, dryRun: dryRun === true, token });
      if (!needed) return { kind: 'cancelled' };
      const call = apiFor(wanted, needed);
      const environment = await this.steps.environments.nameFor(given, scope);
      const invocation = {
        payload,
        functionName,
        api: call,
        connection: waits ? this.#patient({ ...place, ...needed }) : connection,
        ...(environment === undefined ? {} : { environment }),
        ...needed,
        ...(call !== wanted && { insteadOfInvokeAsync: true }),
        ...(waits && { waits }),
      };
      return { kind: 'ready', invocation, isPicked: (given.functionName ?? target) === undefined };
    } catch (reason) {
      return { kind: 'refused', refusal: { ...known, reason }, event };
    }
  }

  /** Sends one invocation, reports what became of it, and offers what helps. It is kept before its first byte leaves. */
  async #deliver(
    invocation: Invocation,
    given: InvokeArguments,
    options: InvokeOptions,
  ): Promise<Outcome> {
    const { report, recorder } = this.steps;
    report.sending(invocation, options);
    const entry = invocation.dryRun ? undefined : await recorder.begin(invocation);
    options.onLeaving?.();
    const { through } = options;
    const outcome = through
      ? await through(invocation, async () => this.#send(unhurried(invocation), options))
      : await this.#send(invocation, options);
    if (outcome.response) {
      report.answered(outcome, options);
      await this.steps.responses.show(invocation, outcome);
    } else if (outcome.kind === 'accepted') {
      report.accepted(invocation, outcome, options);
      if (!invocation.dryRun && !options.isQuiet) void this.#tellFate(invocation);
    } else {
      const { explainError } = await aws();
      const isSafeToRepeat = invocation.durableName !== undefined;
      const explanation = explainError(outcome, invocation.connection, { isSafeToRepeat });
      const remedies = remediesOf({
        explanation,
        invocation,
        resend: async (changed) => this.#resend(changed, given),
        ...(outcome.kind !== 'unknown' && {
          sendWith: this.#sendWith({ ...given, ...eventOf(invocation) }, invocation),
        }),
        needs: this.steps.needs,
        ui: this.ui,
      });
      report.failed(outcome, explanation, remedies, options);
    }
    if (entry) {
      const settled = await recorder.settle(entry, invocation, outcome);
      if (!outcome.waits && isQueued(settled)) options.onQueued?.(settled, invocation.connection);
    }
    return outcome;
  }

  /** The one request, with progress that can be cancelled. Never rejects. */
  async #send(
    invocation: Invocation,
    { isQuiet, onLine, senders }: InvokeOptions,
  ): Promise<Outcome> {
    const words = { function: invocation.functionName, call: callLabel(invocation) };
    const title = invocation.waits
      ? l10n.t('Waiting for {function}', words)
      : l10n.t('Sending to {function} with {call}', words);
    const location = isQuiet ? 'statusBar' : 'notification';
    return this.ui.withProgress({ title, location, cancellable: true }, async (progress, token) => {
      const cancelled = new AbortController();
      token.onCancellationRequested(() => cancelled.abort());
      const { invoke, invokeAndWait } = await aws();
      const request = { ...invocation, payload: invocation.payload.text };
      const hooks = { signal: cancelled.signal, mfaCode: new MfaPrompt(this.ui).ask };
      if (invocation.waits) return invokeAndWait(invocation.connection, request, hooks);
      return invoke(invocation.connection, request, {
        ...hooks,
        sender: senders?.of(invocation.connection),
        onAttempt: (attempt, delayMs, reason) => {
          const seconds = shownNumber(Math.round(delayMs / 100) / 10);
          const message = l10n.t('{reason}; nothing was queued: attempt {attempt} in {seconds} s', {
            reason,
            attempt,
            seconds,
          });
          progress.report({ message });
          this.ui.output.warn(message);
          onLine?.('warn', message);
        },
      });
    });
  }

  /** A button is one more event, perhaps to another region: it asks like any other. */
  async #resend(changed: Invocation, given: InvokeArguments): Promise<void> {
    if (changed.dryRun || (await this.steps.confirmation.allows(this.#withFate(changed)))) {
      await this.#deliver(changed, given, {});
    }
  }

  /** Another connection may be one to production: the event goes all of its way again. */
  #sendWith(
    event: InvokeArguments,
    { dryRun, waits }: Pick<InvokeOptions, 'dryRun' | 'waits'>,
  ): SendWith | undefined {
    if (dryRun) return undefined;
    return async (connection) => this.invoke({ ...event, ...connection }, { waits });
  }

  /** Waits as long as the function may run, where that is known, and no shorter than for any other response. */
  #patient({ connection, ...place }: FunctionPlace): Connection {
    const { configuration } = this.steps.healths.known({ connection, ...place });
    const seconds =
      configuration?.kind === 'known' ? configuration.value.timeoutSeconds : undefined;
    if (seconds === undefined) return connection;
    const longestMs = (seconds + startSeconds) * 1000;
    return { ...connection, timeoutMs: Math.max(connection.timeoutMs, longestMs) };
  }

  /** With what will become of the event, as far as that is known by now. */
  #withFate(invocation: Invocation): ToConfirm {
    // What is waited for is not queued.
    if (invocation.waits) return invocation;
    const fate = functionFate(this.steps.healths.known(invocation))?.text;
    return { ...invocation, ...(fate !== undefined && { fate }) };
  }

  /** Says after an event is queued what will become of it: once for each function while it stays the same. */
  async #tellFate(invocation: Invocation): Promise<void> {
    const { healths, functions, report } = this.steps;
    const fate = functionFate(await healths.all(invocation));
    if (!fate) return;
    functions.noteFate(invocation, fate.text);
    report.fate(invocation, fate);
  }

  #keepLast(given: InvokeArguments, invocation: Invocation): void {
    const { waits } = invocation;
    // The name of an execution is that of one event.
    const { durableName: _, ...place } = given;
    this.#last = {
      given: { ...place, ...eventOf(invocation) },
      ...(waits && { waits }),
    };
    this.canInvokeAgain.set(true);
  }
}

/** All of an event that may have been asked for; of a file, the file. */
function eventOf({ functionName, qualifier, tenantId, payload }: Invocation): InvokeArguments {
  return {
    functionName,
    ...(payload.uri ? { uri: payload.uri } : { payload: payload.text }),
    ...(qualifier !== undefined && { qualifier }),
    ...(tenantId !== undefined && { tenantId }),
  };
}
