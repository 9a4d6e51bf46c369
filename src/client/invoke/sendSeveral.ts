import * as l10n from '@vscode/l10n';
import type { WorkspaceFolder } from 'vscode';
import { stateText } from '../../core/fileRun/runText';
import type { Outcome, OutcomeKind } from '../../core/invocation/outcome';
import { MfaPrompt } from '../connection/mfaPrompt';
import { aws } from '../lazy';
import { folderFor } from '../folders';
import type { EnvironmentChoice } from '../payloads/environmentChoice';
import type { PayloadLibrary } from '../payloads/payloadLibrary';
import type { SavedPayload } from '../payloads/savedPayload';
import { FunctionNode, SubfolderNode } from '../payloads/payloadNodes';
import { fileOf, type PayloadSelection } from '../payloads/payloadSelection';
import { TargetsError, tellTargetsFault } from '../payloads/targetsError';
import type { TargetStore } from '../payloads/targetStore';
import { showOutput, type Ui } from '../ui/ui';
import type { InvokeCommands } from './invokeCommands';
import type { Invoker } from './invoker';
import {
  type Call,
  functionOf,
  mostAtOnce,
  PayloadBatch,
  type QueuedPayload,
} from './payloadBatch';

type SendOne = (argument?: unknown) => Promise<Outcome | undefined>;

/** From here on the user is asked whether so many are meant: a selection can be larger than what is seen of it. */
const askedFrom = 5;

/** The commands that send several payloads. */
export class SendSeveral {
  constructor(
    private readonly invoker: Pick<Invoker, 'invoke'>,
    private readonly single: Pick<InvokeCommands, 'invoke'>,
    private readonly selection: PayloadSelection,
    private readonly library: Pick<PayloadLibrary, 'payloads'>,
    private readonly targets: Pick<TargetStore, 'target'>,
    private readonly environments: Pick<EnvironmentChoice, 'isSettled'>,
    private readonly ui: Pick<
      Ui,
      'ask' | 'askForText' | 'offer' | 'output' | 'run' | 'tell' | 'withProgress'
    >,
  ) {}

