import * as l10n from '@vscode/l10n';
import { FileType, Uri, workspace } from 'vscode';
import { fileLimitBytes } from '../../core/fileLimits';
import { unreadText } from '../../files/fileReading';
import { utf8Text } from '../../files/utf8Text';
import { readWorkspaceFile } from '../readWorkspaceFile';

/** What stands in a `.lambda/targets.json`; `missing` when there is no file, and only then. */
export type TargetsText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  /** A sentence for people. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The text in force: as it stands in the editor, unsaved changes included. */
export async function readTargetsText(uri: Uri): Promise<TargetsText> {
  const open = workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString(),
  );
  if (open?.isDirty) return { kind: 'text', text: open.getText() };
  const reading = await readWorkspaceFile(uri, fileLimitBytes.targets);
  if (reading.kind === 'missing') {
    return (await isDangling(uri))
      ? unreadable(l10n.t('It is a broken link.'))
      : { kind: 'missing' };
  }
  if (reading.kind !== 'content') return unreadable(unreadText(reading));
  const text = utf8Text(reading.bytes);
  return text === undefined
    ? unreadable(l10n.t('It is not UTF-8 text.'))
    : { kind: 'text', text: text.replace(/^\ufeff/, '') };
}

function unreadable(reason: string): TargetsText {
  return { kind: 'unreadable', reason };
}

/** Whether the file, or its folder, is a symbolic link that leads nowhere. */
async function isDangling(uri: Uri): Promise<boolean> {
  const types = [uri, Uri.joinPath(uri, '..')].map(async (place) =>
    workspace.fs.stat(place).then(
      ({ type }) => type === FileType.SymbolicLink,
      () => false,
    ),
  );
  return (await Promise.all(types)).includes(true);
}
