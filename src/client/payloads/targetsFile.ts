import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import { Uri, workspace, WorkspaceEdit, type WorkspaceFolder } from 'vscode';
import { parseTargets, targetOf } from '../../core/targets';
import { targetsPath } from '../../core/targetsPath';
import { difference, emptyTargets, type TargetChange, withTarget } from '../../core/targetsEdit';
import { rangeIn } from '../rangeIn';
import { pathInFolder } from './targetStore';

/** Sees to it that a payload has a target: writes an entry unless what stands there, or its folder, says the same. */
export async function ensureTarget(file: Uri, wanted: TargetChange): Promise<void> {
  const folder = workspace.getWorkspaceFolder(file);
  if (!folder) return;
  const path = pathInFolder(folder, file);
  await rewriteTargets(folder, (text) => {
    const current = targetOf(path, parseTargets(text));
    const { payloads: _, ...members } = wanted;
    const holds = isDeepStrictEqual({ ...current, ...members }, current);
    return holds ? text : withTarget(text, path, members);
  });
}

/**
 * Rewrites the `.lambda/targets.json` of a folder, making it where there is none, as one edit that can be undone. It is
 * saved, unless the user has changes of their own in it: those stay theirs to save. Rejects when it cannot be written.
 */
export async function rewriteTargets(
  folder: WorkspaceFolder,
  rewrite: (text: string) => string,
): Promise<void> {
  const uri = Uri.joinPath(folder.uri, targetsPath);
  if (!(await exists(uri))) {
    const text = rewrite(emptyTargets);
    if (text !== emptyTargets) await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return;
  }
  const document = await workspace.openTextDocument(uri);
  const before = document.getText();
  const change = difference(before, rewrite(before));
  if (!change) return;
  const wasDirty = document.isDirty;
  const edit = new WorkspaceEdit();
  edit.replace(uri, rangeIn(document, change.range), change.newText);
  const isWritten = (await workspace.applyEdit(edit)) && (wasDirty || (await document.save()));
  if (!isWritten) throw new Error(l10n.t('{0} could not be written.', targetsPath));
}

/** Whether there is a file or folder. */
export async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
