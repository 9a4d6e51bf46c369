import { type Memento, Uri, workspace } from 'vscode';
import type { Ui } from '../ui/ui';

/** The address of the folder that was opened by Lambda: Open Example…, until its window has started. */
export const openedExample = 'openedExample';

/** In the window that the example was just opened in: shows its payloads, and its README beside them. */
export async function welcomeToExample(memory: Memento, ui: Pick<Ui, 'run'>): Promise<void> {
  const opened = memory.get<string>(openedExample);
  if (opened === undefined) return;
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.toString() === opened);
  if (!folder) return;
  await memory.update(openedExample, undefined);
  await ui.run('markdown.showPreview', Uri.joinPath(folder.uri, 'README.md'));
  await ui.run('invokeAsync.payloads.focus');
}
