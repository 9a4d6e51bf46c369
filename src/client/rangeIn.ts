import { Range, type TextDocument } from 'vscode';
import type { TextRange } from '../core/problem';

/** A range of offsets as the editor has it. */
export function rangeIn(document: TextDocument, { start, end }: TextRange): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}
