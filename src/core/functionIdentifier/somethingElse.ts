/** What people put where a function belongs, in words that name it. */
import * as l10n from '@vscode/l10n';
import { identifierMaxLength } from '../limits';
import type { Problem, ProblemCode } from '../problem';
import { shortened } from '../shortened';
import { problem, replace } from './wording';

interface Kind {
  readonly code: ProblemCode;
  readonly pattern: RegExp;
  readonly message: (match: RegExpExecArray) => string;
  /** The function that is surely meant. */
  readonly meant?: (match: RegExpExecArray) => string | undefined;
}

const kinds: readonly Kind[] = [
  {
    code: 'identifier.malformed',
    pattern:
      /\$\{[^}]*\}|\{\{[^}]*\}\}|\$\([^)]*\)|#\{[^}]*\}|<[^<>]+>|%\w+%|\{[\w.-]+\}|^\$(?!latest)\w+$/i,
    message: ([placeholder]) =>
      l10n.t('The placeholder "{0}" is not filled in.', shortened(placeholder, 60)),
  },
  {
    code: 'identifier.not-a-function',
    pattern: /^https?:\/\/[^/]*\.lambda-url\./i,
    message: () => l10n.t('This is a function URL; enter the name or ARN of the function.'),
  },
  {
    code: 'identifier.not-a-function',
    pattern:
      /^https?:\/\/[^/]*\bconsole\.[^#]*#\/?functions\/(?<name>[\w-]{1,64})(?:\/(?:aliases|versions)\/(?<qualifier>[\w-]+))?/i,
    message: () =>
      l10n.t('This is a page of the AWS console; enter the name or ARN of the function.'),
    meant: ({ groups }) =>
      groups?.['qualifier'] ? `${groups['name']}:${groups['qualifier']}` : groups?.['name'],
  },
  {
    code: 'identifier.not-a-function',
    pattern: /^https?:\/\//i,
    message: () => l10n.t('This is a URL; enter the name or ARN of the function.'),
  },
  {
    code: 'identifier.not-a-function',
    pattern: /^\/aws\/lambda\/(?<name>[\w-]{1,64})$/,
    message: () => l10n.t('This is the log group of a function; enter the name of the function.'),
    meant: ({ groups }) => groups?.['name'],
  },
  {
    code: 'identifier.not-a-function',
    pattern:
      /^arn:(?<partition>aws[\w-]*):logs:(?<place>[\w-]+:\d{12}):log-group:\/aws\/lambda\/(?<name>[\w-]{1,64})(?::\*)?$/,
    message: () => l10n.t('This is the log group of a function; enter the name of the function.'),
    meant: ({ groups }) =>
      `arn:${groups?.['partition']}:lambda:${groups?.['place']}:function:${groups?.['name']}`,
  },
];

/** Longer texts are not looked at: an identifier is no longer, and a URL hardly is. */
const longest = 8 * identifierMaxLength;

/** The one problem of a target that is plainly something else than a function; `undefined` for all others. */
export function somethingElse(text: string): Problem | undefined {
  if (text.length > longest) return undefined;
  for (const { code, pattern, message, meant } of kinds) {
    const match = pattern.exec(text);
    if (!match) continue;
    const whole = { text, range: { start: 0, end: text.length } };
    const found = meant?.(match);
    // A placeholder is only a part of the text.
    const range = meant || pattern.source.startsWith('^') ? whole.range : rangeOf(match);
    return problem(code, 'error', message(match), range, ...(found ? [replace(whole, found)] : []));
  }
  return undefined;
}

function rangeOf({ 0: part, index }: RegExpExecArray) {
  return { start: index, end: index + part.length };
}
