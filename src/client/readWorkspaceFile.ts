import { FileSystemError, FileType, type Uri, workspace } from 'vscode';
import { messageOf } from '../core/messageOf';
import type { FileReading } from '../files/fileReading';
import { readFileIn } from '../files/readFile';

/**
 * Reads a file of the workspace, and never more of it than the limit: from the disk only a regular file that lies in
 * its workspace folder, links followed. A file outside all folders is one that the user has named. Never rejects.
 * @param limit in bytes
 */
export async function readWorkspaceFile(uri: Uri, limit: number): Promise<FileReading> {
  return uri.scheme === 'file'
    ? readFileIn(workspace.getWorkspaceFolder(uri)?.uri.fsPath, uri.fsPath, limit)
    : readVirtualFile(uri, limit);
}

/** Of a virtual workspace, whose provider knows what lies in it. */
async function readVirtualFile(uri: Uri, limit: number): Promise<FileReading> {
  try {
    const { type, size } = await workspace.fs.stat(uri);
    if (!(type & FileType.File)) {
      return { kind: 'notAFile', what: type & FileType.Directory ? 'folder' : 'special' };
    }
    if (size > limit) return { kind: 'tooLarge', size, limit };
    const bytes = await workspace.fs.readFile(uri);
    if (bytes.length > limit) return { kind: 'tooLarge', size: bytes.length, limit };
    return { kind: 'content', bytes };
  } catch (error) {
    const code = error instanceof FileSystemError ? error.code : '';
    if (code === 'FileNotFound' || code === 'FileNotADirectory') return { kind: 'missing' };
    if (code === 'FileIsADirectory') return { kind: 'notAFile', what: 'folder' };
    return { kind: 'unreadable', reason: messageOf(error) };
  }
}
