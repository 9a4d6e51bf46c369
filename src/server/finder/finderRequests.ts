import { messageOf } from '../../core/messageOf';
import type { SourceDocument } from '../../migration/find';
import type { LazyFinder } from './finder';
import {
  type FinderAnswer,
  type FinderNote,
  type FinderRequest,
  preparingLimitMs,
  readingLimitMs,
} from './finderMessages';
import { findCandidates } from '../search/candidates';
import { nothingFound } from '../search/findings';
import { type FileScanOptions, scanFile } from '../search/scanFile';
import { answerRequests } from '../thread/answer';
import type { Speaker } from '../thread/messages';

/** Answers the requests of the server in a thread, which says before each text how long it may take. */
export function answerFinderRequests(
  finder: Pick<LazyFinder, 'prepare' | 'find' | 'forget'>,
): void {
  const find = async (document: SourceDocument, speaker: Speaker<FinderNote>) => {
    await finder.prepare(document);
    speaker.limit(readingLimitMs);
    return finder.find(document);
  };
  const scan = async (path: string, options: FileScanOptions, speaker: Speaker<FinderNote>) => {
    const reporting = {
      find: async (document: SourceDocument) => {
        speaker.note({ kind: 'reading', path });
        const found = await find(document, speaker);
        speaker.limit(preparingLimitMs);
        return found;
      },
      forget: (uri: string) => finder.forget(uri),
    };
    try {
      return await scanFile(reporting, path, options);
    } catch (error) {
      return {
        ...nothingFound(path),
        skipped: messageOf(error),
      };
    }
  };
  answerRequests<FinderRequest, FinderNote, FinderAnswer>(async (request, speaker) => {
    if (request.kind === 'find') {
      return { kind: 'found', findings: await find(request.document, speaker) };
    }
    if (request.kind === 'forget') {
      finder.forget(request.uri);
      return undefined;
    }
    if (request.kind === 'look') {
      return { kind: 'looked', found: findCandidates(request.folders, request.except) };
    }
    for (const path of request.paths) {
      const findings = await scan(path, request, speaker);
      if (findings) speaker.note({ kind: 'found', findings });
    }
    return { kind: 'scanned' };
  });
}
