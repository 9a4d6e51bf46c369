import * as l10n from '@vscode/l10n';
import type { InvokeApi } from '../invocation/outcome';
import { Pace } from '../pace';
import type { Problem, TextRange } from '../problem';
import { shownNumber } from '../shownNumber';
import { TimeLimit } from '../timeLimit';
import { eventLineProblem } from './eventLine';
import { problemLimit } from './scan';
import { syntaxProblem } from './token';

/** How much of an event file is checked as it is typed, in UTF-16 units. A run checks all of the file. */
export const longestCheckedText = 16 * 1024 * 1024;

/** A text can be made so that every line of it is slow. */
const mostMs = 5000;

/**
 * The problems of an event file while it is edited, in the order of the text: the first of each line that cannot be
 * sent, for up to `problemLimit` lines, and how many lines more there are. Lets others have their turn.
 * @param isOutdated whether nobody wants to know any more: then it gives up, and finds nothing
 */
export async function eventLinesProblems(
  text: string,
  api: InvokeApi,
  isOutdated: () => boolean,
  timeLimit = new TimeLimit(mostMs),
): Promise<readonly Problem[]> {
  const found = new Found();
  const pace = new Pace();
  let isUp = false;
  for (const { start, line } of linesOf(text)) {
    if (start >= longestCheckedText || isUp) return found.until(start);
    const problem = isBlank(line) ? undefined : eventLineProblem(line, api);
    if (problem) found.add(problem, start);
    if (!pace.isDue) continue;
    await pace.turn();
    if (isOutdated()) return [];
    isUp = timeLimit.isUp;
  }
  return found.all();
}

class Found {
  readonly #problems: Problem[] = [];
  #others = 0;
  #firstOther: TextRange | undefined;

  /** @param start offset of the line, which the problem's own offsets count from */
  add(problem: Problem, start: number): void {
    const range = shifted(problem.range, start);
    if (this.#problems.length === problemLimit) {
      this.#others++;
      this.#firstOther ??= range;
      return;
    }
    const fixes = problem.fixes.map(({ edits, ...fix }) => ({
      ...fix,
      edits: edits.map((edit) => ({ ...edit, range: shifted(edit.range, start) })),
    }));
    this.#problems.push({ ...problem, range, fixes });
  }

  all(): readonly Problem[] {
    if (!this.#firstOther) return this.#problems;
    const message =
      this.#others === 1
        ? l10n.t('This line cannot be sent either.')
        : l10n.t(
            'This line and {0} more below cannot be sent either.',
            shownNumber(this.#others - 1),
          );
    return [...this.#problems, syntaxProblem(message, this.#firstOther)];
  }

  /** @param start offset of the first line that was not looked at */
  until(start: number): readonly Problem[] {
    const message = l10n.t(
      'The lines from here on are not checked as you type. They are checked before they are sent.',
    );
    const range = { start, end: start + 1 };
    const unchecked = { code: 'payload.unchecked', severity: 'information', fixes: [] } as const;
    return [...this.all(), { ...unchecked, message, range }];
  }
}

/** The lines of a text with their offsets; a byte order mark belongs to none. */
function* linesOf(text: string): Generator<{ readonly start: number; readonly line: string }> {
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start < text.length) {
    const lineFeed = text.indexOf('\n', start);
    const end = lineFeed === -1 ? text.length : lineFeed;
    yield { start, line: text.slice(start, text[end - 1] === '\r' ? end - 1 : end) };
    start = end + 1;
  }
}

function isBlank(line: string): boolean {
  return !/[^ \t\r]/.test(line);
}

function shifted({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}
