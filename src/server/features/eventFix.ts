import * as l10n from '@vscode/l10n';
import { type CodeAction, CodeActionKind, type Command } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Problem } from '../../core/problem';
import type { EventOfPayload } from '../../protocol/messages';
import type { PayloadSchemas } from '../schemas/payloadSchemas';
import type { Workspace } from '../workspace/workspace';
import { toDiagnostic } from './diagnostics';
import type { FixSource } from './quickFixes';
import type { TargetsEdits } from './targetsEdits';

/** For a payload that looks like an AWS event: names it as the schema of its target, or no longer takes it for one. */
export class EventFix implements FixSource {
  constructor(
    private readonly workspace: Workspace,
    private readonly payloadSchemas: PayloadSchemas,
    private readonly targetsEdits: TargetsEdits,
  ) {}

  async fixes(document: TextDocument, problem: Problem): Promise<CodeAction[]> {
    if (problem.code !== 'payload.event') return [];
    const { uri } = document;
    const schema = (await this.payloadSchemas.schemaOf(uri, undefined))?.recognized?.name;
    if (schema === undefined) return [];
    const fix = (title: string, action: Partial<CodeAction>): CodeAction => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(document, problem)],
      ...action,
    });
    const set = l10n.t('Set Schema: {0}', schema);
    if (this.workspace.clientOptions.eventCommands) {
      const ignore = l10n.t('Ignore: Not an AWS Event');
      return [
        fix(set, { command: commandOf('setSchema', set, { uri, schema }) }),
        fix(ignore, { command: commandOf('ignoreEvent', ignore, { uri, schema }) }),
      ];
    }
    const edit = await this.targetsEdits.edit(uri, { schema });
    return edit ? [fix(set, { edit })] : [];
  }
}

function commandOf(name: string, title: string, event: EventOfPayload): Command {
  return { title, command: `invokeAsync.${name}`, arguments: [event] };
}
