import * as l10n from '@vscode/l10n';
import { type Uri, workspace } from 'vscode';
import type { InvokeApi } from '../../core/invocation/outcome';
import { maySend } from '../../files/eventFileCheck';
import { EventFile } from '../../files/eventLines';
import type { Ui } from '../ui/ui';

/** The editor's languages of event files and of arrays. */
const jsonLines = 'jsonl';
const json = 'json';

/** Finds the file to send event by event: the one that is named, that is open, or that the user picks. */
export class EventFileChoice {
  constructor(private readonly ui: Pick<Ui, 'active' | 'ask' | 'pickRow' | 'tell'>) {}

  /** A saved file of this computer. `undefined` when the user cancelled, or was told why there is none. */
  async choose(given: Uri | undefined): Promise<Uri | undefined> {
    const file = given ?? this.#active(jsonLines) ?? (await this.#pick());
    return file && this.#asOnDisk(file);
  }

  /** The same for a file with a JSON array; without one that is named or open, there is none. */
  async chooseArray(given: Uri | undefined): Promise<Uri | undefined> {
    const file = given ?? this.#active(json);
    if (file) return this.#asOnDisk(file);
    this.ui.tell('information', l10n.t('Open a JSON file that contains an array first.'));
    return undefined;
  }

  /** What a process of its own can read. `undefined` when there is no such file. */
  async #asOnDisk(file: Uri): Promise<Uri | undefined> {
    if (file.scheme !== 'file') {
      this.ui.tell(
        'error',
        l10n.t('Only a file on this computer can be sent as separate events. Save it there first.'),
      );
      return undefined;
    }
    return (await this.#isSaved(file)) ? file : undefined;
  }

  #active(languageId: string): Uri | undefined {
    const { active } = this.ui;
    return active?.languageId === languageId ? active.uri : undefined;
  }

  async #pick(): Promise<Uri | undefined> {
    const found = await workspace.findFiles('**/*.{jsonl,ndjson}', '**/node_modules/**', 1000);
    const rows = found
      .map((uri) => ({ icon: 'json', label: workspace.asRelativePath(uri), uri }))
      .toSorted((a, b) => a.label.localeCompare(b.label));
    if (rows.length === 0) {
      this.ui.tell(
        'information',
        l10n.t(
          'No event files found. An event file is a JSON Lines file (.jsonl, .ndjson): one event on each line.',
        ),
      );
      return undefined;
    }
    const picked = await this.ui.pickRow(rows, {
      title: l10n.t('Lambda: Event File'),
      placeHolder: l10n.t('The file whose lines to send'),
    });
    return picked?.uri;
  }

  /** What is sent is what is on disk: what stands in the editor alone has to be saved. */
  async #isSaved(file: Uri): Promise<boolean> {
    const open = workspace.textDocuments.find((one) => one.uri.toString() === file.toString());
    if (!open?.isDirty) return true;
    const save = l10n.t('Save and Continue');
    const message = l10n.t('{0} has unsaved changes.', workspace.asRelativePath(file));
    const detail = [l10n.t('The file is sent as it is on disk.')];
    return (await this.ui.ask('warning', { message, detail }, save)) === save && open.save();
  }
}

/** The text of the first line that can be sent; `undefined` when there is none any more. */
export async function firstEvent({ fsPath }: Uri, api: InvokeApi): Promise<string | undefined> {
  const file = await EventFile.open(fsPath);
  if (!(file instanceof EventFile)) return undefined;
  try {
    for await (const lines of file.lines()) {
      const first = lines.find((line) => maySend(line, api));
      if (first?.bytes) return Buffer.from(first.bytes).toString();
    }
    return undefined;
  } finally {
    await file.close();
  }
}
