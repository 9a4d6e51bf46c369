/** Everything that is wrong with one function identifier, in words, with the fixes that are certain. */
import * as l10n from '@vscode/l10n';
import { identifierMaxLength } from '../limits';
import type { Fix, Problem, ProblemCode, TextRange } from '../problem';
import { checks } from './checks';
import { type FunctionIdentifier, parseFunctionIdentifier } from './parse';
import { type Reading, readIdentifier } from './reading';
import { isRightArn } from './rightArn';
import { doubledColon } from './slips';
import { somethingElse } from './somethingElse';
import { problem } from './wording';

export interface IdentifierContext {
  /** The connection's region, when it is known; of interest for a target only. */
  readonly region?: string | undefined;
  /** Where `text` begins in its document, in UTF-16 code units; 0 when it stands alone. */
  readonly offset?: number | undefined;
  /** Whether the value is to be invoked; one found in a document may well mean another region. */
  readonly isTarget: boolean;
}

/**
 * All problems of one value, in the order of its text; an empty list when nothing is wrong.
 * An error is what the service refuses. What it accepts and the writer surely did not mean is a warning or a hint; in a
 * target it is an error, too, when nothing of that name can exist or the service would read another function than the
 * writer: an event for it is lost or goes astray.
 */
export function identifierProblems(text: string, context: IdentifierContext): Problem[] {
  if (!context.isTarget && isRightArn(text)) return [];
  const trimmed = text.trim();
  const lead = text.indexOf(trimmed);
  const offset = context.offset ?? 0;
  return [
    ...surroundingSpace(text, lead, lead + trimmed.length).map((found) => shift(found, offset)),
    ...problemsOfTrimmed(trimmed, context).map((found) => shift(found, offset + lead)),
  ];
}

function problemsOfTrimmed(
  text: string,
  { isTarget, region }: IdentifierContext,
): readonly Problem[] {
  const parsed = parseFunctionIdentifier(text);
  const other = isTarget ? somethingElse(text) : undefined;
  if (other) return [other];
  if (!parsed.ok && parsed.fault.cause === 'tooLong') {
    const message = l10n.t(
      'A function identifier can have at most {0} characters; this one has {1}.',
      identifierMaxLength,
      text.length,
    );
    return [problem('identifier.too-long', 'error', message, parsed.fault.range)];
  }
  if (!parsed.ok && parsed.fault.cause === 'empty') {
    const message = l10n.t('The function name or ARN is missing.');
    return [problem('identifier.malformed', 'error', message, parsed.fault.range)];
  }
  const doubled = doubledColon(text);
  if (doubled !== undefined) return [colonTooMany(doubled)];
  const isPlainName = parsed.ok && parsed.identifier.form === 'name' && !text.startsWith('arn:');
  const reading: Reading = isPlainName
    ? { ...parsed.identifier, surplus: [] }
    : readIdentifier(text);
  const found = checks({ reading, isTarget, connectionRegion: region });

  if (parsed.ok) {
    const goesAstray = isTarget && !isReadAlike(parsed.identifier, reading);
    return found.map((one) => (goesAstray ? one : accepted(one)));
  }
  if (found.some(({ severity }) => severity === 'error')) return found;
  const message = l10n.t('Lambda rejects this as a function name or ARN.');
  return [...found, problem('identifier.malformed', 'error', message, parsed.fault.range)];
}

function colonTooMany(at: number): Problem {
  const range = { start: at, end: at + 1 };
  const message = l10n.t('There is one colon too many.');
  const fix: Fix = {
    title: l10n.t('Remove the colon'),
    preferred: true,
    edits: [{ range, newText: '' }],
  };
  return problem('identifier.malformed', 'error', message, { start: at - 1, end: at + 1 }, fix);
}

/** Whether the function that the service finds in a value is the one that its writer meant. */
function isReadAlike({ name, qualifier }: FunctionIdentifier, meant: Reading): boolean {
  return name.text === meant.name?.text && qualifier?.text === meant.qualifier?.text;
}

/** Of what the service accepts, only these can be errors: a name, a version or an alias that can never exist. */
const canNeverExist: ReadonlySet<ProblemCode> = new Set([
  'identifier.too-long',
  'identifier.name',
  'identifier.qualifier',
]);

function accepted(found: Problem): Problem {
  const isError = found.severity === 'error' && !canNeverExist.has(found.code);
  return isError ? { ...found, severity: 'warning' } : found;
}

function surroundingSpace(text: string, start: number, end: number): Problem[] {
  const spaces = [
    { start: 0, end: start },
    { start: end, end: text.length },
  ].filter((range) => range.end > range.start);
  const [range] = spaces;
  if (!range || start === end) return [];
  const fix: Fix = {
    title:
      spaces.length > 1 || range.end - range.start > 1
        ? l10n.t('Remove the spaces')
        : l10n.t('Remove the space'),
    preferred: true,
    edits: spaces.map((space) => ({ range: space, newText: '' })),
  };
  const message = l10n.t('Lambda rejects spaces around a function name or ARN.');
  return [problem('identifier.malformed', 'error', message, range, fix)];
}

function shift(found: Problem, offset: number): Problem {
  if (offset === 0) return found;
  const shifted = (range: TextRange) => ({ start: range.start + offset, end: range.end + offset });
  return {
    ...found,
    range: shifted(found.range),
    fixes: found.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map(({ range, newText }) => ({ range: shifted(range), newText })),
    })),
  };
}
