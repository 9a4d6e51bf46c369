import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CancellationToken,
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type TextDocuments,
  WatchKind,
} from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { sdks } from '../../migration/rules';
import {
  findDeprecated,
  type FindDeprecatedResult,
  migrateDeprecated,
  type MigrateDeprecatedResult,
  scanProgress,
  type ScanProgress,
} from '../../protocol/messages';
import { isBelow } from '../../files/below';
import { filePath } from '../filePath';
import type { Finder } from '../finder/finder';
import { type FileFindings, type FoundUse, nothingFound } from '../search/findings';
import { ScanThreads } from '../search/scan';
import { isScanned, located, scanFile } from '../search/scanFile';
import { isWalked } from '../search/walk';
import type { Workspace } from '../workspace/workspace';
import type { DeprecationCheck } from './deprecationCheck';
import { placedDiagnostic } from './diagnostics';

/** One fewer than processors, so that typing stays smooth while the workspace is searched. */
const threadCount = Math.min(4, Math.max(1, availableParallelism() - 1));
const progressEveryMs = 100;

/**
 * Searches all files of the workspace for uses of InvokeAsync on request, and keeps what it found in the editor's list
 * of problems, for files that are not open, too. An open document's own checks speak for it.
 */
export class WorkspaceSearch {
  /** The files of which a search has published something that may still stand, by path. */
  readonly #published = new Set<string>();
  #searched = false;
  #watches = false;
  readonly #threads = new ScanThreads(threadCount);

  constructor(
    private readonly connection: Connection,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly workspace: Workspace,
    private readonly check: DeprecationCheck,
    private readonly finder: Finder,
  ) {}

  register(connection: Connection): void {
    connection.onRequest(findDeprecated, async (token: CancellationToken) => {
      const { files, filesDone } = await this.#search(token);
      return summaryOf(files, filesDone, token.isCancellationRequested);
    });
    connection.onRequest(
      migrateDeprecated,
      async (token: CancellationToken): Promise<MigrateDeprecatedResult> => {
        const { files, filesDone } = await this.#search(token);
        return {
          found: summaryOf(files, filesDone, token.isCancellationRequested),
          files: files.flatMap(({ path, edits, textHash, uses }) =>
            textHash === undefined
              ? []
              : [{ uri: uriOf(path), edits, textHash, uses: certainOf(uses).length }],
          ),
          left: files.flatMap(({ path, uses }) =>
            uses
              .filter(({ certain }) => !certain)
              .map(({ range, message }) => ({ uri: uriOf(path), range, message })),
          ),
        };
      },
    );
    this.documents.onDidClose(({ document: { uri } }) => void this.#closed(uri));
    this.workspace.folders.onDidChange((removed) => {
      for (const uri of removed) this.#forgetFolder(uri);
    });
    this.workspace.watchedFiles.onDidChange((events) => {
      for (const { uri, type } of events) {
        void this.#refresh(uri);
        if (type === FileChangeType.Deleted) this.#forgetFolder(uri);
      }
    });
  }

  async #search(
    token: CancellationToken,
  ): Promise<{ files: readonly FileFindings[]; filesDone: number }> {
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    const found = await this.#findInDocuments();
    const open = new Set(found.keys());
    let reported = 0;
    const filesDone = await this.#threads.scan(
      { folders: this.workspace.folders.paths },
      {
        signal: stopped.signal,
        onBatch: (batch, done) => {
          for (const file of batch) {
            if (open.has(file.path)) continue;
            found.set(file.path, file);
            void this.#publish(file);
          }
          if (performance.now() < reported + progressEveryMs) return;
          reported = performance.now();
          const uses = [...found.values()].reduce((sum, file) => sum + file.uses.length, 0);
          const progress: ScanProgress = { filesDone: done, uses };
          void this.connection.sendNotification(scanProgress, progress);
        },
      },
    );
    if (!token.isCancellationRequested) {
      const gone = [...this.#published].filter((path) => !found.has(path));
      for (const path of gone) void this.#publish(nothingFound(path));
      this.#published.clear();
    }
    for (const path of found.keys()) this.#published.add(path);
    this.#searched = true;
    await this.#watch();
    const files = [...found.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
    return { files, filesDone };
  }

  /** What is open counts as it stands in the editor, unsaved changes included. */
  async #findInDocuments(): Promise<Map<string, FileFindings>> {
    const found = new Map<string, FileFindings>();
    for (const document of this.documents.all()) {
      const path = this.workspace.folders.place(document.uri) && filePath(document.uri);
      // Editors keep documents of deleted files for a while.
      if (path === undefined || !existsSync(path)) continue;
      const { problems, skipped } = await this.check.find(document);
      found.set(path, {
        ...nothingFound(path),
        ...located(document, problems),
        ...(skipped === undefined ? {} : { skipped }),
      });
    }
    return found;
  }

