import * as l10n from '@vscode/l10n';
import type { OutcomeError } from '../core/invocation/outcome';
import { messageOf } from '../core/messageOf';
import { type Answer, isPage, type Question } from './answer';

interface Attempted {
  /** What the SDK threw, if it did. */
  readonly thrown: unknown;
  /** None when nothing came back. */
  readonly answer: Answer | undefined;
  /** What the server presented, when it was not trusted. */
  readonly certificate: string | undefined;
  readonly question: Question;
}

/**
 * Names what went wrong in an attempt: by the service's error code, the system's, or one of ours (`Cancelled`,
 * `TimedOut`, `NotLambda`, `Redirected`, `InvokeAsyncNotImplemented`, …). Whether anything did is for the table of
 * outcomes to say: a 2xx gets the name that it has when Lambda does not answer so.
 */
export function nameFailure(attempted: Attempted): OutcomeError {
  const { thrown, answer, certificate } = attempted;
  if (answer) return nameAnswer(attempted, answer);
  const { name, message } = describeError(thrown);
  const untrusted = /CERT|UNABLE_TO/.test(name) && certificate;
  return { name, message: untrusted ? `${message} (${certificate})` : message };
}

function nameAnswer({ thrown, question }: Attempted, answer: Answer): OutcomeError {
  const { status, headers, body } = answer;
  if (status < 300) {
    const beginning = excerpt(status, body);
    const message = isPage(answer) ? l10n.t('{0} (a web page)', beginning) : beginning;
    return { name: 'NotLambda', message };
  }
  if (status < 400) {
    const place = headers['location'];
    const message = place
      ? l10n.t('HTTP {status} to {place}.', { status, place })
      : `HTTP ${status}.`;
    return { name: 'Redirected', message };
  }
  const coded = codeOf(thrown, headers);
  if (
    question === 'InvokeAsync' &&
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

/** In characters. */
const longestExcerpt = 200;

/**
 * The beginning of an answer that is none of Lambda's, on one line, without its tags. Anybody may have written it: each
 * expression reads a body once, also where nothing that it opens is closed.
 */
function excerpt(status: number, body: string): string {
  const text = body
    .replace(/<(style|script)[\s\S]*?(?:<\/\1>|$)/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const shown = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt - 1)}…` : text;
  return text ? `HTTP ${status}: ${shown}` : l10n.t('HTTP {0} without a message.', status);
}

/** What is known about anything that was thrown: the code of the system or the service, and a message. */
export function describeError(thrown: unknown): OutcomeError {
  if (!(thrown instanceof Error)) return { name: 'UnknownError', message: String(thrown) };
  // What AbortSignal.timeout() throws.
  if (thrown.name === 'TimeoutError') return { name: 'TimedOut', message: thrown.message };
  if (thrown.name === 'AbortError') return { name: 'Cancelled', message: l10n.t('Cancelled.') };
  // Node tries several addresses of a host and reports them together, with an empty message.
  const errors: unknown[] = thrown instanceof AggregateError ? thrown.errors : [];
  const messages = errors.map(messageOf);
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  return {
    name: code ?? thrown.name,
    message: withoutToken(textOf(thrown)) || messages.join('; ') || thrown.name,
  };
}

/** The SDK takes over whatever an answer calls its message. */
function textOf({ message }: { readonly message: unknown }): string {
  return typeof message === 'string' ? message : (JSON.stringify(message) ?? '');
}

/** AWS answers a wrong signature with all that was signed, the session token among it. */
function withoutToken(message: string): string {
  const start = message.indexOf('The Canonical String for this request');
  return start === -1 ? message : message.slice(0, start).trimEnd();
}
