import * as l10n from '@vscode/l10n';
import { type TextDocument, type Uri, workspace } from 'vscode';
import { fileLimitBytes } from '../../core/fileLimits';
import { functionLabel } from '../../core/functionIdentifier/label';
import { plainJson, type PlainJson } from '../../core/payload/plainJson';
import { checkSyntax } from '../../core/payload/syntax';
import { type Unread, unreadText } from '../../files/fileReading';
import { utf8Text } from '../../files/utf8Text';
import { folderFor } from '../folders';
import type { EnvironmentChoice } from '../payloads/environmentChoice';
import type { PayloadLibrary } from '../payloads/payloadLibrary';
import { TargetsError } from '../payloads/targetsError';
import type { TargetStore } from '../payloads/targetStore';
import type { PickRow, Ui } from '../ui/ui';
import { readWorkspaceFile } from '../readWorkspaceFile';
import type { Payload } from './invocation';
import type { InvokeArguments } from './invokeArguments';

/** Why a payload cannot be read, in words for people. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
}

type PickedPayload =
  | Required<Pick<InvokeArguments, 'uri'>>
  | Required<Pick<InvokeArguments, 'payload'>>;

const typed = 'typed';

/** Finds the event to send: the one that is named, that is open, or that the user picks or types. */
export class PayloadChoice {
  constructor(
    private readonly library: Pick<PayloadLibrary, 'payloads'>,
    private readonly targets: Pick<TargetStore, 'target'>,
    private readonly environments: Pick<EnvironmentChoice, 'isSettled'>,
    private readonly ui: Pick<Ui, 'active' | 'askForText' | 'pickRow'>,
  ) {}

  /**
   * The payload: as the arguments say (text of its own still belongs to the file that is named with it), else the active
   * JSON editor, else one of the saved payloads, else typed JSON. `undefined` when the user cancelled.
   * @throws {PayloadError} when the file cannot be read.
   * @throws {TargetsError} when nobody can say where it goes.
   */
  async choose({ payload, uri, source }: InvokeArguments): Promise<Payload | undefined> {
    if (payload !== undefined && !uri) {
      const typedOne = { ...typedPayload(payload), ...source };
      return (await this.environments.isSettled(typedOne.folder)) ? typedOne : undefined;
    }
    const file = uri ?? activeJson(this.ui);
    if (!file) {
      const picked = await this.pick();
      return picked && this.choose(picked);
    }
    if (!(await this.environments.isSettled(folderFor(file)))) return undefined;
    const reading = await this.targets.target(file);
    if (reading.kind === 'fault') throw new TargetsError(reading);
    const { target } = reading;
    return {
      ...(payload === undefined ? await readPayload(file) : { text: payload }),
      label: workspace.asRelativePath(file),
      uri: file,
      ...(target ? { target } : {}),
      folder: folderFor(file),
    };
  }

  /** The payload as it stands now: whoever was asked where it goes could go on writing. */
  async asItStands(chosen: Payload, { payload: given }: InvokeArguments): Promise<Payload> {
    if (given !== undefined || !chosen.uri) return chosen;
    const { leftOut: _, edits: __, ...others } = chosen;
    return { ...others, ...(await readPayload(chosen.uri)) };
  }

  /**
   * One of the saved payloads, or typed JSON. `undefined` when the user cancelled.
   * @param functionName of the function that gets it: its own payloads come first
   */
  async pick(functionName?: string): Promise<PickedPayload | undefined> {
    const choice = await this.#pickSaved(functionName);
    if (choice !== typed) return choice && { uri: choice };
    const payload = await this.#typeJson();
    return payload === undefined ? undefined : { payload };
  }

