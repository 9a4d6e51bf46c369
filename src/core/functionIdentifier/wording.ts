/** Small makers of problems and fixes, and the words for the parts of an identifier. */
import * as l10n from '@vscode/l10n';
import type { Fix, Problem, ProblemCode, Severity, TextRange } from '../problem';
import type { PartName } from './parse';
import type { Segment } from './segments';

/** What a part is, as a message names it when it is missing or comes next. */
export const partWords: Readonly<Record<PartName, () => string>> = {
  partition: () => l10n.t('the partition (such as aws)'),
  service: () => l10n.t('the service (lambda)'),
  region: () => l10n.t('the region (such as us-east-1)'),
  account: () => l10n.t('the account (12 digits)'),
  resourceType: () => l10n.t('the word "function"'),
  name: () => l10n.t('the function name'),
  qualifier: () => l10n.t('an alias or version'),
};

export function problem(
  code: ProblemCode,
  severity: Severity,
  message: string,
  range: TextRange,
  ...fixes: readonly Fix[]
): Problem {
  return { code, severity, message, range, fixes };
}

/** A fix that is certain: the segment becomes this text. */
export function replace(segment: Segment, newText: string): Fix {
  const title =
    segment.text === ''
      ? l10n.t('Change it to "{0}"', newText)
      : l10n.t('Change "{0}" to "{1}"', segment.text, newText);
  return { title, preferred: true, edits: [{ range: segment.range, newText }] };
}

export function insert(start: number, newText: string): Fix {
  const edits = [{ range: { start, end: start }, newText }];
  return { title: l10n.t('Insert "{0}"', newText), preferred: true, edits };
}

export function remove(title: string, range: TextRange): Fix {
  return { title, preferred: true, edits: [{ range, newText: '' }] };
}

/** The segment with the colon before it. */
export function withColon({ range }: Segment): TextRange {
  return { start: range.start - 1, end: range.end };
}

/** The segment's own range; an empty one gets the colons around it, so that there is something to underline. */
export function visible({ text, range }: Segment): TextRange {
  return text === '' ? { start: Math.max(range.start - 1, 0), end: range.end } : range;
}

/** A character so that it can be seen: quoted, or by its number when it is invisible. */
export function visibleCharacter(character: string): string {
  if (/[ \p{L}\p{N}\p{P}\p{S}]/u.test(character)) return `"${character}"`;
  const number = character.codePointAt(0) ?? 0;
  return `U+${number.toString(16).toUpperCase().padStart(4, '0')}`;
}
