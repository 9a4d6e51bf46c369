import * as l10n from '@vscode/l10n';
import type { Stats } from 'node:fs';

/** What became of the attempt to read a file of a workspace. */
export type FileReading = FileContent | Unread;

export interface FileContent {
  readonly kind: 'content';
  readonly bytes: Uint8Array;
}

/** There is something else of that name. */
export interface NotAFile {
  readonly kind: 'notAFile';
  /** `special`: a pipe, socket or device. */
  readonly what: 'folder' | 'special';
}

/** Why a file was not read. Only `missing` means that there is none. */
export type Unread =
  | { readonly kind: 'missing' }
  /** The path, or a symbolic link on it, leads out of the folder. */
  | { readonly kind: 'outside' }
  | NotAFile
  /** Sizes in bytes. */
  | { readonly kind: 'tooLarge'; readonly size: number; readonly limit: number }
  /** The system's words for why, such as `EACCES: permission denied, open '/…'`. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Why a file was not read, as a sentence for people. */
export function unreadText(unread: Unread): string {
  if (unread.kind === 'tooLarge') return l10n.t('It is larger than {0}.', sizeText(unread.limit));
  if (unread.kind === 'unreadable') return l10n.t('It cannot be read: {0}.', unread.reason);
  if (unread.kind === 'notAFile') return notAFileText(unread);
  const texts: Record<typeof unread.kind, string> = {
    missing: l10n.t('There is no such file in the workspace folder.'),
    outside: l10n.t('It is outside the workspace folder.'),
  };
  return texts[unread.kind];
}

/** What is there instead of a file, as a sentence for people. */
export function notAFileText({ what }: NotAFile): string {
  return what === 'folder'
    ? l10n.t('It is a folder, not a file.')
    : l10n.t('It is not a regular file.');
}

/** What has this status instead of that of a file; `undefined` for a file. */
export function notAFile(status: Pick<Stats, 'isFile' | 'isDirectory'>): NotAFile | undefined {
  if (status.isFile()) return undefined;
  return { kind: 'notAFile', what: status.isDirectory() ? 'folder' : 'special' };
}

/** Kilobytes or megabytes of a limit, such as `512 KB`. */
function sizeText(bytes: number): string {
  const megabytes = bytes / (1024 * 1024);
  return megabytes < 1 ? `${bytes / 1024} KB` : `${megabytes} MB`;
}

/** Why a file with this status is not read; `undefined` when it may be. */
export function unreadByStatus(
  status: Pick<Stats, 'isFile' | 'isDirectory' | 'size'>,
  limit: number,
): Unread | undefined {
  const { size } = status;
  return notAFile(status) ?? (size > limit ? { kind: 'tooLarge', size, limit } : undefined);
}

/** What an error of the file system means. A name in the place of a folder that is a file leads to nothing, either. */
export function unreadByError(error: unknown): Unread {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  return { kind: 'unreadable', reason: message };
}
