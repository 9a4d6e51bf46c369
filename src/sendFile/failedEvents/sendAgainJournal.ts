import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunTarget } from '../../core/fileRun/run';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { OutcomeKind } from '../../core/invocation/outcome';
import type { InvocationHeaders } from '../../core/invocationHeaders';
import { isRecord } from '../../core/isRecord';
import { syncFolder } from '../../files/temporaryFile';
import { frameOf, readFrames } from '../frames';

/** What happened to a failed event that was sent again; `sending` without an outcome was interrupted. */
export type SendAgainState = 'sending' | OutcomeKind;

/** What is known of one that was sent again, and how it was sent as far as it may have been queued. */
export interface SentAgain extends InvocationHeaders {
  readonly state: SendAgainState;
}

/** Every frame of a journal but the first is a list of these. */
type Entry =
  | readonly ['intent', string, InvocationHeaders?]
  | readonly ['outcome', string, OutcomeKind, (string | null)?, string?];

const header = { format: 1, holds: 'failedEvents' };

/** A journal of something else, or of another version. */
export class NotASendAgainJournal extends Error {}

/**
 * Which failed events of a function were sent again, by their keys, on disk: an intent before the first byte leaves, an
 * outcome before the event is removed from its queue. So one that comes back is recognized, whatever was killed when.
 */
export class SendAgainJournal {
  #pending: Entry[] = [];
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;

  private constructor(
    private readonly file: FileHandle,
    private readonly states: Map<string, SentAgain>,
    private end: number,
  ) {}

  /**
   * Opens the journal, or makes a new one. Whoever opens it holds the lock.
   * @throws {DamagedFrame | NotASendAgainJournal} when it cannot be known what was sent; what the file system throws
   */
  static async open(path: string): Promise<SendAgainJournal> {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a+', 0o600);
    await file.close();
    const journal = await open(path, 'r+');
    try {
      const { states, end } = await read(journal);
      // What a crash tore is cut off.
      await journal.truncate(end);
      const opened = new SendAgainJournal(journal, states, end);
      if (end === 0) {
        await opened.#append(frameOf(header));
        await syncFolder(dirname(path));
      }
      return opened;
    } catch (error) {
      await journal.close();
      throw error;
    }
  }

  get(key: string): SentAgain | undefined {
    return this.states.get(key);
  }

  /** Resolves when the event may be sent. @throws what the file system throws; then it must not be sent. */
  async intend(key: string, { tenantId, durableName }: InvocationHeaders = {}): Promise<void> {
    const isPlain = tenantId === undefined && durableName === undefined;
    await this.#add(isPlain ? ['intent', key] : ['intent', key, { tenantId, durableName }]);
  }

  /** Resolves when the outcome is on disk, and the event may be removed. @throws what the file system throws */
  async settle(
    key: string,
    kind: OutcomeKind,
    {
      requestId,
      name,
    }: { readonly requestId?: string | undefined; readonly name?: string | undefined },
  ): Promise<void> {
    const id = requestId ?? null;
    await this.#add(
      name === undefined ? ['outcome', key, kind, id] : ['outcome', key, kind, id, name],
    );
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.file.close();
  }

  /** Entries that come while others are written share the next write. */
  async #add(entry: Entry): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#pending.push(entry);
    const mine = this.#writing.then(() => this.#flush());
    this.#writing = mine;
    await mine;
    apply(this.states, entry);
  }

  async #flush(): Promise<void> {
    // Written by the one before.
    if (this.#pending.length === 0) return;
    const entries = this.#pending.splice(0);
    try {
      await this.#append(frameOf(entries));
    } catch (error) {
      this.#failure = error;
      await this.file.truncate(this.end).catch(() => undefined);
      throw error;
    }
  }

  async #append(frame: Buffer): Promise<void> {
    for (let done = 0; done < frame.length; ) {
      const { bytesWritten } = await this.file.write(
        frame,
        done,
        frame.length - done,
        this.end + done,
      );
      done += bytesWritten;
    }
    await this.file.datasync();
    this.end += frame.length;
  }
}

/** What the journal says, without holding its lock. Empty where there is none, or it cannot be read. */
export async function readSendAgainStates(path: string): Promise<ReadonlyMap<string, SentAgain>> {
  const file = await open(path, 'r').catch(() => undefined);
  try {
    return file ? (await read(file)).states : new Map();
  } catch {
    // Whoever wants to send is told.
    return new Map();
  } finally {
    await file?.close();
  }
}

/** Where a function keeps its journal and lock: one for all its queues and buckets, since both may hold an event. */
export function sendAgainFolder(
  root: string,
  { functionName, region, accountId, endpoint }: Omit<RunTarget, 'api'>,
): { readonly journal: string; readonly lock: string } {
  // Local Lambda has another port each time.
  const host = endpoint && new URL(endpoint).hostname;
  const { name, region: ownRegion, account } = functionLabel(functionName);
  const key = createHash('sha256')
    .update(JSON.stringify([name, ownRegion ?? region, account ?? accountId ?? '', host ?? '']))
    .digest('hex')
    .slice(0, 32);
  return { journal: join(root, key, 'journal'), lock: join(root, key, 'lock') };
}

async function read(file: FileHandle) {
  const states = new Map<string, SentAgain>();
  let end = 0;
  for await (const frame of readFrames(file)) {
    if (end === 0) {
      const { value } = frame;
      if (!isRecord(value) || value['format'] !== 1 || value['holds'] !== header.holds) {
        throw notOurs();
      }
    } else for (const entry of frame.value as Entry[]) apply(states, entry);
    end = frame.end;
  }
  // A crash leaves no more than a part of the first frame.
  if (end === 0 && (await file.stat()).size > frameOf(header).length) throw notOurs();
  return { states, end };
}

function notOurs(): NotASendAgainJournal {
  return new NotASendAgainJournal('Another version of the extension wrote the journal.');
}

function apply(states: Map<string, SentAgain>, entry: Entry): void {
  const [kind, key] = entry;
  if (kind === 'intent') {
    states.set(key, { ...entry[2], state: 'sending' });
    return;
  }
  const state = entry[2] ?? 'unknown';
  // What was not queued may be sent in another way the next time.
  const isQueued = state === 'accepted' || state === 'unknown';
  states.set(key, isQueued ? { ...states.get(key), state } : { state });
}