  /** Lambda: Invoke All: every payload of a function, or all that is selected with it. */
  async invokeAll(argument?: unknown, selection?: unknown): Promise<Outcome[]> {
    const rows = this.selection.rows(argument, selection);
    const payloads = await this.#payloadsOf(rows);
    // The command's name says that it is all of one function.
    if (rows.length > 1 && !(await this.#areMeant(payloads))) return [];
    return payloads.length === 0 ? [] : this.#sendEach(payloads);
  }

  /** What a key does in the Payloads view: sends what is below the focused row, or all that is selected with it. */
  async invokeSelected(argument?: unknown): Promise<void> {
    const payloads = await this.#payloadsOf(this.selection.rows(argument, undefined));
    const [first] = payloads;
    if (first && payloads.length === 1) await this.single.invoke(first.uri);
    else if (first && (await this.#areMeant(payloads))) await this.#sendEach(payloads);
    else if (!first && argument !== undefined) {
      this.ui.tell('information', l10n.t('Select a payload or a function to send.'));
    }
  }

  /** A command of a menu that sends one payload, and all of them where several are selected. */
  async oneOrAll(
    sendOne: SendOne,
    call: Call,
    argument?: unknown,
    selection?: unknown,
  ): Promise<Outcome | Outcome[] | undefined> {
    if (!Array.isArray(selection) || selection.length < 2) return sendOne(argument);
    const payloads = await this.#payloadsOf(selection);
    if (payloads.length === 0) return [];
    return (await this.#areMeant(payloads)) ? this.#sendEach(payloads, call) : [];
  }

  /** The files of rows, each once and in the order of their paths; of a function or a folder those of its payloads. */
  async #payloadsOf(rows: readonly unknown[]): Promise<readonly QueuedPayload[]> {
    const saved = await this.library.payloads();
    const uris = rows.flatMap((row) =>
      row instanceof FunctionNode || row instanceof SubfolderNode
        ? saved.filter((payload) => isBelow(payload, row)).map(({ uri }) => uri)
        : fileOf(row),
    );
    const chosen = new Map(uris.map((uri) => [uri.toString(), uri]));
    // Asked once, before what is chosen is held to the functions that it goes to.
    for (const folder of new Set(uris.map(folderFor))) {
      if (!(await this.#isSettled(folder))) return [];
    }
    const inOrder = new Set([...saved.map(({ uri }) => uri.toString()), ...chosen.keys()]);
    return Promise.all(
      [...inOrder]
        .flatMap((key) => chosen.get(key) ?? [])
        .map(async (uri) => ({
          uri,
          functionIdentifier: functionOf(await this.targets.target(uri)),
        })),
    );
  }

  /** What is wrong with the targets is told when they are sent by. */
  async #isSettled(folder: WorkspaceFolder | undefined): Promise<boolean> {
    try {
      return await this.environments.isSettled(folder);
    } catch (error) {
      if (error instanceof TargetsError) return true;
      throw error;
    }
  }

  async #areMeant(payloads: readonly QueuedPayload[]): Promise<boolean> {
    if (payloads.length < askedFrom) return true;
    const functions = new Set(payloads.flatMap((one) => one.functionIdentifier ?? []));
    const send = l10n.t('Send');
    const message = l10n.t('Send {0} payloads?', payloads.length);
    return (await this.ui.ask('warning', { message, detail: [...functions] }, send)) === send;
  }

  /**
   * Sends them, and tells at the end what became of all. Each is an invocation with a row of its own: for as many files
   * as a user selects, the history is the journal, and what stands in an editor and is not saved is sent, too.
   */
  async #sendEach(payloads: readonly QueuedPayload[], call: Call = {}): Promise<Outcome[]> {
    for (const { uri } of payloads) {
      const reading = await this.targets.target(uri);
      if (reading.kind === 'fault') {
        tellTargetsFault(reading, this.ui);
        return [];
      }
    }
    const { Senders } = await aws();
    const mfaCode = new MfaPrompt(this.ui).ask;
    const senders = new Senders({ connections: mostAtOnce, mfaCode });
    const { invoker, targets } = this;
    try {
      const batch = await this.ui.withProgress(
        { location: 'notification', title: titleOf(payloads), cancellable: true },
        async (progress, token) => {
          const steps = { invoker, targets, senders };
          return new PayloadBatch(steps, call, token).send(payloads, progress);
        },
      );
      this.#summarize(batch, payloads.length);
      return [...batch.outcomes];
    } finally {
      senders.close();
    }
  }

  #summarize({ outcomes, reasons }: PayloadBatch, total: number): void {
    const { output } = this.ui;
    const counts = new Map<OutcomeKind, number>();
    for (const { kind } of outcomes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const unsent = total - outcomes.length;
    const summary = [
      ...[...counts].map(([kind, count]) => countOf(kind, count)),
      ...(unsent > 0 ? [l10n.t('{0} skipped', unsent)] : []),
    ].join(', ');
    const isGood = counts.get('accepted') === total;
    const counted =
      total === 1
        ? l10n.t('1 payload: {0}.', summary)
        : l10n.t('{total} payloads: {summary}.', { total, summary });
    const why = reasons.map((reason) => `${stateText({ state: 'stopped', reason })}.`);
    const message = [counted, ...(unsent > 0 ? why : [])].join(' ');
    if (isGood) output.info(message);
    else output.warn(message);
    this.ui.offer(isGood ? 'information' : 'warning', message, showOutput(output));
  }
}

function isBelow(payload: SavedPayload, row: FunctionNode | SubfolderNode): boolean {
  const { folder, target } = payload;
  if (row instanceof SubfolderNode) return isBelow(payload, row.group) && row.holds(payload);
  if (target === undefined || folder.index !== row.folder.index) return false;
  return target.function === row.functionIdentifier;
}

function titleOf(payloads: readonly QueuedPayload[]): string {
  const count = payloads.length;
  const [functionIdentifier, ...others] = new Set(payloads.map((one) => one.functionIdentifier));
  if (functionIdentifier === undefined || others.length > 0) {
    return l10n.t('Sending {0} payloads', count);
  }
  return count === 1
    ? l10n.t('Sending 1 payload to {0}', functionIdentifier)
    : l10n.t('Sending {count} payloads to {function}', { count, function: functionIdentifier });
}

function countOf(kind: OutcomeKind, count: number): string {
  return {
    accepted: l10n.t('{0} accepted', count),
    rejected: l10n.t('{0} rejected', count),
    notSent: l10n.t('{0} not sent', count),
    unknown: l10n.t('{0} unknown', count),
  }[kind];
}
