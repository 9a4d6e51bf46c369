import * as l10n from '@vscode/l10n';
import { type TextDocument, type Uri, workspace } from 'vscode';
import { messageOf } from '../messageOf';

/** Why a payload cannot be read, in words for people. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
}

/**
 * The text of a payload file as it stands in the editor, unsaved changes included; of a file without changes,
 * the bytes on disk, so that what is sent is the file byte for byte.
 * @throws {PayloadError} when the file is gone, is a folder, or is not UTF-8.
 */
export async function payloadText(uri: Uri): Promise<string> {
  const open = workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString(),
  );
  if (open && isOwnText(open)) return open.getText();
  const name = workspace.asRelativePath(uri);
  const bytes = await readFile(uri, name, open);
  if (typeof bytes === 'string') return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PayloadError(
      l10n.t(
        '{0} is not UTF-8 text, and Lambda takes only UTF-8 JSON. Reopen it with its encoding and save it as UTF-8.',
        name,
      ),
    );
  }
}

/** Text that the disk does not hold in this form: unsaved, or shown in another encoding than UTF-8. */
function isOwnText(document: TextDocument): boolean {
  return document.isDirty || document.isUntitled || !document.encoding.startsWith('utf8');
}

async function readFile(uri: Uri, name: string, open?: TextDocument): Promise<Uint8Array | string> {
  try {
    return await workspace.fs.readFile(uri);
  } catch (error) {
    // Deleted under an open editor: what the user sees is still what they want to send.
    if (open) return open.getText();
    throw new PayloadError(faultOf(name, error));
  }
}

function faultOf(name: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FileNotFound') {
    return l10n.t('{0} cannot be read: the file does not exist (any more).', name);
  }
  if (code === 'FileIsADirectory') return l10n.t('{0} cannot be read: it is a folder.', name);
  const reason = messageOf(error);
  return l10n.t('{name} cannot be read: {reason}', { name, reason });
}
