import * as l10n from '@vscode/l10n';
import { applyEdits, format } from 'jsonc-parser';
import { FileType, Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { SharedEvent, TestEvents as Registry } from '../../aws/testEvents';
import { fileLimitBytes } from '../../core/fileLimits';
import { functionLabel } from '../../core/functionIdentifier/label';
import { ConnectionError } from '../../core/invocation/connectionError';
import { messageOf } from '../../core/messageOf';
import type { Target } from '../../core/target';
import {
  type ComparedEvent,
  compareTestEvents,
  type LocalEvent,
} from '../../core/testEventComparison';
import { isJson, type TestEvent } from '../../core/testEvents';
import { utf8Text } from '../../files/utf8Text';
import type { Destinations } from '../connection/destinations';
import { MfaPrompt } from '../connection/mfaPrompt';
import { causeAndRemedy } from '../invoke/reportText';
import { payloadText } from '../invoke/payloadChoice';
import { testEvents } from '../lazy';
import { nameOf, type PayloadLibrary } from '../payloads/payloadLibrary';
import { FunctionNode } from '../payloads/payloadNodes';
import { fileOf } from '../payloads/payloadSelection';
import type { EnvironmentChoice } from '../payloads/environmentChoice';
import type { TargetFunctions } from '../payloads/targetFunctions';
import { writingTargets, TargetsError } from '../payloads/targetsError';
import { ensureTarget } from '../payloads/targetsFile';
import type { TargetStore } from '../payloads/targetStore';
import { readWorkspaceFile } from '../readWorkspaceFile';
import { showOutput, type Ui } from '../ui/ui';
import { createWorkspaceFile, replaceWorkspaceFile, tellUnwritten } from '../writeWorkspaceFile';
import type { SharedTexts } from './sharedTexts';
import { type Direction, testEventRows } from './testEventRows';

/** Whose test events a command is about. */
interface Subject {
  readonly folder: WorkspaceFolder;
  /** As it is sent to. */
  readonly functionIdentifier: string;
  readonly target: Target | undefined;
  /** Only this payload is shared. */
  readonly file?: Uri;
}

/** The commands between the payloads of a function and the shareable test events of the console. */
export class TestEventCommands {
  constructor(
    private readonly library: Pick<PayloadLibrary, 'follow'>,
    private readonly targets: Pick<TargetStore, 'target'>,
    private readonly environments: Pick<EnvironmentChoice, 'isSettled'>,
    private readonly functions: Pick<TargetFunctions, 'pick'>,
    private readonly destinations: Pick<Destinations, 'ofEvent'>,
    private readonly texts: SharedTexts,
    private readonly ui: Ui,
  ) {}

  /** Lambda: Import Test Events from the Console…: resolves to how many were written. */
  async import(argument?: unknown): Promise<number | undefined> {
    return this.#run(argument, 'import');
  }

  /** Lambda: Share as Test Event…: of a payload, or of all payloads of a function. */
  async share(argument?: unknown): Promise<number | undefined> {
    return this.#run(argument, 'share');
  }

  async #run(argument: unknown, direction: Direction): Promise<number | undefined> {
    const needsTrust = l10n.t(
      'To exchange test events, trust this workspace first: its files decide where events go and what runs.',
    );
    if (!(await this.ui.isTrusted(needsTrust))) return undefined;
    try {
      const subject = await this.#subject(argument, direction);
      return subject && (await this.#exchange(subject, direction));
    } catch (error) {
      const remedy = error instanceof ConnectionError ? error.remedy : '';
      const words = causeAndRemedy(messageOf(error), remedy);
      this.ui.output.error(words);
      this.ui.offer('error', words, showOutput(this.ui.output));
      return undefined;
    }
  }

  async #subject(argument: unknown, direction: Direction): Promise<Subject | undefined> {
    if (argument instanceof FunctionNode) {
      const { folder, functionIdentifier } = argument;
      const [payload] = argument.payloads;
      if (functionIdentifier === undefined) return this.#pick(folder);
      const reading = payload && (await this.targets.target(payload.uri));
      const target = reading?.kind === 'target' ? reading.target : undefined;
      return { folder, functionIdentifier, target };
    }
    const file =
      direction === 'share' ? (fileOf(argument)[0] ?? this.ui.active?.uri) : fileOf(argument)[0];
    const folder = file
      ? workspace.getWorkspaceFolder(file)
      : await this.ui.pickWorkspaceFolder(l10n.t('Select the folder of the payloads'));
    if (!folder) {
      this.ui.tell('information', l10n.t('Payloads are files in a folder. Open a folder first.'));
      return undefined;
    }
    if (!(await this.environments.isSettled(folder))) return undefined;
    const reading = file && (await this.targets.target(file));
    if (reading?.kind === 'fault') throw new TargetsError(reading);
    const target = reading?.target;
    const only = file && direction === 'share' ? { file } : {};
    if (target) return { folder, functionIdentifier: target.function, target, ...only };
    const picked = await this.#pick(folder);
    return picked && { ...picked, ...only };
  }

  async #pick(folder: WorkspaceFolder): Promise<Subject | undefined> {
    const title = l10n.t('Select the function of the test events');
    const functionIdentifier = await this.functions.pick(title, folder);
    return functionIdentifier === undefined
      ? undefined
      : { folder, functionIdentifier, target: undefined };
  }

  async #exchange(subject: Subject, direction: Direction): Promise<number | undefined> {
    const { folder, functionIdentifier, target } = subject;
    const connection = await this.destinations.ofEvent({
      given: {},
      target,
      functionName: functionIdentifier,
      scope: folder,
    });
    if (!connection) return undefined;
    const { name: functionName } = functionLabel(functionIdentifier);
    const { TestEvents } = await testEvents();
    const mfaCode = new MfaPrompt(this.ui).ask;
    const registry = await TestEvents.open(connection, functionName, { mfaCode });
    try {
      const there = await this.ui.withProgress(
        { location: 'statusBar', title: l10n.t('Reading test events') },
        async () => registry.events(),
      );
      const events = await this.#compared(subject, functionName, there);
      const rows = testEventRows(events, direction);
      const place = [connection.region, connection.accountId, connection.profile];
      const title = l10n.t('Lambda: Test Events of {0}', functionName);
      const picked = await this.ui.pickRow(rows, {
        title: [title, ...place.filter(Boolean)].join(' · '),
        placeHolder: l10n.t('Nothing is written until you select what to write'),
        matchOnDescription: true,
        ignoreFocusOut: true,
      });
      if (picked?.action === 'compare')
        return await this.#settle(picked.event, subject, functionName, registry);
      if (picked?.action !== 'writeAll') return undefined;
      return direction === 'import'
        ? await this.#importAll(picked.events, subject, functionName)
        : await this.#shareAll(picked.events, registry);
    } finally {
      registry.close();
    }
  }

  async #compared(
    { folder, file }: Subject,
    functionName: string,
    there: readonly TestEvent[],
  ): Promise<ComparedEvent[]> {
    if (!file) return compareTestEvents(await localEvents(folder, functionName), there);
    const local = { file: nameOf(file), text: await payloadText(file) };
    return compareTestEvents([local], there).filter((event) => 'here' in event);
  }

  /** Writes new files, never over one that exists. */
  async #importAll(
    events: readonly ComparedEvent[],
    subject: Subject,
    functionName: string,
  ): Promise<number> {
    let count = 0;
    for (const event of events) {
      if (event.kind !== 'thereOnly' || event.file === undefined) continue;
      const uri = fileUri(subject.folder, functionName, event.file);
      const writing = await createWorkspaceFile(uri, encoded(indented(event.there.text)));
      if (writing.kind !== 'written') {
        tellUnwritten(uri, writing, this.ui);
        continue;
      }
      count++;
      await this.library.follow({ made: uri });
      await this.#keepTarget(uri, subject, event.there);
    }
    this.#done(
      count === 1 ? l10n.t('1 test event imported.') : l10n.t('{0} test events imported.', count),
    );
    return count;
  }

  /** What the console invokes with `Event` goes by Invoke here, too. */
  async #keepTarget(
    uri: Uri,
    { functionIdentifier }: Subject,
    { invocationType }: TestEvent,
  ): Promise<void> {
    const reading = await this.targets.target(uri);
    if (reading.kind === 'target' && reading.target?.function === functionIdentifier) {
      if (invocationType !== 'Event' || reading.target.api === 'Invoke') return;
    }
    await writingTargets(this.ui, () =>
      ensureTarget(uri, {
        function: functionIdentifier,
        ...(invocationType === 'Event' && { api: 'Invoke' }),
      }),
    );
  }

  async #shareAll(events: readonly ComparedEvent[], registry: Registry): Promise<number> {
    let count = 0;
    for (const event of events) {
      if (event.kind !== 'hereOnly') continue;
      const { name, here } = event;
      if (await this.#share({ name, text: here.text, seen: undefined }, registry)) count++;
    }
    this.#done(count === 1 ? l10n.t('1 payload shared.') : l10n.t('{0} payloads shared.', count));
    return count;
  }

  async #share(event: SharedEvent, registry: Registry): Promise<boolean> {
    if (!isJson(event.text)) {
      this.ui.tell('error', l10n.t('{0} was not shared: it is not valid JSON.', event.name));
      return false;
    }
    await this.ui.withProgress(
      { location: 'statusBar', title: l10n.t('Sharing {0}', event.name) },
      async () => registry.share(event),
    );
    return true;
  }

  /** An event that is another one on each side: the user looks at both, and says which one holds. */
  async #settle(
    event: ComparedEvent,
    { folder, file }: Subject,
    functionName: string,
    registry: Registry,
  ): Promise<number | undefined> {
    if (event.kind !== 'different') return undefined;
    const { name, here, there } = event;
    const uri = file ?? fileUri(folder, functionName, here.file);
    const shared = this.texts.uriOf(`${functionName}/${here.file}`, indented(there.text));
    await this.ui.run('vscode.diff', shared, uri, l10n.t('{0}: in AWS ↔ here', name));
    const keepTheirs = { title: l10n.t('Replace File') };
    const keepOurs = { title: l10n.t('Replace Test Event') };
    const message = l10n.t('{0} is different in AWS and here. Which one holds?', name);
    const choice = await this.ui.showMessage('information', message, keepTheirs, keepOurs);
    if (choice === keepOurs) {
      const text = await payloadText(uri);
      if (!(await this.#share({ name, text, seen: there.text }, registry))) return 0;
      this.#done(l10n.t('1 payload shared.'));
      return 1;
    }
    if (choice !== keepTheirs) return undefined;
    const writing = await replaceWorkspaceFile(
      uri,
      encoded(here.text),
      encoded(indented(there.text)),
    );
    if (writing.kind !== 'written') {
      tellUnwritten(uri, writing, this.ui);
      return 0;
    }
    this.#done(l10n.t('1 test event imported.'));
    return 1;
  }

  #done(words: string): void {
    this.ui.output.info(words);
    this.ui.offer('information', words);
  }
}

