/** What is wrong with the functions and regions that a `.lambda/targets.json` names. */
import { misspelledRegion } from './functionIdentifier/checkPlace';
import { identifierProblems } from './functionIdentifier/problems';
import type { Problem, TextRange } from './problem';
import { parseTargets } from './targets';

/** Nobody reads more, and an editor chokes on them. */
const mostProblems = 1000;

/** The problems of all functions and regions, up to 1,000, in the order of the targets. */
export function targetIdentifierProblems(text: string): Problem[] {
  const problems: Problem[] = [];
  for (const { target, ranges } of parseTargets(text)) {
    if (problems.length >= mostProblems) break;
    if (ranges.function) {
      const { region } = target;
      const found = identifierProblems(target.function, { isTarget: true, region });
      problems.push(...placed(found, text, ranges.function));
    }
    if (ranges.region && target.region) {
      const whole = { start: 0, end: target.region.length };
      const found = misspelledRegion({ text: target.region, range: whole });
      if (found) problems.push(...placed([{ ...found, severity: 'warning' }], text, ranges.region));
    }
  }
  return problems;
}

/** Problems of a value, at their places in the text of the string that it is written as. */
function placed(problems: readonly Problem[], text: string, { start, end }: TextRange): Problem[] {
  if (problems.length === 0) return [];
  const offsets = offsetsIn(text.slice(start, end));
  const shifted = (range: TextRange): TextRange => ({
    start: start + (offsets?.[range.start] ?? range.start),
    end: start + (offsets?.[range.end] ?? range.end),
  });
  return problems.map((problem) => ({
    ...problem,
    range: shifted(problem.range),
    fixes: problem.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map(({ range, newText }) => ({ range: shifted(range), newText })),
    })),
  }));
}

/** Where each UTF-16 unit of a string of JSON is written between its quotes; `undefined` when it holds no escape. */
function offsetsIn(written: string): number[] | undefined {
  if (!written.includes('\\')) return undefined;
  const offsets: number[] = [];
  let at = 0;
  while (at < written.length) {
    offsets.push(at);
    if (written[at] !== '\\') at += 1;
    else at += written[at + 1] === 'u' ? 6 : 2;
  }
  return [...offsets, written.length];
}