  /** After a search, a closed document leaves what the disk holds, though the search may have found nothing in it. */
  async #closed(uri: string): Promise<void> {
    const folder = filePath(this.workspace.folders.place(uri)?.folder ?? '');
    const path = filePath(uri);
    if (!this.#searched || folder === undefined || path === undefined) return;
    if (isWalked(folder, path)) this.#published.add(path);
    await this.#watch();
    await this.#refresh(uri);
  }

  /** Searches one file anew that the last search found something in. */
  async #refresh(uri: string): Promise<void> {
    const path = filePath(uri);
    if (path === undefined || !this.#published.has(path) || !isScanned(basename(path))) return;
    await this.#publish((await scanFile(this.finder, path)) ?? nothingFound(path));
  }

  /** Of a folder that goes editors tell, and not of the files in it. One of the workspace may only have been closed. */
  #forgetFolder(uri: string): void {
    const folder = filePath(uri);
    if (folder === undefined) return;
    for (const path of this.#published) {
      if (isBelow(path, folder)) void this.#publish(nothingFound(path));
    }
  }

  async #publish({ path, uses }: FileFindings): Promise<void> {
    const uri = uriOf(path);
    const { severity } = (await this.workspace.settings.of(uri)).deprecation;
    // It may have been opened meanwhile: then its own checks speak.
    if (this.#isOpen(path)) return;
    const diagnostics = uses.map((use) =>
      placedDiagnostic(
        use.code === 'deprecated.invoke-async' && severity !== 'off' ? { ...use, severity } : use,
      ),
    );
    await this.connection.sendDiagnostics({ uri, diagnostics });
  }

  #isOpen(path: string): boolean {
    return this.documents.keys().some((uri) => filePath(uri) === path);
  }

  /** Once there is something to keep right, the files on disk are watched. */
  async #watch(): Promise<void> {
    if (this.#watches || !this.workspace.watchedFiles.areTold || this.#published.size === 0) return;
    this.#watches = true;
    await this.connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [{ globPattern: '**/*', kind: WatchKind.Change | WatchKind.Delete }],
    });
  }
}

function summaryOf(
  files: readonly FileFindings[],
  filesDone: number,
  cancelled: boolean,
): FindDeprecatedResult {
  const uses = files.flatMap((file) => file.uses);
  const counts = new Map<string, number>();
  for (const { sdk } of uses) counts.set(sdks[sdk].name, (counts.get(sdks[sdk].name) ?? 0) + 1);
  return {
    filesDone,
    files: files.filter((file) => file.uses.length > 0).length,
    uses: uses.length,
    certain: certainOf(uses).length,
    sdks: [...counts]
      .map(([name, count]) => ({ name, uses: count }))
      .toSorted((a, b) => b.uses - a.uses),
    skipped: files.flatMap(({ path, skipped }) =>
      skipped === undefined ? [] : [{ uri: uriOf(path), reason: skipped }],
    ),
    cancelled,
  };
}

function certainOf(uses: readonly FoundUse[]): readonly FoundUse[] {
  return uses.filter(({ certain }) => certain);
}

function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