/** The payload files of a function, with their text on disk. */
async function localEvents(folder: WorkspaceFolder, functionName: string): Promise<LocalEvent[]> {
  const place = Uri.joinPath(folder.uri, '.lambda', 'payloads', functionName);
  const entries = await workspace.fs.readDirectory(place).then(
    (all) => all,
    () => [],
  );
  const events: LocalEvent[] = [];
  for (const [entry, type] of entries.toSorted(([a], [b]) => a.localeCompare(b))) {
    if (!(type & FileType.File) || !entry.endsWith('.json')) continue;
    const uri = Uri.joinPath(place, entry);
    const reading = await readWorkspaceFile(uri, fileLimitBytes.payload);
    const text = reading.kind === 'content' ? utf8Text(reading.bytes) : undefined;
    if (text !== undefined) events.push({ file: nameOf(uri), text });
  }
  return events;
}

function fileUri(folder: WorkspaceFolder, functionName: string, file: string): Uri {
  return Uri.joinPath(folder.uri, '.lambda', 'payloads', functionName, `${file}.json`);
}

/** Indented anew; every other character stays as it is. */
function indented(text: string): string {
  const options = { insertSpaces: true, tabSize: 2, eol: '\n', insertFinalNewline: true };
  return applyEdits(text, format(text, undefined, options));
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
