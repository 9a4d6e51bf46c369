import * as l10n from '@vscode/l10n';
import { FileChangeType, type FileSystemWatcher, WatchKind } from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileLimitBytes } from '../../core/fileLimits';
import { firstLine } from '../../core/firstLine';
import type { Problem } from '../../core/problem';
import { globFolders, targetProblems } from '../../core/targetMatches';
import { type LocatedTarget, targetsPath } from '../../core/target';
import { parseTargets } from '../../core/targets';
import { unreadText } from '../../files/fileReading';
import type { Files } from '../files';
import type { Schemas } from '../schemas/schemas';
import { matchesOf } from '../targetFiles';
import { globsAlong } from '../workspace/watchedFiles';
import type { Workspace } from '../workspace/workspace';
import type { Check } from './diagnostics';

/** `.lambda/targets.json`: globs that match nothing, targets that never win, schemas that are not there. */
export class TargetsCheck implements Check {
  constructor(
    private readonly workspace: Workspace,
    private readonly files: Files,
    private readonly schemas: Schemas,
  ) {}

  register(): void {
    this.workspace.watchedFiles.onDidChange((events) => {
      if (events.every(({ type }) => type === FileChangeType.Changed)) return;
      this.workspace.recheck((uri) => this.workspace.folders.place(uri)?.path === targetsPath);
    });
  }

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    const place = this.workspace.folders.place(document.uri);
    if (place?.path !== targetsPath) return [];
    const text = document.getText();
    if (Buffer.byteLength(text) > fileLimitBytes.targets) return [tooLarge(text)];
    const targets = parseTargets(text);
    this.workspace.watchedFiles.watch(document.uri, watchersFor(targets));
    const matches = await matchesOf(this.files, place.folder, targets);
    const schemaProblems = await Promise.all(
      targets.map(async ({ target: { schema }, ranges }): Promise<Problem[]> => {
        const message = schema && (await this.schemas.fault(schema, place.folder));
        return message && ranges.schema
          ? [
              {
                code: 'payload.schema',
                severity: 'warning',
                message,
                range: ranges.schema,
                fixes: [],
              },
            ]
          : [];
      }),
    );
    return [...targetProblems(matches ?? []), ...schemaProblems.flat()];
  }

  forget(uri: string): void {
    this.workspace.watchedFiles.watch(uri, []);
  }
}

function tooLarge(text: string): Problem {
  const limit = fileLimitBytes.targets;
  const reason = unreadText({ kind: 'tooLarge', size: Buffer.byteLength(text), limit });
  return {
    code: 'target.no-match',
    severity: 'error',
    message: l10n.t('No targets are read from this file. {0}', reason),
    range: firstLine(text),
    fixes: [],
  };
}

/** All that can come or go and change what is said: what targets name, and what lies in the folders of their globs. */
function watchersFor(targets: readonly LocatedTarget[]): FileSystemWatcher[] {
  const globs = [
    ...globFolders(targets).flatMap((folder) => [...globsAlong(folder), `**/${folder}**`]),
    ...targets.flatMap(({ target: { schema = '' } }) => globsAlong(schema)),
  ];
  return globs.map((globPattern) => ({ globPattern, kind: WatchKind.Create | WatchKind.Delete }));
}
