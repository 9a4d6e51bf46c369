import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { sizeProblem } from '../../core/payload/size';
import type { Problem } from '../../core/problem';
import type { PayloadToSend } from '../../protocol/messages';
import type { Workspace } from '../workspace/workspace';
import type { FixSource, OtherFix } from './quickFixes';
import type { TargetsEdits } from './targetsEdits';

/**
 * For a payload that is too large for InvokeAsync and not for Invoke: writes `Invoke` as the API of its target. A client
 * that can writes it itself: editors undo an edit that makes a file, and so delete the file.
 */
export class UseInvokeFix implements FixSource {
  constructor(
    private readonly workspace: Workspace,
    private readonly targetsEdits: TargetsEdits,
  ) {}

  async fixes(document: TextDocument, problem: Problem): Promise<readonly OtherFix[]> {
    if (problem.code !== 'payload.too-large' || sizeProblem(document.getText(), 'Invoke'))
      return [];
    const edit = await this.targetsEdits.edit(document.uri, { api: 'Invoke' });
    if (!edit) return [];
    const title = l10n.t('Use Invoke for this payload');
    const payload: PayloadToSend = { uri: document.uri };
    const command = { title, command: 'invokeAsync.useInvoke', arguments: [payload] };
    const { useInvokeCommand } = this.workspace.clientOptions;
    return [{ title, isPreferred: true, ...(useInvokeCommand ? { command } : { edit }) }];
  }
}
