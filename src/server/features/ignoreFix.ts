import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Problem } from '../../core/problem';
import { ignoreEdit } from '../../migration/ignored';
import { editIn } from '../range';
import type { FixSource, OtherFix } from './quickFixes';

/** For a use that is to stay as it is: a comment that says so. */
export class IgnoreFix implements FixSource {
  async fixes(document: TextDocument, { code, range }: Problem): Promise<readonly OtherFix[]> {
    if (!code.startsWith('deprecated.')) return [];
    const edit = ignoreEdit(document.getText(), document.languageId, range);
    if (!edit) return [];
    const { uri, version } = document;
    const edits = [editIn(document, edit)];
    return [
      {
        title: l10n.t('Ignore this use of InvokeAsync'),
        edit: { documentChanges: [{ textDocument: { uri, version }, edits }] },
      },
    ];
  }
}
