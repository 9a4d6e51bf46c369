import * as l10n from '@vscode/l10n';
import { type NotAFile, notAFileText } from './fileReading';

/** Why a file of the user was left as it was. */
export type Unwritten =
  /** There is a file of that name already. */
  | { readonly kind: 'exists' }
  /** What stands in the file is no longer what was read. */
  | { readonly kind: 'changed' }
  | NotAFile
  | { readonly kind: 'readOnly' }
  /** A file of several names: to replace it would leave the others with the old text. */
  | { readonly kind: 'linked'; readonly names: number }
  /** The system's words for why, such as `ENOSPC: no space left on device, write`. */
  | { readonly kind: 'failed'; readonly reason: string };

export type FileWriting = { readonly kind: 'written' } | Unwritten;

/** Why a file was left as it was, as a sentence for people. */
export function unwrittenText(unwritten: Unwritten): string {
  if (unwritten.kind === 'failed') return l10n.t('It cannot be written: {0}.', unwritten.reason);
  if (unwritten.kind === 'linked') {
    return l10n.t(
      'It has {0} names (hard links), and replacing it would change only one of them.',
      unwritten.names,
    );
  }
  if (unwritten.kind === 'notAFile') return notAFileText(unwritten);
  const texts: Record<typeof unwritten.kind, string> = {
    exists: l10n.t('It already exists.'),
    changed: l10n.t('It was changed in the meantime.'),
    readOnly: l10n.t('It is read-only.'),
  };
  return texts[unwritten.kind];
}

/** What an error of the file system means. */
export function unwrittenByError(error: unknown): Unwritten {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EEXIST' ? { kind: 'exists' } : { kind: 'failed', reason: message };
}
