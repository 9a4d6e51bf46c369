import { applyEdits } from '../edits';
import { identifierProblems } from './problems';

/** Each fix puts one part right; more parts than this, no identifier has. */
const mostFixes = 12;

/**
 * A target with its errors put right by fixes that are certain; `undefined` when there is no error, or one that only
 * the writer can put right.
 */
export function correctedTarget(text: string): string | undefined {
  let corrected = text;
  for (let count = 0; count <= mostFixes; count += 1) {
    const errors = identifierProblems(corrected, { isTarget: true }).filter(
      ({ severity }) => severity === 'error',
    );
    if (errors.length === 0) return count === 0 ? undefined : corrected;
    const fix = errors.flatMap(({ fixes }) => fixes).find(({ preferred }) => preferred);
    if (!fix) return undefined;
    corrected = applyEdits(corrected, fix.edits);
  }
  return undefined;
}
