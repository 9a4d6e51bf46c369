import { lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commands, ConfigurationTarget, window, workspace } from 'vscode';
import { contributes } from '../../package.json';

/**
 * Suites share a window, whose start takes longer than most of them. Resolves to what makes it as it is now: no editor,
 * no message, no invocation, the user's settings and the files of the workspace.
 */
export async function resetTo(): Promise<() => Promise<void>> {
  const [folder] = workspace.workspaceFolders ?? [];
  const root = folder?.uri.fsPath;
  const files = root === undefined ? undefined : await filesIn(root);
  return async () => {
    await commands.executeCommand('workbench.action.closeQuickOpen');
    // The other command would ask what to do with a change.
    while (window.activeTextEditor?.document.isDirty)
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('notifications.clearAll');
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
    await forgetUserSettings();
    if (root !== undefined && files) await restore(root, files);
  };
}

async function forgetUserSettings(): Promise<void> {
  const section = workspace.getConfiguration();
  for (const name of Object.keys(contributes.configuration.properties)) {
    if (section.inspect(name)?.globalValue !== undefined)
      await section.update(name, undefined, ConfigurationTarget.Global);
  }
}

/** The files in a folder, and what is in them; one that goes meanwhile, as the editor writes them, is none. */
async function filesIn(root: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const path of await readdir(root, { recursive: true })) {
    const file = join(root, path);
    const isFile = await lstat(file).then(
      (stats) => stats.isFile(),
      () => false,
    );
    const content = isFile ? await readFile(file).catch(() => undefined) : undefined;
    if (content) files.set(path, content);
  }
  return files;
}

/** Writes only what is not as it was: each file that is written is news for the editor. */
async function restore(root: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  const now = await filesIn(root);
  for (const path of now.keys()) {
    if (!files.has(path)) await rm(join(root, path), { force: true });
  }
  for (const [path, content] of files) {
    if (now.get(path)?.equals(content)) continue;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}
