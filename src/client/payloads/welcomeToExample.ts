import { type Memento, Uri, workspace } from 'vscode';
import { messageOf } from '../../core/messageOf';
import type { ViewId } from '../contributions';
import type { Ui } from '../ui/ui';
import { openedExample } from './openedExample';

const payloadsView = 'invokeAsync.payloads' satisfies ViewId;

/** In the window that the example was just opened in: shows its payloads, and its README beside them. */
export async function welcomeToExample(
  memory: Memento,
  ui: Pick<Ui, 'output' | 'run'>,
): Promise<void> {
  const opened = memory.get<string>(openedExample);
  if (opened === undefined) return;
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.toString() === opened);
  if (!folder) return;
  await memory.update(openedExample, undefined);
  try {
    await ui.run('markdown.showPreview', Uri.joinPath(folder.uri, 'README.md'));
    await ui.run(`${payloadsView}.focus`);
  } catch (error) {
    // Whoever has turned Markdown off in their editor has the example all the same.
    ui.output.warn(messageOf(error));
  }
}