  async #pickSaved(functionName?: string): Promise<Uri | typeof typed | undefined> {
    const payloads = await this.library.payloads();
    if (payloads.length === 0) return typed;
    const nameOf = (identifier: string | undefined) => identifier && functionLabel(identifier).name;
    const isOwn = ({ target }: (typeof payloads)[number]) =>
      functionName !== undefined && nameOf(target?.function) === nameOf(functionName);
    const saved = [...payloads.filter(isOwn), ...payloads.filter((payload) => !isOwn(payload))];
    interface PayloadItem extends PickRow {
      readonly choice: Uri | typeof typed;
    }
    const items: PayloadItem[] = saved.map(({ uri, target }) => ({
      // With the name of its folder where there are several.
      icon: 'json',
      label: workspace.asRelativePath(uri),
      description: target ? `→ ${target.function}` : '',
      choice: uri,
    }));
    const picked = await this.ui.pickRow<PayloadItem>(
      [...items, { icon: 'edit', label: l10n.t('Type JSON…'), alwaysShow: true, choice: typed }],
      {
        title: l10n.t('Lambda: Payload'),
        placeHolder: l10n.t('The event to send'),
        matchOnDescription: true,
      },
    );
    return picked?.choice;
  }

  async #typeJson(): Promise<string | undefined> {
    return this.ui.askForText({
      title: l10n.t('Lambda: Payload'),
      prompt: l10n.t('The event as JSON'),
      value: '{}',
      ignoreFocusOut: true,
      validateInput: (value) =>
        checkSyntax(value).problems.find(({ severity }) => severity === 'error')?.message,
    });
  }
}

/** The JSON document that the user is in: comments are known by the file's name, or by a text that has no file. */
export function activeJson({ active }: Pick<Ui, 'active'>): Uri | undefined {
  if (!active) return undefined;
  const { languageId, uri } = active;
  if (languageId === 'json' || isWithComments(uri)) return uri;
  if (uri.scheme !== 'untitled') return undefined;
  return languageId === 'jsonc' || (languageId === 'plaintext' && holdsEvent(uri))
    ? uri
    : undefined;
}

/** Whether an unsaved text of no language is meant as an event: an object or an array. */
function holdsEvent(uri: Uri): boolean {
  const text = openDocument(uri)?.getText() ?? '';
  if (text.length > fileLimitBytes.payload) return false;
  const { value } = checkSyntax(plainJson(text).text);
  return typeof value === 'object' && value !== null;
}

function isWithComments({ path }: Uri): boolean {
  return path.endsWith('.jsonc');
}

function typedPayload(text: string): Payload {
  return { text, label: l10n.t('typed JSON'), folder: folderFor(undefined) };
}

/** Its text, without the comments of a file that may have some, or of a text that has no file yet. */
async function readPayload(uri: Uri): Promise<Pick<PlainJson, 'text'> & Partial<PlainJson>> {
  const text = await textOf(uri);
  return isWithComments(uri) || uri.scheme === 'untitled' ? plainJson(text) : { text };
}

/**
 * What is sent of a payload file, as text.
 * @throws {PayloadError} when the file is gone, is no regular file of its workspace folder, is larger than any call
 *   takes, or is not UTF-8.
 */
export async function payloadText(uri: Uri): Promise<string> {
  return (await readPayload(uri)).text;
}

/**
 * The text of a file as it stands in the editor, unsaved changes included; of a file without changes,
 * the bytes on disk, so that what is sent is the file byte for byte.
 */
async function textOf(uri: Uri): Promise<string> {
  const open = openDocument(uri);
  if (open && isOwnText(open)) return open.getText();
  const name = workspace.asRelativePath(uri);
  const reading = await readWorkspaceFile(uri, fileLimitBytes.payload);
  if (reading.kind !== 'content') {
    // Deleted under an open editor, say: what the user sees is still what they want to send.
    if (open && (reading.kind === 'missing' || reading.kind === 'unreadable'))
      return open.getText();
    throw new PayloadError(faultOf(name, reading));
  }
  const text = utf8Text(reading.bytes);
  if (text === undefined) {
    throw new PayloadError(
      l10n.t(
        '{0} is not UTF-8 text, and Lambda accepts only UTF-8 JSON. Reopen it with its encoding and save it as UTF-8.',
        name,
      ),
    );
  }
  return text;
}

function openDocument(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** Text that the disk does not hold in this form: unsaved, or shown in another encoding than UTF-8. */
function isOwnText(document: TextDocument): boolean {
  return document.isDirty || document.isUntitled || !document.encoding.startsWith('utf8');
}

function faultOf(name: string, unread: Unread): string {
  if (unread.kind === 'missing') {
    return l10n.t('{0} cannot be read: the file does not exist.', name);
  }
  if (unread.kind === 'outside') {
    return l10n.t(
      '{0} is a link to a file outside the workspace folder, which is not sent. Open that file itself to send it.',
      name,
    );
  }
  return l10n.t('{name} cannot be read. {reason}', { name, reason: unreadText(unread) });
}
