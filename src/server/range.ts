import type { Range, TextDocument, TextEdit } from 'vscode-languageserver-textdocument';
import type { TextEdit as OffsetEdit, TextRange } from '../core/problem';

/** A range of a document in lines and characters, as LSP has it. */
export function rangeIn(document: TextDocument, { start, end }: TextRange): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** The same for an edit. */
export function editIn(document: TextDocument, { range, newText }: OffsetEdit): TextEdit {
  return { range: rangeIn(document, range), newText };
}
