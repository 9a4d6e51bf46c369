import * as l10n from '@vscode/l10n';
import { firstLine } from '../firstLine';
import type { Problem, TextRange } from '../problem';
import { shownNumber } from '../shownNumber';
import { TimeIsUp, TimeLimit } from '../timeLimit';
import { identifiersIn } from './find';
import { identifierProblems } from './problems';
import { hasMadeUpAccount, isTestFile } from './testFiles';

/** Nobody reads more, and an editor chokes on them. */
const mostProblems = 1000;
/** A megabyte full of identifiers takes a fifth of it. */
const defaultDeadlineMs = 500;

/**
 * The problems of all function identifiers in a document. Where the check stops, after 1,000 problems or `deadline`
 * milliseconds, one more problem says so.
 * @param options `path` of the document in its workspace folder
 */
export function documentProblems(
  text: string,
  languageId: string,
  { path = '', deadline = defaultDeadlineMs }: { path?: string; deadline?: number } = {},
): Problem[] {
  const limit = new TimeLimit(deadline);
  const isTest = isTestFile(path);
  const problems: Problem[] = [];
  let last = firstLine(text);
  try {
    for (const { text: identifier, range } of identifiersIn(text, languageId, limit)) {
      last = range;
      if (isTest && hasMadeUpAccount(identifier)) continue;
      problems.push(...identifierProblems(identifier, { offset: range.start, isTarget: false }));
      if (problems.length >= mostProblems) return [...problems, unchecked(last, tooMany())];
    }
  } catch (error) {
    if (!(error instanceof TimeIsUp)) throw error;
    problems.push(unchecked(last, error.message));
  }
  return problems;
}

const tooMany = () => l10n.t('{0} problems are shown', shownNumber(mostProblems));

function unchecked(range: TextRange, reason: string): Problem {
  return {
    code: 'identifier.unchecked',
    severity: 'information',
    message: l10n.t('Function identifiers after this one are not checked: {0}.', reason),
    range,
    fixes: [],
  };
}
