import type { TextDocument } from 'vscode-languageserver-textdocument';
import { eventLinesProblems } from '../../core/payload/eventLinesProblems';
import type { Problem } from '../../core/problem';
import type { Workspace } from '../workspace/workspace';
import type { Check } from './diagnostics';

/** Event files: each line is a payload of its own. */
export class EventLinesCheck implements Check {
  constructor(private readonly workspace: Workspace) {}

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    const { uri, version } = document;
    if (!(await this.workspace.isEventFile(uri))) return [];
    const target = await this.workspace.targets.targetOf(uri);
    const { api } = await this.workspace.settings.of(uri);
    // What is found in a text that has changed meanwhile is of no use to anybody.
    const isOutdated = () => document.version !== version;
    return eventLinesProblems(document.getText(), target?.api ?? api, isOutdated);
  }
}
