import {
  type CodeAction,
  commands,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  languages,
  type Position,
  type Uri,
} from 'vscode';
import { eventually } from './eventually';

/** The problems of a file that are ours, once there are that many. */
export async function waitForProblems(uri: Uri, count: number): Promise<Diagnostic[]> {
  const found = () =>
    languages.getDiagnostics(uri).filter(({ source }) => source === 'invoke-async');
  return new Promise((resolve) => {
    const look = () => {
      if (found().length !== count) return;
      listening.dispose();
      resolve(found());
    };
    const listening = languages.onDidChangeDiagnostics(look);
    look();
  });
}

/** The quick fixes of a problem, at least one. The editor drops a request while another extension registers its own. */
export async function fixesOf(uri: Uri, problem: Diagnostic | undefined): Promise<CodeAction[]> {
  return eventually(
    () =>
      commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        problem?.range,
        'quickfix',
      ),
    ({ length }) => length > 0,
  );
}

/** What completes a text at a place, once a label is among it. */
export async function completions(
  uri: Uri,
  position: Position,
  label: string,
): Promise<CompletionItem[]> {
  return eventually(
    async () => {
      const { items } = await commands.executeCommand<CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        position,
      );
      return items;
    },
    (items) => items.some((item) => labelOf(item) === label),
  );
}

export function labelOf({ label }: CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

/** As a person names it: problems carry a link to the documentation. */
export function codeOf({ code }: Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}
