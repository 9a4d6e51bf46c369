import * as l10n from '@vscode/l10n';
import type { OutcomeError } from '../core/invocation';
import type { InvokeRequest } from './invoke';
import type { Answer, Wire } from './wire';

interface Attempted {
  /** What the SDK threw, if it did. */
  readonly thrown: unknown;
  /** None when it was never built, for want of credentials. */
  readonly wire: Pick<Wire, 'answer' | 'certificate'> | undefined;
  readonly request: InvokeRequest;
}

/**
 * Names what went wrong in an attempt, if anything did: by the service's error code, the system's, or one
 * of ours (`Cancelled`, `TimedOut`, `NotLambda`, `Redirected`, `InvokeAsyncNotImplemented`, …).
 */
export function nameFailure(attempted: Attempted): OutcomeError | undefined {
  const { thrown, wire } = attempted;
  if (wire?.answer) return nameAnswer(attempted, wire.answer);
  if (thrown === undefined) return undefined;
  const { name, message } = describeError(thrown);
  const untrusted = /CERT|UNABLE_TO/.test(name) && wire?.certificate;
  return { name, message: untrusted ? `${message} (${wire.certificate})` : message };
}

function nameAnswer({ thrown, request }: Attempted, answer: Answer): OutcomeError | undefined {
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) {
    if (!/html/i.test(headers['content-type'] ?? '')) return undefined;
    return { name: 'NotLambda', message: l10n.t('HTTP {0} with a web page.', status) };
  }
  if (status < 400) {
    const place = headers['location'];
    const message = place
      ? l10n.t('HTTP {status} to {place}.', { status, place })
      : `HTTP ${status}.`;
    return { name: 'Redirected', message };
  }
  const coded = codeOf(thrown, headers);
  const asynchronous = request.api === 'InvokeAsync' && !request.dryRun;
  if (
    asynchronous &&
    (status === 501 || ([404, 405].includes(status) && coded !== 'ResourceNotFoundException'))
  ) {
    return { name: 'InvokeAsyncNotImplemented', message: excerpt(status, body) };
  }
  if (!coded) return { name: 'NotLambda', message: excerpt(status, body) };
  return { name: coded, message: describeError(thrown).message };
}

/** The service's code for an error; undefined when the answer carries none. */
function codeOf(thrown: unknown, headers: Readonly<Record<string, string>>): string | undefined {
  const name = thrown instanceof Error && '$fault' in thrown ? thrown.name : undefined;
  const codes: readonly unknown[] = [name, headers['x-amzn-errortype']?.split(':')[0]];
  return codes.find(isCode);
}

/** The SDK takes for a code whatever stands in the place of one. */
function isCode(name: unknown): name is string {
  return typeof name === 'string' && /^(?!Unknown(Error)?$)[A-Z]/.test(name);
}

/** The beginning of an answer that is none of Lambda's, on one line, without its tags. */
function excerpt(status: number, body: string): string {
  const text = body
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  return text ? `HTTP ${status}: ${text}` : l10n.t('HTTP {0} without a message.', status);
}

/** What is known about anything that was thrown: the code of the system or the service, and a message. */
export function describeError(thrown: unknown): OutcomeError {
  if (!(thrown instanceof Error)) return { name: 'UnknownError', message: String(thrown) };
  // What AbortSignal.timeout() throws.
  if (thrown.name === 'TimeoutError') return { name: 'TimedOut', message: thrown.message };
  if (thrown.name === 'AbortError') return { name: 'Cancelled', message: l10n.t('Cancelled.') };
  // Node tries several addresses of a host and reports them together, with an empty message.
  const errors: unknown[] = thrown instanceof AggregateError ? thrown.errors : [];
  const messages = errors.map((error) => (error instanceof Error ? error.message : String(error)));
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  return {
    name: code ?? thrown.name,
    message: withoutToken(messageOf(thrown)) || messages.join('; ') || thrown.name,
  };
}

/** The SDK takes over whatever an answer calls its message. */
function messageOf({ message }: { readonly message: unknown }): string {
  return typeof message === 'string' ? message : (JSON.stringify(message) ?? '');
}

/** AWS answers a wrong signature with all that was signed, the session token among it. */
function withoutToken(message: string): string {
  return message.replace(/\s*The Canonical String for this request[\s\S]*/, '');
}
