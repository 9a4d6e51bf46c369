import { isAbsolute, relative } from 'node:path';
import { oneLine } from '../../core/foreignText';
import type { CheckedFile } from './checkedFile';

/**
 * A line for each problem: `file:line:column`, code, message; lines and columns count from 1. Whatever a file is called,
 * its problem is one line.
 */
export function textReport(files: readonly CheckedFile[]): string {
  return files
    .flatMap(({ path, found }) =>
      found.map(({ code, message, range: { start } }) =>
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
  files: readonly CheckedFile[],
  {
    filesDone,
    durationMs,
    fix,
    isMore,
  }: {
    readonly filesDone: number;
    readonly durationMs: number;
    readonly fix: boolean;
    /** Not only uses of InvokeAsync were looked for. */
    readonly isMore: boolean;
  },
): string {
  const uses = sum(files, (file) => file.uses);
  const others = sum(files, (file) => file.found.length - file.uses);
  const concerned = files.filter((file) => file.found.length > 0).length;
  const fixed = sum(files, (file) => file.fixed);
  const skipped = files.filter((file) => file.skipped !== undefined).length;
  return [
    ...(fix ? [`${count(fixed, 'use')} replaced.`] : []),
    `${count(uses, 'use')}${isMore ? ` and ${count(others, 'other problem')}` : ''}`,
    `${fix ? 'left' : 'found'} in ${count(concerned, 'file')}`,
    `(${count(filesDone, 'file')} searched in ${(durationMs / 1000).toFixed(1)} s` +
      `${skipped > 0 ? `, ${skipped.toLocaleString('en-US')} skipped` : ''}).`,
  ].join(' ');
}

function sum(files: readonly CheckedFile[], amount: (file: CheckedFile) => number): number {
  return files.reduce((all, file) => all + amount(file), 0);
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
