import type { Findings, SourceDocument } from '../../migration/find';
import type { Candidates, FolderToRead } from '../search/candidates';
import type { FileFindings } from '../search/findings';
import type { FileScanOptions } from '../search/scanFile';
import type { ThreadOptions } from '../thread/thread';

/** What a thread that finds uses of InvokeAsync is told. */
export type FinderRequest =
  | { readonly kind: 'find'; readonly document: SourceDocument }
  /** The document was closed. Not answered. */
  | { readonly kind: 'forget'; readonly uri: string }
  /** Which files may hold a use? */
  | {
      readonly kind: 'look';
      readonly folders: readonly FolderToRead[];
      /** The paths of files and folders that are left out. */
      readonly except: ReadonlySet<string>;
    }
  | ({
      readonly kind: 'scan';
      readonly paths: readonly string[];
    } & FileScanOptions);

/** While a thread scans: the file whose text is being read, or what was found in one. */
export type FinderNote =
  | { readonly kind: 'reading'; readonly path: string }
  | { readonly kind: 'found'; readonly findings: FileFindings };

export type FinderAnswer =
  | { readonly kind: 'found'; readonly findings: Findings }
  | { readonly kind: 'looked'; readonly found: Candidates }
  | { readonly kind: 'scanned' };

/**
 * For all that is not the reading of one text: the start of the thread, the load of a grammar, the way to the next file.
 * None of it depends on what stands in a document; a slow disk or a busy computer must not be taken for a loop.
 */
export const preparingLimitMs = 30_000;

/** For the reading of one text, which gives up by itself after two seconds, unless it runs without end. */
export const readingLimitMs = 5000;

export const finderThreadOptions: ThreadOptions = { memoryLimitMb: 1024 };
