import type { Outcome } from '../../core/invocation';
import { type InvokeArguments, readInvokeArguments } from '../invocation/invokeArguments';
import { type Draft, prepare } from '../invocation/prepare';
import type { Invocation } from '../invocation/invocation';
import { notSent } from '../invocation/notSent';
import { send } from '../invocation/send';
import type { Services } from '../services';
import { trusted } from '../trust';

/** Lambda: Invoke Async. Resolves to the outcome, or to `undefined` when the user cancelled. */
export async function invoke(services: Services, argument?: unknown): Promise<Outcome | undefined> {
  return invokeWith(services, readInvokeArguments(argument));
}

/** Lambda: Invoke (Event): the call that AWS recommends, whatever the setting. */
export async function invokeEvent(
  services: Services,
  argument?: unknown,
): Promise<Outcome | undefined> {
  return invokeWith(services, { ...readInvokeArguments(argument), api: 'Invoke' });
}

/** Lambda: Invoke Last Again: the same function with the payload file as it stands now. */
export async function invokeAgain(services: Services): Promise<Outcome | undefined> {
  return invokeWith(services, services.last ?? {});
}

/** The way of every event: ask and check, send once, report. */
async function invokeWith(
  services: Services,
  given: InvokeArguments,
): Promise<Outcome | undefined> {
  if (!(await trusted('send events'))) return undefined;
  const draft: Draft = { api: 'InvokeAsync', functionName: '', text: '' };
  let invocation: Invocation | undefined;
  try {
    invocation = await prepare(services, given, draft);
  } catch (error) {
    return notSent(services.report, draft, error);
  }
  if (!invocation) return undefined;
  const { functionName, payload } = invocation;
  const event = payload.uri ? { uri: payload.uri } : { payload: payload.text };
  services.last = { ...given, functionName, ...event };
  return send(invocation, services.report);
}
