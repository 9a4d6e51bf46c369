import * as l10n from '@vscode/l10n';
import {
  Range,
  TextEdit,
  Uri,
  workspace,
  WorkspaceEdit,
  type WorkspaceEditEntryMetadata,
} from 'vscode';
import { shownNumber } from '../../core/shownNumber';
import { textHash } from '../../files/textHash';
import {
  type FileReplacements,
  findDeprecated as findRequest,
  type FindDeprecatedResult,
  type LeftUse,
  migrateDeprecated as migrateRequest,
  type MigrateDeprecatedResult,
  type PlaceRange,
  type ScanProgress,
  scanProgress,
} from '../../protocol/messages';
import {
  certainSentence,
  changedLines,
  changedSentence,
  foundLines,
  foundSentence,
  leftLines,
  leftSentence,
  replacedSentence,
} from './migrationText';
import type { LanguageServer } from '../languageServer/languageServer';
import { type Choice, showOutput, type Ui } from '../ui/ui';

/** What became of a migration. */
interface Migrated {
  readonly left: readonly LeftUse[];
  readonly changed: readonly string[];
  readonly applied: boolean;
}

/** The commands that find uses of InvokeAsync in the workspace, and replace them. */
export class MigrationCommands {
  constructor(
    private readonly server: Pick<LanguageServer, 'start'>,
    private readonly ui: Pick<
      Ui,
      'hasFolder' | 'offer' | 'output' | 'run' | 'tell' | 'withProgress'
    >,
  ) {}

  /** Lambda: Find Uses of InvokeAsync in Workspace. Resolves to what was found, `undefined` without a folder. */
  async find(): Promise<FindDeprecatedResult | undefined> {
    if (!this.ui.hasFolder(needsFolder())) return undefined;
    const found = await this.#search<FindDeprecatedResult>(findRequest);
    this.#reportFound(found);
    if (found.uses === 0) {
      this.ui.tell('information', foundSentence(found));
      return found;
    }
    await this.ui.run('workbench.panel.markers.view.focus');
    this.#offerNext(found);
    return found;
  }

  /**
   * Lambda: Replace All Uses of InvokeAsync…: what certainly can be replaced, once the user agrees to it in the editor's
   * preview. Resolves to whether it was applied.
   */
  async replaceAll(): Promise<boolean> {
    if (!this.ui.hasFolder(needsFolder())) return false;
    const { output } = this.ui;
    const { found, files, left } = await this.#search<MigrateDeprecatedResult>(migrateRequest);
    this.#reportFound(found);
    if (found.cancelled) return false;
    const { asSearched, changed } = await compareWithEditor(files);
    const isPreviewed = asSearched.length > 0;
    const applied =
      isPreviewed && (await workspace.applyEdit(previewed(asSearched), { isRefactoring: true }));
    if (isPreviewed) {
      const uses = asSearched.reduce((sum, file) => sum + file.uses, 0);
      output.info(
        applied ? replacedSentence(uses, asSearched.length) : l10n.t('Nothing was replaced.'),
      );
    }
    if (changed.length > 0) {
      output.warn(changedSentence(changed.length));
      for (const line of changedLines(changed, shownPath)) output.warn(line);
    }
    if (left.length > 0) {
      output.warn(leftSentence(left.length));
      for (const line of leftLines(left, shownPath)) output.warn(line);
    }
    if (applied || !isPreviewed) this.#tellMigrated(found, { left, changed, applied });
    return applied;
  }

