import * as l10n from '@vscode/l10n';
import { applyEdits, format } from 'jsonc-parser';
import { join } from 'node:path';
import { QuickPickItemKind, Uri, workspace, type WorkspaceFolder } from 'vscode';
import { functionLabel } from '../../core/functionIdentifier/label';
import { objectInLog } from '../../core/payload/jsonInLog';
import { sensitiveValues } from '../../core/payload/sensitive';
import { samplePath, type SampleEvent, sampleEvents } from '../../core/payload/samples';
import { unquoted } from '../../core/payload/selectedJson';
import { checkSyntax } from '../../core/payload/syntax';
import type { DeclaredFunctionRow } from '../contributions';
import type { PickRow, Ui } from '../ui/ui';
import { createWorkspaceFile, tellUnwritten } from '../writeWorkspaceFile';
import type { PayloadLibrary } from './payloadLibrary';
import { askForName } from './payloadName';
import type { TargetFunctions } from './targetFunctions';
import { writingTargets } from './targetsError';
import { ensureTarget } from './targetsFile';

interface NewPayload {
  readonly text: string;
  /** Offered, for the user to change. */
  readonly name: string;
  readonly folder: WorkspaceFolder | undefined;
  readonly functionIdentifier: string | undefined;
}

const empty = 'empty';

/** Lines of a log that one event may take. */
const mostLogLines = 2000;

/** The commands that make a payload. */
export class NewPayloads {
  constructor(
    private readonly library: Pick<PayloadLibrary, 'follow'>,
    private readonly functions: TargetFunctions,
    private readonly view: { reveal(file: Uri): Promise<void> },
    private readonly ui: Ui,
  ) {}

  /** Lambda: New Payload…: empty or a sample event, for the function of the row that the menu was opened on or any other. */
  async newPayload(argument?: unknown): Promise<void> {
    if (!this.ui.hasFolder(needsFolder())) return;
    const sample = await this.#pickSample();
    if (!sample) return;
    const { folder, functionIdentifier: named, ofStack } = targetOfRow(argument);
    const functionIdentifier =
      folder && named !== undefined && ofStack
        ? await this.functions.identify(folder, { functionName: named, ofStack })
        : named;
    if (ofStack && functionIdentifier === undefined) return;
    const text = sample === empty ? '{}\n' : await sampleText(sample);
    const name = sample === empty ? 'event' : sample.id;
    await this.#create({ text, name, folder, functionIdentifier });
  }

  /** Lambda: Save Selection as Payload…: JSON out of a log, a test or a document. */
  async saveSelection(): Promise<void> {
    if (!this.ui.hasFolder(needsFolder())) return;
    const { active } = this.ui;
    if (!active || active.selectedText === '') {
      this.ui.tell('information', l10n.t('Select the JSON to save as a payload first.'));
      return;
    }
    const text = payloadIn(active.selectedText, active.lineEnd);
    const folder = workspace.getWorkspaceFolder(active.uri);
    await this.#create({ text, name: 'event', folder, functionIdentifier: undefined });
  }

  /** Save Event as Payload…: of a failed event, else of the log line that has the cursor. */
  async saveEvent(event?: Pick<NewPayload, 'text' | 'functionIdentifier'>): Promise<void> {
    if (!this.ui.hasFolder(needsFolder())) return;
    const text = event?.text ?? this.#eventInLog();
    if (text === undefined) {
      const message = l10n.t(
        'There is no JSON object in this line. Put the cursor into one that has.',
      );
      this.ui.tell('information', message);
      return;
    }
    if (!(await this.#maySave(text))) return;
    const functionIdentifier = event?.functionIdentifier;
    await this.#create({ text, name: 'event', folder: undefined, functionIdentifier });
  }

  #eventInLog(): string | undefined {
    const { active } = this.ui;
    const selected = active?.selectedText ?? '';
    if (selected === '') return objectInLog(this.ui.linesFromCursor(mostLogLines));
    return objectInLog(selected.split(/\r\n?|\n/));
  }

  /** Whether the user wants a file of what looks like secrets or personal data. */
  async #maySave(text: string): Promise<boolean> {
    const found = sensitiveValues(text);
    if (found.length === 0) return true;
    const save = l10n.t('Save Anyway');
    const keys = found.map(({ key }) => key || l10n.t('(a value without a key)')).join(', ');
    const message = l10n.t('The event seems to hold secrets or personal data.');
    const detail = [
      l10n.t('Look at: {0}', keys),
      l10n.t('Payloads are files of your folder, which may be committed and shared.'),
    ];
    return (await this.ui.ask('warning', { message, detail }, save)) === save;
  }

  async #create(payload: NewPayload): Promise<void> {
    const folder = payload.folder ?? (await this.ui.pickWorkspaceFolder());
    if (!folder) return;
    const functionIdentifier =
      payload.functionIdentifier ??
      (await this.functions.pick(l10n.t('Select a function for the new payload'), folder));
    if (functionIdentifier === undefined) return;
    // A folder's name is a function of the connection; an ARN or an alias needs an entry of its own, too.
    const { name: functionName } = functionLabel(functionIdentifier);
    const place = Uri.joinPath(folder.uri, '.lambda', 'payloads', functionName);
    const title = l10n.t('Lambda: New Payload for {0}', functionIdentifier);
    const asked = { title, value: payload.name };
    const name = await askForName(Uri.joinPath(place, 'new'), asked, this.ui);
    if (name === undefined) return;
    const file = Uri.joinPath(place, `${name}.json`);
    const writing = await createWorkspaceFile(file, new TextEncoder().encode(payload.text));
    if (writing.kind !== 'written') {
      tellUnwritten(file, writing, this.ui);
      return;
    }
    await this.library.follow({ made: file });
    await writingTargets(this.ui, () => ensureTarget(file, { function: functionIdentifier }));
    await this.ui.show(file);
    await this.view.reveal(file);
  }

  async #pickSample(): Promise<SampleEvent | typeof empty | undefined> {
    interface SampleItem extends PickRow {
      readonly sample?: SampleEvent | typeof empty;
    }
    const items: SampleItem[] = [
      { label: l10n.t('Empty'), description: '{}', sample: empty },
      { label: l10n.t('Sample events'), kind: QuickPickItemKind.Separator },
      ...sampleEvents.map((sample) => ({
        label: sample.title,
        description: sample.description(),
        sample,
      })),
    ];
    const picked = await this.ui.pickRow(items, {
      title: l10n.t('Lambda: New Payload'),
      placeHolder: l10n.t('Start from'),
      matchOnDescription: true,
    });
    return picked?.sample;
  }
}

/** Of a function's row: where its payloads go. */
function targetOfRow(argument: unknown): Partial<DeclaredFunctionRow> {
  return typeof argument === 'object' && argument !== null ? argument : {};
}

function needsFolder(): string {
  return l10n.t('Payloads are files in a folder. Open a folder first.');
}

async function sampleText(sample: SampleEvent): Promise<string> {
  const bytes = await workspace.fs.readFile(
    Uri.file(join(import.meta.dirname, '..', samplePath(sample))),
  );
  return new TextDecoder().decode(bytes);
}

/** The selected JSON, indented anew; also what a quoted text of code or a log holds. Anything else stays as it is. */
function payloadIn(selected: string, eol: string): string {
  const json = [unquoted(selected), selected].find(
    (text) => text !== undefined && checkSyntax(text).value !== undefined,
  );
  if (json === undefined) return selected;
  const options = { insertSpaces: true, tabSize: 2, eol, insertFinalNewline: true };
  return applyEdits(json.trim(), format(json.trim(), undefined, options));
}
