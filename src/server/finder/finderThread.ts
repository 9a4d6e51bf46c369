import * as l10n from '@vscode/l10n';
import type { Findings, SourceDocument } from '../../migration/find';
import type { Finder } from './finder';
import {
  type FinderAnswer,
  type FinderNote,
  type FinderRequest,
  finderThreadOptions,
  preparingLimitMs,
  readingLimitMs,
} from './finderMessages';
import { Thread, ThreadError } from '../thread/thread';
import { Turns } from '../thread/turns';

/**
 * A finder whose work is done in a thread, so that nothing that stands in a document can stop the server: a text that
 * is not read in time ends the thread, is skipped as long as it stands like this, and the next one starts a new thread.
 */
export class FinderThread implements Finder {
  readonly #thread: Thread<FinderRequest, FinderNote, FinderAnswer>;
  readonly #turns = new Turns<Findings>();
  /** The texts that ended the thread, with the reason, by the document's URI. */
  readonly #stopped = new Map<string, { readonly text: string; readonly skipped: string }>();

  /** @param workerFile the bundle of finderWorker.ts */
  constructor(workerFile: string) {
    this.#thread = new Thread(workerFile, finderThreadOptions);
  }

  /** Never rejects. Of the versions of one document that wait, the newest is read, and its findings are those of all. */
  find(document: SourceDocument): Promise<Findings> {
    return this.#turns.take(document.uri, () => this.#find(document));
  }

  forget(uri: string): void {
    this.#stopped.delete(uri);
    this.#thread.tell({ kind: 'forget', uri });
  }

  dispose(): void {
    this.#thread.dispose();
  }

  async #find(document: SourceDocument): Promise<Findings> {
    const { uri, text } = document;
    const stopped = this.#stopped.get(uri);
    if (stopped?.text === text) return { problems: [], skipped: stopped.skipped };
    this.#stopped.delete(uri);
    try {
      const answer = await this.#thread.ask({ kind: 'find', document }, preparingLimitMs);
      return answer.kind === 'found' ? answer.findings : { problems: [] };
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      const skipped = reasonToSkip(error);
      if (error.reason !== 'disposed') this.#stopped.set(uri, { text, skipped });
      return { problems: [], skipped };
    }
  }
}

/** Why a text or file was skipped, in words that follow a colon. */
export function reasonToSkip({ reason, message }: ThreadError): string {
  if (reason === 'timedOut')
    return l10n.t('searching it did not finish within {0} s', readingLimitMs / 1000);
  if (reason === 'outOfMemory') return l10n.t('searching it takes too much memory');
  return l10n.t('searching it failed ({0})', message);
}