  /** Sends a request that searches the workspace, with progress that can be cancelled. */
  async #search<Result>(request: string): Promise<Result> {
    return this.ui.withProgress(
      {
        location: 'notification',
        title: l10n.t('Searching for InvokeAsync'),
        cancellable: true,
      },
      async (progress, token) => {
        const client = await this.server.start();
        const listening = client.onNotification(scanProgress, ({ filesDone, uses }: ScanProgress) =>
          progress.report({
            message: l10n.t('Files searched: {files}, uses found: {uses}', {
              files: shownNumber(filesDone),
              uses: shownNumber(uses),
            }),
          }),
        );
        try {
          return await client.sendRequest<Result>(request, token);
        } finally {
          listening.dispose();
        }
      },
    );
  }

  #reportFound(found: FindDeprecatedResult): void {
    const { output } = this.ui;
    output.info(foundSentence(found));
    for (const line of foundLines(found, shownPath)) output.info(line);
  }

  #offerNext(found: FindDeprecatedResult): void {
    this.ui.offer(
      'information',
      `${foundSentence(found)} ${certainSentence(found)}`,
      ...(found.certain > 0 ? [this.#replaceAllChoice()] : []),
      showOutput(this.ui.output),
    );
  }

  #replaceAllChoice(): Choice {
    return {
      title: l10n.t('Replace All…'),
      run: () => this.ui.run('invokeAsync.migrateDeprecated'),
    };
  }

  #tellMigrated(found: FindDeprecatedResult, { left, changed, applied }: Migrated): void {
    if (found.uses === 0) {
      this.ui.tell('information', foundSentence(found));
      return;
    }
    const sentences = [
      applied ? l10n.t('Replaced InvokeAsync with Invoke.') : certainSentence(found),
      ...(left.length > 0 ? [leftSentence(left.length)] : []),
      ...(changed.length > 0 ? [changedSentence(changed.length)] : []),
    ];
    this.ui.offer(
      changed.length > 0 ? 'warning' : 'information',
      sentences.join(' '),
      ...(changed.length > 0 ? [this.#replaceAllChoice()] : []),
      showOutput(this.ui.output),
    );
  }
}

function needsFolder(): string {
  return l10n.t('Open a folder to search it for uses of InvokeAsync.');
}

/**
 * Which files the editor shows as they were searched. It is asked for all of them, so that it knows the versions that
 * the edits are for when they are previewed: it refuses them if one has changed by the time they are applied.
 */
async function compareWithEditor(files: readonly FileReplacements[]): Promise<{
  readonly asSearched: readonly FileReplacements[];
  /** URIs of the others, also of those that cannot be opened any more. */
  readonly changed: readonly string[];
}> {
  const documents = await Promise.all(
    files.map(async ({ uri }) =>
      workspace.openTextDocument(Uri.parse(uri)).then(
        (document) => document,
        () => undefined,
      ),
    ),
  );
  // Only now, when the last one is open, so that nothing changes between this and the preview.
  const isAsSearched = files.map(({ textHash: searched }, index) => {
    const document = documents[index];
    return document !== undefined && textHash(document.getText()) === searched;
  });
  return {
    asSearched: files.filter((_, index) => isAsSearched[index]),
    changed: files.filter((_, index) => !isAsSearched[index]).map(({ uri }) => uri),
  };
}

/**
 * One edit for all files, which the editor shows before it applies it, and undoes as one. An edit that asks for
 * confirmation opens the preview, but is unchecked there; so that all replacements are checked, the one that asks is
 * none: it deletes a file that does not exist, which the preview leaves out.
 */
function previewed(files: readonly FileReplacements[]): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  const metadata = { label: l10n.t('Replace InvokeAsync with Invoke'), needsConfirmation: false };
  for (const { uri, edits } of files) {
    edit.set(
      Uri.parse(uri),
      edits.map(({ range, newText }): [TextEdit, WorkspaceEditEntryMetadata] => [
        new TextEdit(toRange(range), newText),
        metadata,
      ]),
    );
  }
  edit.deleteFile(
    Uri.parse(`${files[0]?.uri}.no-such-file-${Date.now()}`),
    { ignoreIfNotExists: true },
    { ...metadata, needsConfirmation: true },
  );
  return edit;
}

function toRange({ start, end }: PlaceRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function shownPath(uri: string): string {
  return workspace.asRelativePath(Uri.parse(uri));
}
