import * as l10n from '@vscode/l10n';
import { FileSystemError, type Uri, workspace } from 'vscode';
import { copyToNewFile, createFile } from '../files/createFile';
import {
  type FileWriting,
  type Unwritten,
  unwrittenByError,
  unwrittenText,
} from '../files/fileWriting';
import { moveFile } from '../files/moveFile';
import { replaceFile } from '../files/replaceFile';
import type { Ui } from './ui/ui';

// None of these is an edit of the workspace: the editor undoes such an edit with the keys of a text editor, and so
// deletes a file, or moves it away, when somebody takes back what they have typed in it.

/** Makes a new file with the folders above it, never over one that exists. Never rejects. */
export async function createWorkspaceFile(uri: Uri, bytes: Uint8Array): Promise<FileWriting> {
  if (uri.scheme === 'file') return createFile(uri.fsPath, bytes);
  return inVirtualWorkspace(async () => {
    // Its provider knows no exclusive way.
    if (await exists(uri)) throw FileSystemError.FileExists(uri);
    await workspace.fs.writeFile(uri, bytes);
  });
}

/** Replaces the content of a file that still holds what was read. Never rejects. */
export async function replaceWorkspaceFile(
  uri: Uri,
  expected: Uint8Array,
  next: Uint8Array,
): Promise<FileWriting> {
  if (uri.scheme === 'file') return replaceFile(uri.fsPath, expected, next);
  return inVirtualWorkspace(async () => {
    if (!Buffer.from(expected).equals(await workspace.fs.readFile(uri))) return 'changed';
    await workspace.fs.writeFile(uri, next);
    return undefined;
  });
}

/** Copies a file to a name that is free. Never rejects. */
export async function copyWorkspaceFile(from: Uri, to: Uri): Promise<FileWriting> {
  if (areOnDisk(from, to)) return copyToNewFile(from.fsPath, to.fsPath);
  return inVirtualWorkspace(async () => workspace.fs.copy(from, to, { overwrite: false }));
}

/** Gives a file a name that is free, with the folders above it. Never rejects. */
export async function moveWorkspaceFile(from: Uri, to: Uri): Promise<FileWriting> {
  if (areOnDisk(from, to)) return moveFile(from.fsPath, to.fsPath);
  return inVirtualWorkspace(async () => workspace.fs.rename(from, to, { overwrite: false }));
}

/** Tells the user why a file could not be written. */
export function tellUnwritten(uri: Uri, unwritten: Unwritten, ui: Pick<Ui, 'tell'>): void {
  const name = workspace.asRelativePath(uri);
  ui.tell(
    'error',
    l10n.t('{name} was not saved. {reason}', { name, reason: unwrittenText(unwritten) }),
  );
}

/** Whether there is a file or folder. */
export async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

function areOnDisk(...uris: readonly Uri[]): boolean {
  return uris.every(({ scheme }) => scheme === 'file');
}

async function inVirtualWorkspace(write: () => Promise<void | 'changed'>): Promise<FileWriting> {
  try {
    return { kind: (await write()) ?? 'written' };
  } catch (error) {
    const isTaken = error instanceof FileSystemError && error.code === 'FileExists';
    return isTaken ? { kind: 'exists' } : unwrittenByError(error);
  }
}
