import * as l10n from '@vscode/l10n';
import { type Uri, window, workspace, type WorkspaceFolder } from 'vscode';
import { checkSyntax } from '../../core/payload/syntax';
import type { Target } from '../../core/target';
import { folderFor } from '../currentFolder';
import type { PayloadLibrary } from '../payloads/payloadLibrary';
import type { TargetStore } from '../payloads/targetStore';
import type { InvokeArguments } from './invokeArguments';
import { payloadText } from './payloadText';
import { TargetsError } from '../payloads/targetsError';
import { askForText } from '../ui/input';
import { type PickRow, pickRow } from '../ui/pick';

/** The event that will be sent, and what is known about where to. */
export interface Payload {
  readonly text: string;
  /** For people: the file's path in the workspace, or `typed JSON`. */
  readonly label: string;
  readonly uri?: Uri;
  readonly target?: Target;
  /** Whose settings say where it goes. */
  readonly folder: WorkspaceFolder | undefined;
}

/**
 * The payload: as the arguments say (text of its own still belongs to the file that is named with it), else the active
 * JSON editor, else one of the saved payloads, else typed JSON. `undefined` when the user cancelled.
 * @throws {PayloadError} when the file cannot be read.
 * @throws {TargetsError} when nobody can say where it goes.
 */
export async function choosePayload(
  { payload, uri }: InvokeArguments,
  library: PayloadLibrary,
  targets: TargetStore,
): Promise<Payload | undefined> {
  if (payload !== undefined && !uri) return typedPayload(payload);
  const file = uri ?? activeJson();
  if (!file) {
    const picked = await pickPayload(library);
    return picked && choosePayload(picked, library, targets);
  }
  const reading = await targets.target(file);
  if (reading.kind === 'fault') throw new TargetsError(reading);
  const { target } = reading;
  return {
    text: payload ?? (await payloadText(file)),
    label: workspace.asRelativePath(file),
    uri: file,
    ...(target ? { target } : {}),
    folder: folderFor(file),
  };
}

/** The payload as it stands now: whoever was asked where it goes could go on writing. */
export async function asItStands(
  chosen: Payload,
  { payload: given }: InvokeArguments,
): Promise<Payload> {
  if (given !== undefined || !chosen.uri) return chosen;
  return { ...chosen, text: await payloadText(chosen.uri) };
}

/** The JSON document that the user is in. */
export function activeJson(): Uri | undefined {
  const document = window.activeTextEditor?.document;
  return document?.languageId === 'json' ? document.uri : undefined;
}

type PickedPayload =
  | Required<Pick<InvokeArguments, 'uri'>>
  | Required<Pick<InvokeArguments, 'payload'>>;

const typed = 'typed';

/** One of the saved payloads, or typed JSON. `undefined` when the user cancelled. */
export async function pickPayload(library: PayloadLibrary): Promise<PickedPayload | undefined> {
  const choice = await pickSavedPayload(library);
  if (choice !== typed) return choice && { uri: choice };
  const payload = await typePayload();
  return payload === undefined ? undefined : { payload };
}

async function pickSavedPayload(library: PayloadLibrary): Promise<Uri | typeof typed | undefined> {
  const saved = await library.payloads();
  if (saved.length === 0) return typed;
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
  const picked = await pickRow<PayloadItem>(
    [...items, { icon: 'edit', label: l10n.t('Type JSON…'), alwaysShow: true, choice: typed }],
    {
      title: l10n.t('Lambda: Payload'),
      placeHolder: l10n.t('The event to send'),
      matchOnDescription: true,
    },
  );
  return picked?.choice;
}

async function typePayload(): Promise<string | undefined> {
  return askForText({
    title: l10n.t('Lambda: Payload'),
    prompt: l10n.t('The event as JSON'),
    value: '{}',
    ignoreFocusOut: true,
    validateInput: (value) =>
      checkSyntax(value).problems.find(({ severity }) => severity === 'error')?.message,
  });
}

function typedPayload(text: string): Payload {
  return { text, label: l10n.t('typed JSON'), folder: folderFor(undefined) };
}
