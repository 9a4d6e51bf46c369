import * as l10n from '@vscode/l10n';
import { type Uri, ViewColumn, workspace } from 'vscode';
import { withPayloadMoved } from '../../core/targetsEdit';
import { pathInFolder } from '../folders';
import type { Ui } from '../ui/ui';
import { copyWorkspaceFile, moveWorkspaceFile, tellUnwritten } from '../writeWorkspaceFile';
import { nameOf, type PayloadLibrary } from './payloadLibrary';
import { askForName, freeName, isTaken, sibling } from './payloadName';
import type { PayloadSelection } from './payloadSelection';
import { tellTargetsFault, TargetsError, writingTargets } from './targetsError';
import { ensureTarget, rewriteTargets } from './targetsFile';
import type { TargetStore } from './targetStore';

/** The commands on payload files. An entry of a file in `.lambda/targets.json` follows it. */
export class PayloadFiles {
  constructor(
    private readonly selection: PayloadSelection,
    private readonly library: Pick<PayloadLibrary, 'follow'>,
    private readonly targets: Pick<TargetStore, 'target'>,
    private readonly view: { reveal(file: Uri): Promise<void> },
    private readonly ui: Pick<Ui, 'ask' | 'askForText' | 'offer' | 'run' | 'tell'>,
    /** Has the editors of a file that was moved show it at its new place. */
    private readonly moveEditors: (from: Uri, to: Uri) => Promise<void>,
  ) {}

  /** Lambda: Rename Payload. */
  async rename(argument?: unknown): Promise<void> {
    const file = this.selection.file(argument);
    if (!file || (await this.#hasTargetsFault(file))) return;
    const title = l10n.t('Lambda: Rename Payload');
    const name = await askForName(file, { title, value: nameOf(file) }, this.ui);
    if (name !== undefined) await this.move(file, sibling(file, name));
  }

  /**
   * Gives a payload another place, never over an existing file; editors that show it follow. `false` when it could not be
   * moved.
   */
  async move(from: Uri, to: Uri): Promise<boolean> {
    if (from.toString() === to.toString()) return true;
    const name = workspace.asRelativePath(to);
    if (await isTaken(to, from)) {
      this.ui.tell('error', l10n.t('{0} already exists.', name));
      return false;
    }
    const writing = await moveWorkspaceFile(from, to);
    if (writing.kind !== 'written') {
      tellUnwritten(to, writing, this.ui);
      return false;
    }
    await this.moveEditors(from, to);
    await this.library.follow({ made: to, gone: from });
    const folder = workspace.getWorkspaceFolder(to);
    if (folder && folder === workspace.getWorkspaceFolder(from)) {
      const [before, after] = [pathInFolder(folder, from), pathInFolder(folder, to)];
      await writingTargets(this.ui, () =>
        rewriteTargets(folder, (text) => withPayloadMoved(text, before, after)),
      );
    }
    return true;
  }

  /** Lambda: Duplicate Payload. The copy has the same target. */
  async duplicate(argument?: unknown, selection?: unknown): Promise<void> {
    for (const file of this.selection.files(argument, selection)) {
      const copy = await this.#copied(file);
      if (!copy) return;
      await this.library.follow({ made: copy });
      await writingTargets(this.ui, async () => {
        const reading = await this.targets.target(file);
        if (reading.kind === 'fault') throw new TargetsError(reading);
        if (reading.target) await ensureTarget(copy, reading.target);
      });
      await this.view.reveal(copy);
    }
  }

  /** Lambda: Delete Payload: to the trash, where there is one. */
  async delete(argument?: unknown, selection?: unknown): Promise<void> {
    const files = this.selection.files(argument, selection);
    if (files.length === 0) return;
    const useTrash = workspace.getConfiguration('files').get('enableTrash', true);
    if (!(await this.#isConfirmed(files, useTrash))) return;
    const left: Uri[] = [];
    for (const file of files) {
      try {
        await workspace.fs.delete(file, { useTrash });
      } catch (error) {
        if (!useTrash) throw error;
        left.push(file);
      }
    }
    // A remote machine has no trash: that is another question, and one for all of them.
    if (left.length === 0 || !(await this.#isConfirmed(left, false))) return;
    for (const file of left) await workspace.fs.delete(file);
  }

  /** Lambda: Reveal in Explorer View. */
  async reveal(argument?: unknown): Promise<void> {
    const file = this.selection.file(argument);
    if (file) await this.ui.run('revealInExplorer', file);
  }

  /** Lambda: Copy Path. */
  async copyPath(argument?: unknown): Promise<void> {
    const file = this.selection.file(argument);
    if (file) await this.ui.run('copyFilePath', file);
  }

  /** Lambda: Open to the Side. */
  async openToSide(argument?: unknown, selection?: unknown): Promise<void> {
    for (const file of this.selection.files(argument, selection)) {
      await this.ui.run('vscode.open', file, ViewColumn.Beside);
    }
  }

  /** Whether nobody can say where a payload goes, and so what is to follow it: the user is told. */
  async #hasTargetsFault(file: Uri): Promise<boolean> {
    const reading = await this.targets.target(file);
    if (reading.kind === 'fault') tellTargetsFault(reading, this.ui);
    return reading.kind === 'fault';
  }

  /** The copy of a file under the first name that is free; `undefined` when there is none, which the user is told. */
  async #copied(file: Uri): Promise<Uri | undefined> {
    for (;;) {
      const copy = await freeName(file);
      const writing = await copyWorkspaceFile(file, copy);
      if (writing.kind === 'written') return copy;
      // Somebody has taken the name meanwhile: there is another.
      if (writing.kind !== 'exists') {
        tellUnwritten(copy, writing, this.ui);
        return undefined;
      }
    }
  }

  /** The editor's own question, which a setting of the Explorer turns off; never for what cannot be undone. */
  async #isConfirmed(files: readonly Uri[], useTrash: boolean): Promise<boolean> {
    const asks = workspace.getConfiguration('explorer').get('confirmDelete', true);
    if (useTrash && !asks) return true;
    const button = useTrash ? l10n.t('Move to Trash') : l10n.t('Delete');
    const detail = useTrash
      ? l10n.t('You can restore it from the trash.')
      : l10n.t('This cannot be undone.');
    const asked = { message: question(files, useTrash), detail: [detail] };
    return (await this.ui.ask('warning', asked, button)) === button;
  }
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
