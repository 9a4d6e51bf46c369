import * as l10n from '@vscode/l10n';
import { readFailureTargets, readQueueAge } from '../aws/functionHealth';
import { Sender } from '../aws/sender';
import type { MfaCode } from '../aws/assumeRole';
import type { RunFile, RunOrigin, RunProgress, RunSummary, RunTarget } from '../core/fileRun/run';
import { runLimits } from '../core/fileRun/runLimits';
import type { Connection } from '../core/invocation/connection';
import type { InvokeApi } from '../core/invocation/outcome';
import { apiForLines, type LineHeaders } from '../core/invocationHeaders';
import { messageOf } from '../core/messageOf';
import {
  checkEventFile,
  type EventFileCheck,
  type EventFileCheckOptions,
  maySend,
} from '../files/eventFileCheck';
import { EventFile } from '../files/eventLines';
import { unreadText } from '../files/fileReading';
import { executionSeed } from './executionNames';
import { FileRun, type FileRunOptions } from './fileRun';
import { DamagedFrame } from './frames';
import { Journal, NoJournal } from './journal';
import type { JournalHeader } from './journalEntries';
import { type Leftovers, writeLeftovers } from './leftovers';
import { QueueWatch } from './queueWatch';
import { RunError } from './runError';
import { hasUnfinishedRun, type RunFolder, RunsOfFile } from './runFolder';
import { RunLock } from './runLock';

/** `isDurable` decides what a run begins as; one that goes on is what its journal says. */
export interface RunRequest extends LineHeaders {
  readonly api: InvokeApi;
  readonly functionName: string;
  readonly qualifier?: string | undefined;
  readonly connection: Connection;
  /** Events a second at most; `undefined` for as many as `concurrency` allows. */
  readonly rate: number | undefined;
  readonly concurrency: number;
  readonly origin?: RunOrigin | undefined;
  /** Folder of the journals. */
  readonly root: string;
  /**
   * What to do about an unfinished run of the same file to the same function: go on with it, or leave it and send every
   * line again. Without either, it is an error.
   */
  readonly unfinished?: 'resume' | 'startOver' | undefined;
}

export interface RunHooks extends Pick<FileRunOptions, 'onState' | 'limits'> {
  readonly mfaCode?: MfaCode | undefined;
}

/** An event file, opened once: the lines that were checked are those that are sent. */
export class FileToSend {
  #check: EventFileCheck | undefined;

  private constructor(
    private readonly path: string,
    private readonly file: EventFile,
  ) {}

  /** @throws {RunError} */
  static async open(path: string): Promise<FileToSend> {
    const file = await EventFile.open(path);
    if (file instanceof EventFile) return new FileToSend(path, file);
    throw new RunError(
      'unread',
      `${path}: ${unreadText(file)}`,
      l10n.t('Choose a JSON Lines file.'),
    );
  }

  /** In bytes. */
  get size(): number {
    return this.file.size;
  }

  /** Reads the whole file: what its lines are, and which of them cannot be sent. */
  async check(options: EventFileCheckOptions): Promise<EventFileCheck> {
    this.#check = await checkEventFile(this.file, options);
    return this.#check;
  }

