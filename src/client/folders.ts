import { RelativePattern, type Uri, window, workspace, type WorkspaceFolder } from 'vscode';

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

/** The path of a file in its workspace folder, separated by `/` on every system. */
export function pathInFolder(folder: WorkspaceFolder, uri: Uri): string {
  return uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
}

/** A glob that stays in one workspace folder. */
export function inFolder(folder: WorkspaceFolder, glob: string): RelativePattern {
  return new RelativePattern(folder, glob);
}
