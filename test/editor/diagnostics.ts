import { type Diagnostic, languages, type Uri } from 'vscode';

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

/** As a person names it: problems carry a link to the documentation. */
export function codeOf({ code }: Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}