  /**
   * Begins a run, or goes on with one. Nothing is sent yet.
   * @throws {RunError}
   */
  async begin(request: RunRequest, hooks: RunHooks = {}): Promise<BegunRun> {
    const check = this.#check ?? (await this.check(request));
    if (check.lines === 0) {
      throw new RunError(
        'noLines',
        l10n.t('{0} contains no events.', this.path),
        l10n.t('Write one JSON value on each line.'),
      );
    }
    const { size, sha256, lines } = check;
    const file = { path: this.path, size, sha256, lines };
    const target = targetOf(request);
    const runs = RunsOfFile.in(request.root, file, target);
    const lock = await take(runs.lock);
    try {
      const { folder, journal } = await journalOf(runs, { request, file, target });
      const { connection, functionName, qualifier, tenantId, concurrency, rate } = request;
      const isDurable = journal.header.executionSeed !== undefined;
      const api = apiForLines(request.api, { tenantId, isDurable });
      const sender = new Sender(connection, { connections: concurrency, mfaCode: hooks.mfaCode });
      const run = new FileRun({
        file: this.file,
        lines,
        journal,
        send: (line, signal) =>
          sender.send({ api, functionName, qualifier, tenantId, ...line }, signal),
        isValid: (line) => maySend(line, api),
        rate,
        concurrency: workersFor(concurrency),
        ...hooks,
      });
      const named = { functionName, qualifier };
      const queue = new QueueWatch(run, {
        age: async (signal) => readQueueAge(connection, named, { signal }),
        handling: async (signal) =>
          (await readFailureTargets(connection, named, { signal })).eventHandling,
      });
      const queueLookMs = hooks.limits?.queueLookMs ?? runLimits.queueLookMs;
      const parts = { folder, journal, lock, sender, queue, queueLookMs, file: this.file };
      return new BegunRun(run, parts);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/**
 * Lines that may be intended at once: one for each connection, and for each but the first another that waits for its
 * turn, so that no connection waits for the disk. A crash makes these unknown as well.
 */
export function workersFor(connections: number): number {
  return 2 * connections - 1;
}

interface Parts {
  readonly folder: RunFolder;
  readonly journal: Journal;
  readonly lock: RunLock;
  readonly sender: Sender;
  readonly queue: QueueWatch;
  readonly queueLookMs: number;
  readonly file: EventFile;
}

/** A run whose journal is open and locked. */
export class BegunRun {
  constructor(
    readonly run: FileRun,
    private readonly parts: Parts,
  ) {}

  get folder(): RunFolder {
    return this.parts.folder;
  }

  /** Sends, and sees what became of it onto the disk. Never rejects. */
  async toTheEnd(): Promise<RunSummary> {
    const { folder, journal, lock, sender, queue, queueLookMs, file } = this.parts;
    const { header } = journal;
    await this.#keep();
    queue.start(queueLookMs);
    const progress = await this.run.run();
    queue.stop();
    sender.close();
    // What cannot be written any more: the journal alone decides what a resumed run does.
    await journal.close().catch(() => {});
    const leftovers = await writeLeftovers(folder, header.file, file).catch(() => ({}));
    await this.#keep(leftovers);
    await lock.release().catch(() => {});
    return this.#summary(progress, leftovers);
  }

  #summary(progress: RunProgress, leftovers: Leftovers = {}): RunSummary {
    const { target, file, startedAt, origin } = this.parts.journal.header;
    return { target, file, startedAt, ...(origin && { origin }), progress, ...leftovers };
  }

  /** For whoever lists runs, also after this process has died. */
  async #keep(leftovers?: Leftovers): Promise<void> {
    await this.folder.writeSummary(this.#summary(this.run.progress, leftovers)).catch(() => {});
  }
}

async function take(path: string): Promise<RunLock> {
  const lock = await RunLock.take(path).catch(unwritable);
  if (lock instanceof RunLock) return lock;
  throw new RunError(
    'locked',
    l10n.t('Another process ({0}) sends this file to this function.', lock.heldBy),
    l10n.t(
      'Wait until it is done, or stop it. If process {process} is another program, delete {path}.',
      { process: lock.heldBy, path },
    ),
  );
}

async function journalOf(
  runs: RunsOfFile,
  { request, file, target }: { request: RunRequest; file: RunFile; target: RunTarget },
): Promise<{ folder: RunFolder; journal: Journal }> {
  const [newest] = await runs.all();
  const open = newest && !(await newest.isFinished()) ? newest : undefined;
  if (request.unfinished === 'resume') {
    if (open) return { folder: open, journal: await resume(open) };
    if (await hasUnfinishedRun(request.root, file.path, target)) {
      throw new RunError(
        'otherFile',
        l10n.t(
          '{0} was changed since its run began, so it is not known which of its lines were sent.',
          file.path,
        ),
        l10n.t('Restore the file, or start over, which sends every line again.'),
      );
    }
    throw new RunError(
      'nothingToResume',
      l10n.t('There is no unfinished run of this file to this function.'),
      l10n.t('A file that is sent to another function, account, or region starts a new run.'),
    );
  }
  if (open && request.unfinished === undefined) {
    throw new RunError(
      'unfinished',
      l10n.t('An earlier run of this file to this function is not finished.'),
      l10n.t('Resume it, or start over, which sends every line again.'),
    );
  }
  const now = new Date();
  try {
    const folder = await runs.add(now);
    const startedAt = now.toISOString();
    // What is sent once more on purpose is to run once more.
    const isAnew = newest !== undefined || request.unfinished === 'startOver';
    const durable = request.isDurable && {
      format: 2 as const,
      executionSeed: executionSeed(file, target, isAnew ? startedAt : undefined),
    };
    const { origin } = request;
    const header: JournalHeader = { format: 1, startedAt, target, file, origin, ...durable };
    return { folder, journal: await Journal.create(folder.journal, header) };
  } catch (error) {
    return unwritable(error);
  }
}

async function resume(folder: RunFolder): Promise<Journal> {
  try {
    return await Journal.resume(folder.journal);
  } catch (error) {
    if (!(error instanceof DamagedFrame || error instanceof NoJournal)) return unwritable(error);
    throw new RunError(
      'damagedJournal',
      l10n.t(
        'The journal {0} is damaged, so it is not known which lines were sent.',
        folder.journal,
      ),
      l10n.t('Find out from the function’s log, then start over with the lines that are missing.'),
    );
  }
}

function unwritable(error: unknown): never {
  throw new RunError(
    'journal',
    l10n.t('The journal cannot be written: {0}.', messageOf(error)),
    l10n.t('Free space on the disk, or choose another folder.'),
  );
}

function targetOf(request: RunRequest): RunTarget {
  const { functionName, qualifier, tenantId, connection } = request;
  const { region, accountId, endpoint, profile } = connection;
  const api = apiForLines(request.api, request);
  return { api, functionName, qualifier, region, accountId, endpoint, profile, tenantId };
}
