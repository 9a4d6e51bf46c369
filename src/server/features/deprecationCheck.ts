import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Findings } from '../../migration/find';
import { mayHoldDeprecatedUse } from '../../migration/prefilter';
import type { Problem } from '../../core/problem';
import type { Finder } from '../finder/finder';
import type { Workspace } from '../workspace/workspace';
import type { Check } from './diagnostics';

/** Uses of the deprecated `InvokeAsync` in code, policies and command lines. */
export class DeprecationCheck implements Check {
  /** Why documents were skipped, by URI: told once, not with every keystroke. */
  readonly #skipped = new Map<string, string>();

  /** @param warn writes a line into the server's log */
  constructor(
    private readonly workspace: Workspace,
    private readonly finder: Finder,
    private readonly warn: (line: string) => void,
  ) {}

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    const { severity } = (await this.workspace.settings.of(document.uri)).deprecation;
    if (severity === 'off') return [];
    return (await this.find(document)).problems.map((use) =>
      use.code === 'deprecated.invoke-async' ? { ...use, severity } : use,
    );
  }

  /** The uses in a document as it stands, whatever the settings say. */
  async find(document: TextDocument): Promise<Findings> {
    const text = document.getText();
    if (!mayHoldDeprecatedUse(text)) return { problems: [] };
    const { uri, version, languageId } = document;
    const findings = await this.finder.find({ uri, version, languageId, text });
    this.#tell(uri, findings.skipped);
    return findings;
  }

  forget(uri: string): void {
    this.#skipped.delete(uri);
    this.finder.forget(uri);
  }

  #tell(uri: string, skipped: string | undefined): void {
    if (this.#skipped.get(uri) === skipped) return;
    if (skipped === undefined) this.#skipped.delete(uri);
    else {
      this.#skipped.set(uri, skipped);
      this.warn(l10n.t('{0} was not searched for InvokeAsync: {1}.', uri, skipped));
    }
  }
}
