import type { TextDocument } from 'vscode-languageserver-textdocument';
import { mayHoldDeprecatedUse } from '../../core/deprecation/prefilter';
import type { DeprecatedUse } from '../../core/deprecation/use';
import type { Problem } from '../../core/problem';
import type { Finder } from '../finder';
import type { Workspace } from '../workspace';
import type { Check } from './diagnostics';

/** Uses of the deprecated `InvokeAsync` in code, policies and command lines. */
export class DeprecationCheck implements Check {
  constructor(
    private readonly workspace: Workspace,
    private readonly finder: Finder,
  ) {}

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    const { severity } = (await this.workspace.settings(document.uri)).deprecation;
    if (severity === 'off') return [];
    return (await this.uses(document)).map((use) =>
      use.code === 'deprecated.invoke-async' ? { ...use, severity } : use,
    );
  }

  /** The uses in a document as it stands, whatever the settings say. */
  async uses(document: TextDocument): Promise<readonly DeprecatedUse[]> {
    const text = document.getText();
    if (!mayHoldDeprecatedUse(text)) return [];
    const { uri, version, languageId } = document;
    return (await this.finder.find({ uri, version, languageId, text })).problems;
  }

  forget(uri: string): void {
    this.finder.forget(uri);
  }
}
