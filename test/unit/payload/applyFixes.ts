import type { Problem } from '../../../src/core/problem';

/** The text after the first fix of each problem, applied at once as an editor does for "fix all". */
export function applyFixes(text: string, problems: readonly Problem[]): string {
  const edits = problems
    .flatMap(({ fixes }) => fixes[0]?.edits ?? [])
    .toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let result = '';
  let at = 0;
  for (const { range, newText } of edits) {
    if (range.start < at)
      throw new Error(`Edits overlap at ${range.start} of ${JSON.stringify(text)}`);
    result += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return result + text.slice(at);
}
