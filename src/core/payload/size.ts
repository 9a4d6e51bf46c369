import * as l10n from '@vscode/l10n';
import { firstLine } from '../firstLine';
import type { InvokeApi } from '../invocation/outcome';
import { payloadLimitBytes } from '../limits';
import type { Problem } from '../problem';
import { shownNumber } from '../shownNumber';

/** What carries a payload: `Invoke` means its `Event` type. */
export type SizedCall = InvokeApi | 'RequestResponse';

const limitOf: Record<SizedCall, number> = {
  InvokeAsync: payloadLimitBytes.InvokeAsync,
  Invoke: payloadLimitBytes.Event,
  RequestResponse: payloadLimitBytes.RequestResponse,
};

/** Twice what any call takes, in UTF-16 units: what cannot be sent anyway must not slow down typing. */
export const longestPayload = 2 * payloadLimitBytes.Event;

/** More UTF-8 bytes than this no UTF-16 code unit needs: a surrogate pair takes four for its two. */
const mostBytesPerUnit = 3;

/** Size of a payload as it is sent: UTF-8 bytes, each lone surrogate counted as U+FFFD (3 bytes). */
export function payloadBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; ) {
    const { read, written } = encoder.encodeInto(text.slice(at), piece);
    at += read;
    bytes += written;
  }
  return bytes;
}

const encoder = new TextEncoder();
/** What is encoded at a time: to make room for all bytes at once takes far longer than to count them. */
const piece = new Uint8Array(64 * 1024);

/**
 * The problem of a payload that the call refuses for its size; `undefined` when it fits.
 * @param api the call that will carry the payload
 */
export function sizeProblem(text: string, api: SizedCall): Problem | undefined {
  if (text.length * mostBytesPerUnit <= limitOf[api]) return undefined;
  const bytes = payloadBytes(text);
  if (!isTooLarge(bytes, api)) return undefined;
  return {
    code: 'payload.too-large',
    severity: 'error',
    message: tooLargeMessage(bytes, api),
    range: firstLine(text),
    fixes: [],
  };
}

/** Whether a payload is too large for InvokeAsync and not for Invoke. */
export function needsInvoke(text: string): boolean {
  return sizeProblem(text, 'InvokeAsync') !== undefined && !sizeProblem(text, 'Invoke');
}

/** Whether a call refuses a payload of so many UTF-8 bytes. */
export function isTooLarge(bytes: number, api: SizedCall): boolean {
  return bytes > limitOf[api];
}

/** Why a call refuses a payload of so many UTF-8 bytes. */
export function tooLargeMessage(bytes: number, api: SizedCall): string {
  const sizes = {
    api: api === 'RequestResponse' ? 'Invoke (RequestResponse)' : api,
    bytes: shownNumber(bytes),
    limit: shownNumber(limitOf[api]),
    more: shownNumber(limitOf.Invoke),
  };
  return api === 'InvokeAsync' && bytes <= limitOf.Invoke
    ? l10n.t(
        'This payload has {bytes} bytes; {api} accepts at most {limit}. Invoke accepts up to {more}.',
        sizes,
      )
    : l10n.t('This payload has {bytes} bytes; {api} accepts at most {limit}.', sizes);
}
