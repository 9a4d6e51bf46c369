import * as l10n from '@vscode/l10n';
import type { CancellationToken } from 'vscode';
import type { Outcome } from '../../core/invocation/outcome';
import { activeJson } from './choosePayload';
import { mayBeSent } from './guard';
import type { Invocation } from './invocation';
import { type InvokeArguments, readInvokeArguments } from './invokeArguments';
import { notSent } from './notSent';
import { type Draft, prepare } from './prepare';
import { send } from './send';
import type { Services } from '../services';
import { trusted } from '../ui/trust';

/** Lambda: Invoke Async. Resolves to the outcome, or to `undefined` when the user cancelled. */
export async function invoke(services: Services, argument?: unknown): Promise<Outcome | undefined> {
  const given = readInvokeArguments(argument);
  return invokeWith(services, given, { mayRepeat: isComplete(given) });
}

/** Lambda: Invoke (Event): the call that AWS recommends, whatever the setting. */
export async function invokeEvent(
  services: Services,
  argument?: unknown,
): Promise<Outcome | undefined> {
  const given = readInvokeArguments(argument);
  return invokeWith(services, { ...given, api: 'Invoke' }, { mayRepeat: isComplete(given) });
}

/** Whether a keybinding, a task or another extension named all: it is asked nothing, and may send as fast as it likes. */
function isComplete({ functionName, payload, uri }: InvokeArguments): boolean {
  return functionName !== undefined && (payload !== undefined || uri !== undefined);
}

/** Lambda: Check Permission (Dry Run): whether the event would be allowed; the function does not run. */
export async function dryRun(services: Services, argument?: unknown): Promise<Outcome | undefined> {
  const given = readInvokeArguments(argument);
  const hasPayload = given.uri !== undefined || given.payload !== undefined || activeJson();
  // A permission does not depend on the event: nobody is asked for one.
  const payload = hasPayload ? {} : { payload: '{}' };
  return invokeWith(services, { ...given, ...payload, api: 'Invoke' }, { dryRun: true });
}

/** Lambda: Invoke Last Again: the same function with the payload file as it stands now. */
export async function invokeAgain(services: Services): Promise<Outcome | undefined> {
  return invokeWith(services, services.lastInvocation.given ?? {});
}

interface Manner {
  readonly dryRun?: boolean;
  /** Sends the same event as often as it is told to, and does not ask. */
  readonly mayRepeat?: boolean;
  /** Until the event is sent, a wish to stop keeps it back. */
  readonly token?: CancellationToken;
}

export function sendingNeedsTrust(): string {
  return l10n.t(
    'To send events, trust this workspace first: its files decide where events go and what runs.',
  );
}

/** The way of every event: ask and check, send once, report. */
export async function invokeWith(
  services: Services,
  given: InvokeArguments,
  { dryRun: isDryRun = false, mayRepeat = false, token }: Manner = {},
): Promise<Outcome | undefined> {
  if (!(await trusted(sendingNeedsTrust()))) return undefined;
  const draft: Draft = { api: 'InvokeAsync', functionName: '', text: '' };
  let invocation: Invocation | undefined;
  try {
    invocation = await prepare(services, given, draft);
  } catch (error) {
    return notSent(services.report, draft, error);
  }
  if (!invocation) return undefined;
  if (isDryRun) return send({ ...invocation, dryRun: true }, services);
  if (!(await mayBeSent(invocation, services.consents))) return undefined;
  if (token?.isCancellationRequested) return undefined;
  const { functionName, payload } = invocation;
  const event = payload.uri ? { uri: payload.uri } : { payload: payload.text };
  services.lastInvocation.keep({ ...given, functionName, ...event });
  const sendIt = () => send(invocation, services);
  return mayRepeat ? sendIt() : services.repeats.once(invocation, sendIt);
}
