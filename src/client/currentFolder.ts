import { type Uri, window, workspace, type WorkspaceFolder } from 'vscode';

/** The workspace folder of a file; for what lies in none, the one that the status bar tells of. */
export function folderFor(file: Uri | undefined): WorkspaceFolder | undefined {
  return folderOf(file) ?? currentFolder();
}

/** The folder that the user is in: of the file in the editor, else the first. */
export function currentFolder(): WorkspaceFolder | undefined {
  return folderOf(window.activeTextEditor?.document.uri) ?? workspace.workspaceFolders?.[0];
}

function folderOf(file: Uri | undefined): WorkspaceFolder | undefined {
  return file && workspace.getWorkspaceFolder(file);
}
