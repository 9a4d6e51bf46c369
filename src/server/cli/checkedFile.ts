import type { Range } from 'vscode-languageserver-textdocument';
import type { ProblemCode, Severity } from '../../core/problem';
import type { FileFindings } from '../search/findings';

/** A problem of a file; lines and characters count from 0, as in LSP. */
export interface FoundProblem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
}

/** All that was found in one file. */
export interface CheckedFile
  extends Pick<FileFindings, 'path' | 'fixed' | 'skipped' | 'unwritten'> {
  /** How many of `found` are uses of InvokeAsync. */
  readonly uses: number;
  /** In the order of the file. */
  readonly found: readonly FoundProblem[];
}

/** What the checks have found, by file, in the order of the paths. */
export function checkedFiles(
  findings: readonly FileFindings[],
  problems: ReadonlyMap<string, readonly FoundProblem[]>,
): CheckedFile[] {
  const files = new Map<string, CheckedFile>();
  for (const { path, uses, fixed, skipped, unwritten } of findings) {
    files.set(path, {
      path,
      fixed,
      uses: uses.length,
      found: uses,
      ...(skipped !== undefined && { skipped }),
      ...(unwritten !== undefined && { unwritten }),
    });
  }
  for (const [path, more] of problems) {
    const file = files.get(path) ?? { path, fixed: 0, uses: 0, found: [] };
    files.set(path, { ...file, found: [...file.found, ...more].toSorted(byPlace) });
  }
  return [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function byPlace({ range: { start: a } }: FoundProblem, { range: { start: b } }: FoundProblem) {
  return a.line - b.line || a.character - b.character;
}
