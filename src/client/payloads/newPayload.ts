import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import {
  EndOfLine,
  QuickPickItemKind,
  type TextDocument,
  Uri,
  window,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import { applyEdits, format } from 'jsonc-parser';
import { parseFunctionIdentifier } from '../../core/functionIdentifier/parse';
import { samplePath, type SampleEvent, sampleEvents } from '../../core/payload/samples';
import { checkSyntax } from '../../core/payload/syntax';
import { hasFolder } from '../ui/openFolder';
import { pickTargetFunction } from './pickTargetFunction';
import { askForName } from './payloadName';
import { writingTargets } from './targetsError';
import { ensureTarget } from './targetsFile';
import type { Services } from '../services';
import { tell } from '../ui/messages';
import { type PickRow, pickRow } from '../ui/pick';
import { createWorkspaceFile, tellUnwritten } from '../writeWorkspaceFile';

/** Lambda: New Payload…: empty or a sample event, for the function of the row that the menu was opened on or any other. */
export async function newPayload(services: Services, argument?: unknown): Promise<void> {
  if (!hasFolder(needsFolder())) return;
  const sample = await pickSample();
  if (!sample) return;
  const { folder, functionIdentifier } = placeOf(argument);
  const text = sample === empty ? '{}\n' : await sampleText(sample);
  const name = sample === empty ? 'event' : sample.id;
  await createPayload(services, { text, name, folder, functionIdentifier });
}

/** Lambda: Save Selection as Payload…: JSON out of a log, a test or a document. */
export async function savePayload(services: Services): Promise<void> {
  if (!hasFolder(needsFolder())) return;
  const editor = window.activeTextEditor;
  if (!editor || editor.selection.isEmpty) {
    tell('information', l10n.t('Select the JSON to save as a payload first.'));
    return;
  }
  const text = payloadIn(editor.document, editor.document.getText(editor.selection));
  const folder = workspace.getWorkspaceFolder(editor.document.uri);
  await createPayload(services, { text, name: 'event', folder, functionIdentifier: undefined });
}

interface NewPayload {
  readonly text: string;
  /** Offered, for the user to change. */
  readonly name: string;
  readonly folder: WorkspaceFolder | undefined;
  readonly functionIdentifier: string | undefined;
}

async function createPayload(services: Services, payload: NewPayload): Promise<void> {
  const folder = payload.folder ?? (await pickFolder());
  if (!folder) return;
  const functionIdentifier =
    payload.functionIdentifier ??
    (await pickTargetFunction(services, {
      title: l10n.t('Select a function for the new payload'),
      folder,
    }));
  if (functionIdentifier === undefined) return;
  const place = Uri.joinPath(folder.uri, '.lambda', 'payloads', folderName(functionIdentifier));
  const name = await askForName(Uri.joinPath(place, 'new'), {
    title: l10n.t('Lambda: New Payload for {0}', functionIdentifier),
    value: payload.name,
  });
  if (name === undefined) return;
  const file = Uri.joinPath(place, `${name}.json`);
  const writing = await createWorkspaceFile(file, new TextEncoder().encode(payload.text));
  if (writing.kind !== 'written') {
    tellUnwritten(file, writing);
    return;
  }
  await services.library.follow({ made: file });
  await writingTargets(() => ensureTarget(file, { function: functionIdentifier }));
  await window.showTextDocument(file);
  await services.payloadsView.reveal(file);
}

/** A folder's name is a function of the connection; an ARN or an alias needs an entry of its own, too. */
function folderName(functionIdentifier: string): string {
  const parsed = parseFunctionIdentifier(functionIdentifier);
  return parsed.ok ? parsed.identifier.name.text : functionIdentifier;
}

/** Of a function's row: where its payloads go. */
function placeOf(argument: unknown): Pick<NewPayload, 'folder' | 'functionIdentifier'> {
  if (typeof argument !== 'object' || argument === null) {
    return { folder: undefined, functionIdentifier: undefined };
  }
  const { folder, functionIdentifier } = argument as Partial<NewPayload>;
  return { folder, functionIdentifier };
}

function needsFolder(): string {
  return l10n.t('Payloads are files in a folder. Open a folder first.');
}

async function pickFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  return folders.length > 1 ? window.showWorkspaceFolderPick() : folders[0];
}

const empty = 'empty';

async function pickSample(): Promise<SampleEvent | typeof empty | undefined> {
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
  const picked = await pickRow(items, {
    title: l10n.t('Lambda: New Payload'),
    placeHolder: l10n.t('Start from'),
    matchOnDescription: true,
  });
  return picked?.sample;
}

async function sampleText(sample: SampleEvent): Promise<string> {
  const bytes = await workspace.fs.readFile(
    Uri.file(join(import.meta.dirname, '..', samplePath(sample))),
  );
  return new TextDecoder().decode(bytes);
}

/** The selected JSON, indented anew; also what a quoted text of code or a log holds. Anything else stays as it is. */
function payloadIn(document: TextDocument, selected: string): string {
  const json = [unquoted(selected), selected].find(
    (text) => text !== undefined && checkSyntax(text).value !== undefined,
  );
  if (json === undefined) return selected;
  const eol = document.eol === EndOfLine.CRLF ? '\r\n' : '\n';
  const options = { insertSpaces: true, tabSize: 2, eol, insertFinalNewline: true };
  return applyEdits(json.trim(), format(json.trim(), undefined, options));
}

function unquoted(text: string): string | undefined {
  const { value } = checkSyntax(text.trim());
  return typeof value === 'string' ? value : undefined;
}
