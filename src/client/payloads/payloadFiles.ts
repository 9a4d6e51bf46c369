import * as l10n from '@vscode/l10n';
import { commands, type Uri, ViewColumn, workspace } from 'vscode';
import { withPayloadMoved } from '../../core/targetsEdit';
import { askForName, freeName, isTaken, nameOf, sibling } from './payloadName';
import { moveEditors } from './moveEditors';
import { ensureTarget, rewriteTargets } from './targetsFile';
import { tellTargetsFault, TargetsError, writingTargets } from './targetsError';
import { pathInFolder } from './targetStore';
import type { Services } from '../services';
import { chosenPayload, chosenPayloads } from './chosenPayloads';
import { ask, tell } from '../ui/messages';
import { copyWorkspaceFile, moveWorkspaceFile, tellUnwritten } from '../writeWorkspaceFile';

/** Lambda: Rename Payload. An entry of its own in `.lambda/targets.json` follows it. */
export async function renamePayload(services: Services, argument?: unknown): Promise<void> {
  const file = chosenPayload(services, argument);
  if (!file || (await hasTargetsFault(services, file))) return;
  const name = await askForName(file, {
    title: l10n.t('Lambda: Rename Payload'),
    value: nameOf(file),
  });
  if (name !== undefined) await movePayload(services, file, sibling(file, name));
}

/**
 * Gives a payload another place, never over an existing file; editors that show it follow. `false` when it could not be
 * moved.
 */
export async function movePayload(services: Services, from: Uri, to: Uri): Promise<boolean> {
  if (from.toString() === to.toString()) return true;
  const name = workspace.asRelativePath(to);
  if (await isTaken(to, from)) {
    tell('error', l10n.t('{0} already exists.', name));
    return false;
  }
  const writing = await moveWorkspaceFile(from, to);
  if (writing.kind !== 'written') {
    tellUnwritten(to, writing);
    return false;
  }
  await moveEditors(from, to);
  await services.library.follow({ made: to, gone: from });
  const folder = workspace.getWorkspaceFolder(to);
  if (folder && folder === workspace.getWorkspaceFolder(from)) {
    const [before, after] = [pathInFolder(folder, from), pathInFolder(folder, to)];
    await writingTargets(() =>
      rewriteTargets(folder, (text) => withPayloadMoved(text, before, after)),
    );
  }
  return true;
}

/** Whether nobody can say where a payload goes, and so what is to follow it: the user is told. */
async function hasTargetsFault({ targets }: Services, file: Uri): Promise<boolean> {
  const reading = await targets.target(file);
  if (reading.kind === 'fault') tellTargetsFault(reading);
  return reading.kind === 'fault';
}

/** Lambda: Duplicate Payload. The copy has the same target. */
export async function duplicatePayload(
  services: Services,
  argument?: unknown,
  selection?: unknown,
): Promise<void> {
  for (const file of chosenPayloads(services, argument, selection)) {
    const copy = await copied(file);
    if (!copy) return;
    await services.library.follow({ made: copy });
    await writingTargets(async () => {
      const reading = await services.targets.target(file);
      if (reading.kind === 'fault') throw new TargetsError(reading);
      if (reading.target) await ensureTarget(copy, reading.target);
    });
    await services.payloadsView.reveal(copy);
  }
}

/** The copy of a file under the first name that is free; `undefined` when there is none, which the user is told. */
async function copied(file: Uri): Promise<Uri | undefined> {
  for (;;) {
    const copy = await freeName(file);
    const writing = await copyWorkspaceFile(file, copy);
    if (writing.kind === 'written') return copy;
    // Somebody has taken the name meanwhile: there is another.
    if (writing.kind !== 'exists') {
      tellUnwritten(copy, writing);
      return undefined;
    }
  }
}

/** Lambda: Delete Payload: to the trash, where there is one. */
export async function deletePayload(
  services: Services,
  argument?: unknown,
  selection?: unknown,
): Promise<void> {
  const files = chosenPayloads(services, argument, selection);
  if (files.length === 0) return;
  const useTrash = workspace.getConfiguration('files').get('enableTrash', true);
  if (!(await confirmed(files, useTrash))) return;
  for (const file of files) await deleteFile(file, useTrash);
}

async function deleteFile(file: Uri, useTrash: boolean): Promise<void> {
  try {
    await workspace.fs.delete(file, { useTrash });
  } catch (error) {
    // A remote machine has no trash: that is another question.
    if (!useTrash) throw error;
    if (await confirmed([file], false)) await workspace.fs.delete(file);
  }
}

/** The editor's own question, which a setting of the Explorer turns off; never for what cannot be undone. */
async function confirmed(files: readonly Uri[], useTrash: boolean): Promise<boolean> {
  const asks = workspace.getConfiguration('explorer').get('confirmDelete', true);
  if (useTrash && !asks) return true;
  const button = useTrash ? l10n.t('Move to Trash') : l10n.t('Delete');
  const detail = useTrash
    ? l10n.t('You can restore it from the trash.')
    : l10n.t('This cannot be undone.');
  const asked = { message: question(files, useTrash), detail: [detail] };
  return (await ask('warning', asked, button)) === button;
}

function question(files: readonly Uri[], useTrash: boolean): string {
  const [file, ...others] = files;
  if (file && others.length === 0) {
    const name = `${nameOf(file)}.json`;
    return useTrash ? l10n.t("Delete '{0}'?", name) : l10n.t("Delete '{0}' permanently?", name);
  }
  return useTrash
    ? l10n.t('Delete {0} payloads?', files.length)
    : l10n.t('Delete {0} payloads permanently?', files.length);
}

/** Lambda: Reveal in Explorer View. */
export async function revealPayload(services: Services, argument?: unknown): Promise<void> {
  const file = chosenPayload(services, argument);
  if (file) await commands.executeCommand('revealInExplorer', file);
}

/** Lambda: Copy Path. */
export async function copyPayloadPath(services: Services, argument?: unknown): Promise<void> {
  const file = chosenPayload(services, argument);
  if (file) await commands.executeCommand('copyFilePath', file);
}

/** Lambda: Open to the Side. */
export async function openPayloadToSide(
  services: Services,
  argument?: unknown,
  selection?: unknown,
): Promise<void> {
  for (const file of chosenPayloads(services, argument, selection)) {
    await commands.executeCommand('vscode.open', file, ViewColumn.Beside);
  }
}
