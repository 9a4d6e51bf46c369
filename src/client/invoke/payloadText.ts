import * as l10n from '@vscode/l10n';
import { type TextDocument, type Uri, workspace } from 'vscode';
import { fileLimitBytes } from '../../core/fileLimits';
import { type Unread, unreadText } from '../../files/fileReading';
import { utf8Text } from '../../files/utf8Text';
import { readWorkspaceFile } from '../workspaceFile';

/** Why a payload cannot be read, in words for people. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
}

/**
 * The text of a payload file as it stands in the editor, unsaved changes included; of a file without changes,
 * the bytes on disk, so that what is sent is the file byte for byte.
 * @throws {PayloadError} when the file is gone, is no regular file of its workspace folder, is larger than any call
 *   takes, or is not UTF-8.
 */
export async function payloadText(uri: Uri): Promise<string> {
  const open = workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString(),
  );
  if (open && isOwnText(open)) return open.getText();
  const name = workspace.asRelativePath(uri);
  const reading = await readWorkspaceFile(uri, fileLimitBytes.payload);
  if (reading.kind !== 'content') {
    // Deleted under an open editor, say: what the user sees is still what they want to send.
    if (open && (reading.kind === 'missing' || reading.kind === 'unreadable'))
      return open.getText();
    throw new PayloadError(faultOf(name, reading));
  }
  const text = utf8Text(reading.bytes);
  if (text === undefined) {
    throw new PayloadError(
      l10n.t(
        '{0} is not UTF-8 text, and Lambda accepts only UTF-8 JSON. Reopen it with its encoding and save it as UTF-8.',
        name,
      ),
    );
  }
  return text;
}

/** Text that the disk does not hold in this form: unsaved, or shown in another encoding than UTF-8. */
function isOwnText(document: TextDocument): boolean {
  return document.isDirty || document.isUntitled || !document.encoding.startsWith('utf8');
}

function faultOf(name: string, unread: Unread): string {
  if (unread.kind === 'missing') {
    return l10n.t('{0} cannot be read: the file does not exist.', name);
  }
  if (unread.kind === 'outside') {
    return l10n.t(
      '{0} is a link to a file outside the workspace folder, which is not sent. Open that file itself to send it.',
      name,
    );
  }
  return l10n.t('{name} cannot be read. {reason}', { name, reason: unreadText(unread) });
}
