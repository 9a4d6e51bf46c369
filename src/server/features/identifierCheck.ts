import type { TextDocument } from 'vscode-languageserver-textdocument';
import { documentProblems } from '../../core/functionIdentifier/documentProblems';
import { identifierProblems } from '../../core/functionIdentifier/problems';
import type { Problem, Severity } from '../../core/problem';
import { parseTargets } from '../../core/targets';
import { targetsPath } from '../../core/target';
import type { Workspace } from '../workspace/workspace';
import type { Check } from './diagnostics';

/** Function identifiers: every `function` of `.lambda/targets.json`, and ARNs in any other document. */
export class IdentifierCheck implements Check {
  constructor(private readonly workspace: Workspace) {}

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    const { identifiers } = await this.workspace.settings.of(document.uri);
    if (!identifiers.enable) return [];
    const found =
      this.workspace.folders.place(document.uri)?.path === targetsPath
        ? targetProblems(document.getText())
        : documentProblems(document.getText(), document.languageId);
    return found.map((problem) => ({
      ...problem,
      severity: milder(problem.severity, identifiers.severity),
    }));
  }
}

function targetProblems(text: string): Problem[] {
  return parseTargets(text).flatMap(({ target, ranges }) => {
    if (!ranges.function) return [];
    return identifierProblems(text.slice(ranges.function.start, ranges.function.end), {
      offset: ranges.function.start,
      isTarget: true,
      ...(target.region === undefined ? {} : { region: target.region }),
    });
  });
}

const mildestFirst: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

function milder(a: Severity, b: Severity): Severity {
  return mildestFirst[Math.min(mildestFirst.indexOf(a), mildestFirst.indexOf(b))] ?? a;
}
