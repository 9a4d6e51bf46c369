import type { Uri, WorkspaceFolder } from 'vscode';
import type { Target } from '../../core/target';
import type { TargetsFault } from './targetReading';

/** A file of `payloads.include`. */
export interface PayloadFile {
  readonly uri: Uri;
  readonly folder: WorkspaceFolder;
  /** Relative to the workspace folder, separated by `/`. */
  readonly path: string;
}

/** A saved payload: such a file, with the target that is known for it. */
export interface SavedPayload extends PayloadFile {
  readonly target: Target | undefined;
  /** Why nobody can say where it goes. */
  readonly fault?: TargetsFault;
}
