import type { Connection } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { InvokeApi } from '../../core/invocation';
import { sizeProblem } from '../../core/payload/size';
import { checkSyntax } from '../../core/payload/syntax';
import type { Problem } from '../../core/problem';
import {
  checkPayload,
  type CheckPayloadParams,
  type CheckPayloadResult,
} from '../../protocol/messages';
import type { Workspace } from '../workspace';
import type { Check } from './diagnostics';

/** Payload files, and on request any text that is about to be sent. */
export class PayloadCheck implements Check {
  constructor(private readonly workspace: Workspace) {}

  register(connection: Connection): void {
    connection.onRequest(
      checkPayload,
      async ({ text, api }: CheckPayloadParams): Promise<CheckPayloadResult> =>
        payloadProblems(text, api),
    );
  }

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    if (!(await this.workspace.isPayload(document.uri))) return [];
    const target = await this.workspace.target(document.uri);
    const { api } = await this.workspace.settings(document.uri);
    return payloadProblems(document.getText(), target?.api ?? api);
  }
}

function payloadProblems(text: string, api: InvokeApi): readonly Problem[] {
  const tooLarge = sizeProblem(text, api);
  return [...(tooLarge ? [tooLarge] : []), ...checkSyntax(text).problems];
}
