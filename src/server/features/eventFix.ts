import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Problem } from '../../core/problem';
import type { EventOfPayload } from '../../protocol/messages';
import type { PayloadSchemas } from '../schemas/payloadSchemas';
import type { Workspace } from '../workspace/workspace';
import type { FixSource, OtherFix } from './quickFixes';
import type { TargetsEdits } from './targetsEdits';

/** For a payload that looks like an AWS event: names it as the schema of its target, or no longer takes it for one. */
export class EventFix implements FixSource {
  constructor(
    private readonly workspace: Workspace,
    private readonly payloadSchemas: PayloadSchemas,
    private readonly targetsEdits: TargetsEdits,
  ) {}

  async fixes({ uri }: TextDocument, problem: Problem): Promise<readonly OtherFix[]> {
    if (problem.code !== 'payload.event') return [];
    const schema = (await this.payloadSchemas.schemaOf(uri, undefined))?.recognized?.name;
    if (schema === undefined) return [];
    const title = l10n.t('Set Schema: {0}', schema);
    if (this.workspace.clientOptions.eventCommands) {
      return [
        byCommand('setSchema', title, { uri, schema }),
        byCommand('ignoreEvent', l10n.t('Ignore: Not an AWS Event'), { uri, schema }),
      ];
    }
    const edit = await this.targetsEdits.edit(uri, { schema });
    return edit ? [{ title, edit }] : [];
  }
}

function byCommand(name: string, title: string, event: EventOfPayload): OtherFix {
  return { title, command: { title, command: `invokeAsync.${name}`, arguments: [event] } };
}
