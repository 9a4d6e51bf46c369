import type { InvokeApi } from '../invocation';
import { payloadLimitBytes } from '../limits';
import type { Problem } from '../problem';

const limitOf: Record<InvokeApi, number> = {
  InvokeAsync: payloadLimitBytes.InvokeAsync,
  Invoke: payloadLimitBytes.Event,
};

/** More UTF-8 bytes than this no UTF-16 code unit needs: a surrogate pair takes four for its two. */
const mostBytesPerUnit = 3;

/** Size of a payload as it is sent: UTF-8 bytes, each lone surrogate counted as U+FFFD (3 bytes). */
export function payloadBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * The problem of a payload that the call refuses for its size; `undefined` when it fits.
 * @param api the call that will carry the payload; `Invoke` means its `Event` type
 */
export function sizeProblem(text: string, api: InvokeApi): Problem | undefined {
  const limit = limitOf[api];
  if (text.length * mostBytesPerUnit <= limit) return undefined;
  const bytes = payloadBytes(text);
  if (bytes <= limit) return undefined;
  const invokeHelps = api === 'InvokeAsync' && bytes <= limitOf.Invoke;
  return {
    code: 'payload.too-large',
    severity: 'error',
    message:
      `This payload has ${grouped(bytes)} bytes; ${api} takes ${grouped(limit)} at most.` +
      (invokeHelps ? ` Invoke takes up to ${grouped(limitOf.Invoke)}.` : ''),
    range: firstLine(text),
    fixes: [],
  };
}

/** The whole payload is at fault; its first line alone is marked, so that it stays readable. */
function firstLine(text: string): Problem['range'] {
  const end = text.search(/[\r\n]/);
  return { start: 0, end: end > 0 ? end : Math.min(text.length, 1) };
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
