import * as l10n from '@vscode/l10n';
import { linesOf } from '../../core/foreignText';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { FunctionResponse, Outcome } from '../../core/invocation/outcome';
import { isRecord } from '../../core/isRecord';
import { errorLines, laidOut } from '../../core/logLines';
import { formattedJson } from '../../core/payload/formatted';
import { shownNumber } from '../../core/shownNumber';
import { isJson } from '../../core/testEvents';
import type { Invocation } from './invocation';
import { answeredLine } from './reportText';

/** The page of a function's response, in words; pure. */

/** What an editor shows without trouble, in UTF-16 units; a response may have three times as many. */
export const mostCharacters = 2 * 1024 * 1024;

/** Lines of an error with its stack: the payload below has all of them. */
const mostErrorLines = 200;

export interface ResponsePage {
  /** Its name, which says what is in it: `orders response.jsonc`. */
  readonly name: string;
  readonly text: string;
}

/**
 * What the function returned, formatted, below comments with its outcome, and above its log. A response that is no JSON
 * stands on a page of text. A response that is too long is cut, which the page says.
 */
export function responsePage(
  { functionName, qualifier, payload }: Pick<Invocation, 'functionName' | 'qualifier' | 'payload'>,
  outcome: Outcome,
): ResponsePage {
  const { label } = functionLabel(functionName, qualifier);
  const response = outcome.response ?? { payload: '' };
  const isOfJson = isJson(response.payload);
  const shown = isOfJson ? formattedJson(response.payload, mostCharacters) : undefined;
  const { text, omitted } = cut(shown ?? response.payload);
  const isWholeJson = isOfJson && omitted === 0;
  const comment = (line: string) => (isWholeJson ? `// ${line}`.trimEnd() : line);
  const head = [`${payload.label} → ${label}`, answeredLine(outcome), ...faultLines(response)];
  const parts = [
    head.flatMap(linesOf).map(comment).join('\n'),
    text === '' ? comment(l10n.t('The function returned nothing.')) : text,
    ...(omitted === 0 ? [] : [omittedWords(omitted)]),
    ...logParts(response).map((lines) => lines.flatMap(linesOf).map(comment).join('\n')),
  ];
  const name = `${label.replaceAll(/[\\/:]/g, '-')} response.${isWholeJson ? 'jsonc' : 'txt'}`;
  return { name, text: `${parts.join('\n\n')}\n` };
}

function cut(text: string): { text: string; omitted: number } {
  const kept = text.slice(0, mostCharacters).replace(/\p{Cs}$/u, '');
  return { text: kept, omitted: text.length - kept.length };
}

function omittedWords(characters: number): string {
  return l10n.t('… {0} more characters are not shown.', shownNumber(characters));
}

/** A function's error as its runtime tells it, with its stack on lines. */
function faultLines({ functionError, payload }: FunctionResponse): string[] {
  if (functionError === undefined) return [];
  const error = parsed(payload);
  if (!isRecord(error)) return [];
  const lines = errorLines(error, '');
  return lines.length > mostErrorLines ? [...lines.slice(0, mostErrorLines), '…'] : lines;
}

function logParts({ logTail }: FunctionResponse): string[][] {
  if (logTail === undefined || logTail.trim() === '') return [];
  const lines = logTail
    .trimEnd()
    .split('\n')
    .flatMap((line) => laidOut(line).lines);
  return [[l10n.t('The end of its log, 4 KB at most:'), ...lines]];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
