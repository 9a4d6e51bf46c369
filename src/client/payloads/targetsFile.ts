import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import { type TextDocument, Uri, workspace, WorkspaceEdit, type WorkspaceFolder } from 'vscode';
import { fileLimitBytes } from '../../core/fileLimits';
import { parseTargets, targetOf } from '../../core/targets';
import { targetsPath } from '../../core/target';
import { readTargets } from '../../core/targetsReading';
import { difference, emptyTargets, type TargetChange, withTarget } from '../../core/targetsEdit';
import { unreadText } from '../../files/fileReading';
import { type FileWriting, unwrittenText } from '../../files/fileWriting';
import { utf8Text } from '../../files/utf8Text';
import { pathInFolder } from '../folders';
import { InTurn } from './inTurn';
import { rangeIn } from '../rangeIn';
import { readWorkspaceFile } from '../readWorkspaceFile';
import { createWorkspaceFile, replaceWorkspaceFile } from '../writeWorkspaceFile';
import { TargetsError } from './targetsError';
import { targetsOf } from './targetStore';

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

const inTurn = new InTurn();

/** As often as another window may come first before somebody is told. */
const mostTries = 20;

/**
 * Rewrites the `.lambda/targets.json` of a folder, making it where there is none, from what stands in it when its turn
 * comes. Where the user has changes of their own in it, it becomes one of them, theirs to save; else it is written,
 * unless another window has written meanwhile: then it begins again.
 * @throws {TargetsError} when there is an error in it, which is left as it is
 * @throws {Error} when it cannot be written
 */
export async function rewriteTargets(
  folder: WorkspaceFolder,
  rewrite: (text: string) => string,
): Promise<void> {
  const uri = Uri.joinPath(folder.uri, targetsPath);
  await inTurn.run(uri.toString(), async () => {
    for (let tries = 1; ; tries++) {
      const document = workspace.textDocuments.find(
        (open) => open.isDirty && open.uri.toString() === uri.toString(),
      );
      const writing = document
        ? await rewriteDocument(document, rewrite)
        : await rewriteFile(uri, rewrite);
      if (writing.kind === 'written') return;
      const isOvertaken = writing.kind === 'changed' || writing.kind === 'exists';
      if (!isOvertaken || tries === mostTries) throw new Error(unwrittenText(writing));
    }
  });
}

async function rewriteFile(uri: Uri, rewrite: (text: string) => string): Promise<FileWriting> {
  const reading = await readWorkspaceFile(uri, fileLimitBytes.targets);
  if (reading.kind === 'missing') {
    const text = rewrite(emptyTargets);
    return text === emptyTargets ? { kind: 'written' } : createWorkspaceFile(uri, encoded(text));
  }
  if (reading.kind !== 'content') throw unusable(uri, unreadText(reading));
  const before = decoded(uri, reading.bytes);
  const mark = before.startsWith(byteOrderMark) ? byteOrderMark : '';
  const after = mark + rewritten(uri, before.slice(mark.length), rewrite);
  if (after === before) return { kind: 'written' };
  return replaceWorkspaceFile(uri, reading.bytes, encoded(after));
}

const byteOrderMark = '\ufeff';

async function rewriteDocument(
  document: TextDocument,
  rewrite: (text: string) => string,
): Promise<FileWriting> {
  const before = document.getText();
  const change = difference(before, rewritten(document.uri, before, rewrite));
  if (!change) return { kind: 'written' };
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, rangeIn(document, change.range), change.newText);
  return { kind: (await workspace.applyEdit(edit)) ? 'written' : 'changed' };
}

/** @throws {TargetsError} when the text has an error: what the user was about to write in it must not be lost. */
function rewritten(uri: Uri, text: string, rewrite: (text: string) => string): string {
  const targets = targetsOf(uri, text, readTargets(text));
  if (targets.kind === 'fault') throw new TargetsError(targets);
  return rewrite(text);
}

function unusable(uri: Uri, reason: string): TargetsError {
  return new TargetsError({ kind: 'fault', uri, reason, selection: undefined });
}

/** @throws {TargetsError} for what would not be written back as it is */
function decoded(uri: Uri, bytes: Uint8Array): string {
  const text = utf8Text(bytes);
  if (text === undefined) throw unusable(uri, l10n.t('It is not UTF-8 text.'));
  return text;
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
