import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { explainError } from '../aws/errors';
import { identifierProblems } from '../core/functionIdentifier/problems';
import { qualifierProblem } from '../core/functionIdentifier/qualifier';
import { askingPattern } from '../core/guard';
import type { Connection } from '../core/invocation/connection';
import { isLoopback } from '../core/invocation/loopback';
import type { Outcome } from '../core/invocation/outcome';
import { apiFor, durableNameFault, tenantIdFault } from '../core/invocationHeaders';
import { sendingFault } from '../core/payload/sendingFault';
import { needsEditor } from '../core/payload/variables';
import { payloadBytes } from '../core/payload/size';
import { shownNumber } from '../core/shownNumber';
import { headersOf, type Target } from '../core/target';
import { pathInFolder } from '../files/payloadFolder';
import {
  type AgentEvent,
  type AgentHost,
  type PayloadPlace,
  type SendingQuestion,
  ToolError,
} from './agentHost';
import { meaningOf } from './meaning';
import { apiIn, payloadPlace } from './payloadTools';
import { textIn, type ToolInput } from './toolInput';

interface EventToAskAbout extends AgentEvent {
  /** For people: the file, or that it was written by the agent. */
  readonly label: string;
}

/** Sends for agents: what nobody knows the end of is never sent again by this process. */
export class EventSender {
  /** What is under way, or may have been queued, by `keyOf`. */
  readonly #doubtful = new Map<string, 'sending' | Outcome>();
  readonly #accepted = new Set<string>();

