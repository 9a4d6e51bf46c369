import * as l10n from '@vscode/l10n';
import { type CodeAction, CodeActionKind, type Command } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { sizeProblem } from '../../core/payload/size';
import type { Problem } from '../../core/problem';
import type { PayloadToSend } from '../../protocol/messages';
import type { Workspace } from '../workspace/workspace';
import { toDiagnostic } from './diagnostics';
import type { FixSource } from './quickFixes';
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

  async fixes(document: TextDocument, problem: Problem): Promise<CodeAction[]> {
    if (problem.code !== 'payload.too-large' || sizeProblem(document.getText(), 'Invoke'))
      return [];
    const edit = await this.targetsEdits.edit(document.uri, { api: 'Invoke' });
    if (!edit) return [];
    const title = l10n.t('Use Invoke for this payload');
    return [
      {
        title,
        kind: CodeActionKind.QuickFix,
        isPreferred: true,
        diagnostics: [toDiagnostic(document, problem)],
        ...(this.workspace.clientOptions.useInvokeCommand
          ? { command: commandOf(title, { uri: document.uri }) }
          : { edit }),
      },
    ];
  }
}

function commandOf(title: string, payload: PayloadToSend): Command {
  return { title, command: 'invokeAsync.useInvoke', arguments: [payload] };
}
