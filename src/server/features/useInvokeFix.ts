import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { needsInvoke } from '../../core/payload/size';
import type { Problem } from '../../core/problem';
import type { PayloadToSend } from '../../protocol/messages';
import type { Workspace } from '../workspace/workspace';
import type { FixSource, OtherFix } from './quickFixes';
import type { TargetsEdits } from './targetsEdits';

/**
 * For a payload or line that is too large for InvokeAsync and not for Invoke: writes `Invoke` as the API of its target. A client
 * that can writes it itself: editors undo an edit that makes a file, and so delete the file.
 */
export class UseInvokeFix implements FixSource {
  constructor(
    private readonly workspace: Workspace,
    private readonly targetsEdits: TargetsEdits,
  ) {}

  async fixes(document: TextDocument, problem: Problem): Promise<readonly OtherFix[]> {
    if (problem.code !== 'payload.too-large') return [];
    const isEventFile = await this.workspace.isEventFile(document.uri);
    const text = document.getText();
    if (!needsInvoke(isEventFile ? lineAt(text, problem.range.start) : text)) return [];
    const edit = await this.targetsEdits.edit(document.uri, { api: 'Invoke' });
    if (!edit) return [];
    const title = isEventFile
      ? l10n.t('Use Invoke for this file')
      : l10n.t('Use Invoke for this payload');
    const payload: PayloadToSend = { uri: document.uri };
    const command = { title, command: 'invokeAsync.useInvoke', arguments: [payload] };
    const { useInvokeCommand } = this.workspace.clientOptions;
    return [{ title, isPreferred: true, ...(useInvokeCommand ? { command } : { edit }) }];
  }
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end).replace(/\r$/, '');
}
