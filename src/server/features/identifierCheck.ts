import type { TextDocument } from 'vscode-languageserver-textdocument';
import { documentProblems } from '../../core/functionIdentifier/documentProblems';
import type { Problem, Severity } from '../../core/problem';
import { targetsPath } from '../../core/target';
import { targetIdentifierProblems } from '../../core/targetIdentifiers';
import type { Workspace } from '../workspace/workspace';
import type { Check } from './diagnostics';

/** Function identifiers: every `function` and `region` of `.lambda/targets.json`, and ARNs in any other document. */
export class IdentifierCheck implements Check {
  constructor(private readonly workspace: Workspace) {}

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    const { identifiers } = await this.workspace.settings.of(document.uri);
    if (!identifiers.enable) return [];
    const { path = nameOf(document.uri) } = this.workspace.folders.place(document.uri) ?? {};
    const found =
      path === targetsPath
        ? targetIdentifierProblems(document.getText())
        : documentProblems(document.getText(), document.languageId, { path });
    return found.map((problem) => ({
      ...problem,
      severity: milder(problem.severity, identifiers.severity),
    }));
  }
}

/** Of a document in no workspace folder, the folders say nothing. */
const nameOf = (uri: string) => uri.slice(uri.lastIndexOf('/') + 1);

const mildestFirst: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

function milder(a: Severity, b: Severity): Severity {
  return mildestFirst[Math.min(mildestFirst.indexOf(a), mildestFirst.indexOf(b))] ?? a;
}