  async send(input: ToolInput, host: AgentHost, signal: AbortSignal): Promise<object> {
    const { forbidden } = host.sending;
    if (forbidden !== undefined) return notSent('SendingNotAllowed', forbidden);
    const event = await eventOf(input, host);
    const fault = sendingFault(event.payload, event.api);
    if (fault) return notSent('InvalidPayload', fault.message);
    const key = keyOf(event);
    const known = this.#doubtful.get(key);
    if (known) return alreadyAnswered(known);
    // Known from here on: of two equal requests at once, one is sent.
    this.#doubtful.set(key, 'sending');
    let outcome: Outcome | undefined;
    try {
      const answer = await host.sending.ask(this.#question(event, key, host), signal);
      if (answer === 'cannotAsk') {
        return notSent(
          'NobodyToAsk',
          'Each event needs the consent of the user, and this client cannot ask for it. Ask the user to send it.',
        );
      }
      if (answer === 'refused') {
        return notSent('NotConfirmed', notAgreed);
      }
      if (signal.aborted) return notSent('Cancelled', 'The request was cancelled.');
      outcome = await host.sending.deliver(event, signal);
    } finally {
      if (outcome?.kind === 'unknown') this.#doubtful.set(key, outcome);
      else this.#doubtful.delete(key);
    }
    if (!outcome) return notSent('NotConfirmed', notAgreed);
    if (outcome.kind === 'accepted') this.#accepted.add(key);
    return answerFor(outcome, event.connection);
  }

  /**
   * What the user is asked; `undefined` where nobody is, since it is clear that nothing will be sent.
   * @throws {ConnectionError | ToolError}
   */
  async question(input: ToolInput, host: AgentHost): Promise<SendingQuestion | undefined> {
    if (host.sending.forbidden !== undefined) return undefined;
    const event = await eventOf(input, host);
    const key = keyOf(event);
    if (this.#doubtful.has(key) || sendingFault(event.payload, event.api)) return undefined;
    return this.#question(event, key, host);
  }

  #question(event: EventToAskAbout, key: string, { sending }: AgentHost): SendingQuestion {
    const { functionName, qualifier, connection, payload, api, label, tenantId, durableName } =
      event;
    const { accountId, profile, region, endpoint } = connection;
    const { environment } = event;
    const isLocal = endpoint !== undefined && isLoopback(endpoint);
    const destination = {
      functionName,
      qualifier,
      profile,
      environment,
      accountId: accountId ?? (isLocal ? '' : undefined),
    };
    const pattern = askingPattern(sending.confirm, destination);
    const name = functionName + (qualifier === undefined ? '' : ` (${qualifier})`);
    const lines = [
      l10n.t('Send this event to {0}?', name),
      ...(pattern === undefined ? [] : [l10n.t('Production: it matches "{0}".', pattern)]),
      ...(this.#accepted.has(key)
        ? [l10n.t('The same event was sent there before, and was queued.')]
        : []),
      [
        l10n.t('{payload}, {bytes} bytes, with {call}', {
          payload: label,
          bytes: shownNumber(payloadBytes(payload)),
          call: api,
        }),
        ...(environment === undefined ? [] : [l10n.t('environment {0}', environment)]),
        region,
        ...(isLocal
          ? []
          : [
              l10n.t('account {0}', accountId ?? l10n.t('unknown')),
              l10n.t('profile {0}', profile ?? 'default'),
            ]),
        ...(tenantId === undefined ? [] : [l10n.t('tenant {0}', tenantId)]),
        ...(durableName === undefined ? [] : [l10n.t('execution {0}', durableName)]),
        ...(endpoint === undefined ? [] : [endpoint]),
      ].join(' · '),
    ];
    return { text: lines.join('\n'), key };
  }
}

const notAgreed = 'The user did not agree. Do not ask again unless told to.';

async function eventOf(input: ToolInput, host: AgentHost): Promise<EventToAskAbout> {
  const place = await payloadPlace(input, host);
  const given = textIn(input, 'payload');
  if (given !== undefined && place) throw new ToolError('Give "payload" or "path", not both.');
  const payload = given ?? (place && (await host.payloadText(place)));
  if (payload === undefined) throw new ToolError('Give "payload" or "path".');
  const target = place && (await targetFor(place, host));
  if (place && target?.variables) {
    const name = pathInFolder(place.path, place.folder);
    throw new ToolError(`${needsEditor(name)} Ask the user to send it.`);
  }
  const functionName = textIn(input, 'functionName') ?? target?.function;
  if (functionName === undefined) throw new ToolError('"functionName" is missing.');
  const qualifier = textIn(input, 'qualifier');
  checkFunction(functionName, qualifier);
  const headers = headersOf(headersIn(input, functionName), target);
  const profile = textIn(input, 'profile');
  return {
    place,
    functionName,
    qualifier,
    api: apiFor(apiIn(input) ?? target?.api ?? host.api, headers),
    ...headers,
    payload,
    environment: await host.environmentFor({ functionName, place, profile }),
    connection: await host.connect({
      place,
      functionName,
      profile: profile ?? target?.profile,
      region: textIn(input, 'region') ?? target?.region,
      withAccount: true,
    }),
    label: place ? pathInFolder(place.path, place.folder) : l10n.t('JSON written by the agent'),
  };
}

/** @throws {ToolError} what Lambda would not take as a function */
function checkFunction(functionName: string, qualifier: string | undefined): void {
  const problem =
    identifierProblems(functionName, { isTarget: true }).find(
      ({ severity }) => severity === 'error',
    ) ?? (qualifier === undefined ? undefined : qualifierProblem(qualifier, functionName));
  if (problem) throw new ToolError(`${functionName}: ${problem.message}`);
}

function headersIn(input: ToolInput, functionName: string) {
  const tenantId = textIn(input, 'tenantId');
  const durableName = textIn(input, 'durableName');
  const fault =
    (tenantId === undefined ? undefined : tenantIdFault(tenantId)) ??
    (durableName === undefined ? undefined : durableNameFault(durableName));
  if (fault !== undefined) throw new ToolError(fault);
  return { functionName, tenantId, durableName };
}

async function targetFor(place: PayloadPlace, host: AgentHost): Promise<Target | undefined> {
  const reading = await host.targetOf(place);
  if (reading.kind === 'target') return reading.target;
  throw new ToolError(`Nobody can say where ${place.path} goes. ${reading.reason}`);
}

/** The same event to the same function, however its JSON is spaced and whichever call carries it. */
function keyOf({ functionName, qualifier, tenantId, payload, connection }: AgentEvent): string {
  const { region, accountId, endpoint } = connection;
  // A string that is not closed is taken to its end: it would be read again from each quote in it.
  const text = payload.replaceAll(/("(?:[^"\\]|\\[^])*(?:"|\\?$))|\s+/g, '$1');
  return createHash('sha256')
    .update(JSON.stringify([functionName, qualifier, tenantId, region, accountId, endpoint, text]))
    .digest('hex');
}

function alreadyAnswered(known: 'sending' | Outcome): object {
  if (known === 'sending') {
    return notSent('AlreadySending', 'This event is being sent or confirmed. Wait for its answer.');
  }
  return {
    ...known,
    sentNow: false,
    ...meaningOf('unknown'),
    note: 'This event was sent before, and nobody knows whether it was queued. It was not sent again.',
  };
}

function notSent(name: string, message: string): object {
  return {
    kind: 'notSent',
    sentNow: false,
    error: { name, message },
    ...meaningOf('notSent'),
    meaning: message,
  };
}

function answerFor(outcome: Outcome, connection: Connection): object {
  const explanation = outcome.kind === 'accepted' ? undefined : explainError(outcome, connection);
  return {
    ...outcome,
    sentNow: outcome.attempts > 0,
    ...(explanation && { cause: explanation.cause, whatHelps: explanation.remedy }),
    ...meaningOf(outcome.kind),
  };
}
