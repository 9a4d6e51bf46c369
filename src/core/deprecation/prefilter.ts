import { candidateWords } from './rules';

/** Whether a text is worth giving to the finder: some hundred microseconds a megabyte. */
export function mayHoldDeprecatedUse(text: string): boolean {
  return candidateWords.some((word) => text.includes(word));
}
