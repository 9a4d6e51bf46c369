import { isAbsolute, relative } from 'node:path';
import { oneLine } from '../../core/foreignText';
import type { FileFindings } from '../search/findings';

/**
 * A line for each use: `file:line:column`, code, message; lines and columns count from 1. Whatever a file is called, its
 * use is one line.
 */
export function textReport(files: readonly FileFindings[]): string {
  return files
    .flatMap(({ path, uses }) =>
      uses.map(({ code, message, range: { start } }) =>
        oneLine(
          `${atLineStart(shownPath(path))}:${start.line + 1}:${start.character + 1} ${code} ${message}`,
        ),
      ),
    )
    .join('\n');
}

/** A name that begins with `::` would be a command to GitHub Actions, which reads the output of a job line by line. */
function atLineStart(path: string): string {
  return /^\s*::/.test(path) ? `./${path}` : path;
}

/** What was done, in one line. */
export function summary(
  files: readonly FileFindings[],
  { filesDone, durationMs, fix }: { filesDone: number; durationMs: number; fix: boolean },
): string {
  const uses = files.flatMap((file) => file.uses);
  const concerned = files.filter((file) => file.uses.length > 0).length;
  const fixed = files.reduce((sum, file) => sum + file.fixed, 0);
  const skipped = files.filter((file) => file.skipped !== undefined).length;
  return [
    ...(fix ? [`${count(fixed, 'use')} replaced.`] : []),
    `${count(uses.length, 'use')} ${fix ? 'left' : 'found'} in ${count(concerned, 'file')}`,
    `(${count(filesDone, 'file')} searched in ${(durationMs / 1000).toFixed(1)} s` +
      `${skipped > 0 ? `, ${skipped.toLocaleString('en-US')} skipped` : ''}).`,
  ].join(' ');
}

/** Relative to the working folder where the file lies in it, as compilers print. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown.startsWith('..') || isAbsolute(shown) ? path : shown;
}

/** A number with its noun, such as `1 file` and `20,000 files`. */
function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
