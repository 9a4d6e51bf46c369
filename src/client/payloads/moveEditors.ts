import {
  commands,
  type Tab,
  TabInputText,
  type Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import { rangeIn } from '../rangeIn';

/** Has the editors of a file that was moved show it at its new place, with what was not saved in them. */
export async function moveEditors(from: Uri, to: Uri): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) =>
    group.tabs.filter((tab) => shows(tab, from)),
  );
  if (tabs.length === 0) return;
  const unsaved = workspace.textDocuments.find(
    (document) => document.isDirty && isAt(document.uri, from),
  );
  if (unsaved && !(await carryText(unsaved.getText(), to))) return;
  for (const tab of tabs) await moveTab(tab, from, to);
}

async function moveTab(tab: Tab, from: Uri, to: Uri): Promise<void> {
  const { viewColumn } = tab.group;
  const old = window.visibleTextEditors.find(
    (editor) => editor.viewColumn === viewColumn && isAt(editor.document.uri, from),
  );
  const options = { viewColumn, preserveFocus: true, preview: tab.isPreview };
  if (tab.isDirty) {
    // It would ask whether to save where the file no longer is.
    await window.showTextDocument(from, { viewColumn });
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await window.showTextDocument(to, old ? { ...options, selection: old.selection } : options);
  const left = window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((one) => shows(one, from));
  await window.tabGroups.close(
    left.filter(({ group }) => group.viewColumn === viewColumn),
    true,
  );
}

async function carryText(text: string, to: Uri): Promise<boolean> {
  const document = await workspace.openTextDocument(to);
  const edit = new WorkspaceEdit();
  edit.replace(to, rangeIn(document, { start: 0, end: document.getText().length }), text);
  return workspace.applyEdit(edit);
}

function shows({ input }: Tab, file: Uri): boolean {
  return input instanceof TabInputText && isAt(input.uri, file);
}

function isAt(uri: Uri, file: Uri): boolean {
  return uri.toString() === file.toString();
}
