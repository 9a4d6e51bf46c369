import {
  Selection,
  TabInputText,
  type TextEditor,
  TextEditorRevealType,
  type Uri,
  ViewColumn,
  window,
} from 'vscode';

// A chunk of its own: few windows need it.

/** Opens a page in the column of those that have its scheme, else beside the editor that has the focus, which keeps it. */
export async function showBeside(page: Uri): Promise<void> {
  const column = window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.scheme === page.scheme),
  )?.viewColumn;
  await window.showTextDocument(page, {
    viewColumn: column ?? ViewColumn.Beside,
    preserveFocus: true,
    preview: true,
  });
}

/** How long the editor may take to show the output, in milliseconds. */
const outputWaitMs = 3000;

/** Selects the last line with a text of our output, which is being shown. Whether there is one. */
export async function selectInOutput(text: string): Promise<boolean> {
  const editor = await outputEditor();
  const at = editor?.document.getText().lastIndexOf(text) ?? -1;
  if (!editor || at < 0) return false;
  const { range } = editor.document.lineAt(editor.document.positionAt(at));
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}

/** The output counts as one of the visible editors, once it is there. */
async function outputEditor(): Promise<TextEditor | undefined> {
  const shown = () => window.visibleTextEditors.find(({ document }) => isOurOutput(document.uri));
  return (
    shown() ??
    new Promise((resolve) => {
      const look = () => {
        listening.dispose();
        clearTimeout(timer);
        resolve(shown());
      };
      const listening = window.onDidChangeVisibleTextEditors(() => shown() && look());
      const timer = setTimeout(look, outputWaitMs);
    })
  );
}

function isOurOutput({ scheme, path }: Uri): boolean {
  return scheme === 'output' && path.includes('Lambda Invoke Async');
}
