import { candidatePattern } from './rules';

/** Whether a text is worth giving to the finder: less than a millisecond a megabyte. */
export function mayHoldDeprecatedUse(text: string): boolean {
  return candidatePattern.test(text);
}
