import type { Range, TextEdit } from 'vscode-languageserver-textdocument';
import type { SdkId, DeprecationCode } from '../../migration/rules';
import type { Severity } from '../../core/problem';

/** What a search says of one file; lines and characters count from 0, as in LSP. */
export interface FileFindings {
  readonly path: string;
  readonly uses: readonly FoundUse[];
  /** All certain fixes of the file at once: sorted, without overlap. */
  readonly edits: readonly TextEdit[];
  /** `textHash` of the text that `edits` are for; absent without any. */
  readonly textHash?: string;
  /** How many uses were replaced in the file; `uses` are those that are left. */
  readonly fixed: number;
  /** Why the certain fixes, which were asked for, were not written into the file: a sentence. */
  readonly unwritten?: string;
  /** Why the file, which holds a word of the deprecated call, was not looked at. */
  readonly skipped?: string;
}

/** One use of InvokeAsync in a file. */
export interface FoundUse {
  readonly code: DeprecationCode;
  readonly severity: Severity;
  readonly sdk: SdkId;
  readonly message: string;
  readonly range: Range;
  /** Whether the file's `edits` replace it. */
  readonly certain: boolean;
}

export function nothingFound(path: string): FileFindings {
  return { path, uses: [], edits: [], fixed: 0 };
}
