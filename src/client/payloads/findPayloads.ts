/** The search for payloads in the folders of the workspace. */
import { join } from 'node:path';
import { FileType, Uri, workspace, type WorkspaceFolder } from 'vscode';
import { Pace } from '../../core/pace';
import { mayHoldPayloads, searchesFor } from '../../core/payload/payloadPath';
import { liesIn } from '../../files/below';
import { payloadFilter } from '../../files/payloadFile';
import { inFolder, pathInFolder } from '../folders';
import type { PayloadFile } from './savedPayload';

/** By URI: two globs may find the same file. */
export type Files = Map<string, PayloadFile>;

/** The globs of `payloads.include` in one workspace folder. */
export interface SearchedFolder {
  readonly folder: WorkspaceFolder;
  readonly globs: readonly string[];
}

/** The files that lie in these folders, by URI. */
export async function findFiles(searched: readonly SearchedFolder[]): Promise<Files> {
  const pace = new Pace();
  const files: Files = new Map();
  await Promise.all(
    searched.map(async ({ folder, globs }) => {
      const isPayload = filterOf({ folder, globs });
      const searches = searchesFor(globs).map(({ include, exclude }) =>
        workspace.findFiles(inFolder(folder, include), exclude),
      );
      const found: PayloadFile[] = [];
      for (const uri of (await Promise.all(searches)).flat()) {
        const path = pathInFolder(folder, uri);
        if (isPayload(path)) found.push({ uri, folder, path });
        if (pace.isDue) await pace.turn();
      }
      const outside = await foldersOutside(folder, found);
      for (const file of found) {
        if (!outside.has(parentOf(file))) files.set(file.uri.toString(), file);
        if (pace.isDue) await pace.turn();
      }
    }),
  );
  return files;
}

/** Whether paths of a workspace folder are payloads, as the server sees it, too. */
export function filterOf({ folder, globs }: SearchedFolder): (path: string) => boolean {
  const { scheme, fsPath } = folder.uri;
  return payloadFilter(scheme === 'file' ? fsPath : undefined, globs);
}

/** Those of the folders of files that lie behind a link that leads out of the workspace folder. */
async function foldersOutside(
  folder: WorkspaceFolder,
  files: readonly PayloadFile[],
): Promise<ReadonlySet<string>> {
  const outside = new Set<string>();
  if (folder.uri.scheme !== 'file') return outside;
  const parents = [...new Set(files.map(parentOf))].map(async (parent) => {
    if (!(await liesIn(join(folder.uri.fsPath, parent), folder.uri.fsPath))) outside.add(parent);
  });
  await Promise.all(parents);
  return outside;
}

/** The path of its folder in the workspace folder. */
const parentOf = ({ path }: PayloadFile) => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/**
 * A file itself, or all files in a folder: the editor tells of a folder that comes, not of each file in it. Links to
 * folders are not followed, for they may lead round in a circle.
 */
export async function filesAt(uri: Uri, searched: SearchedFolder): Promise<Uri[]> {
  const { type } = await workspace.fs.stat(uri).then(undefined, () => ({ type: FileType.Unknown }));
  return filesOf(uri, type, searched);
}

async function filesOf(uri: Uri, type: FileType, searched: SearchedFolder): Promise<Uri[]> {
  if (!mayHoldPayloads(pathInFolder(searched.folder, uri), searched.globs)) return [];
  // A link to a file is both.
  if (type & FileType.File) return [uri];
  if (type !== FileType.Directory) return [];
  const entries = await workspace.fs.readDirectory(uri).then(undefined, () => []);
  const files = entries.map(([name, kind]) => filesOf(Uri.joinPath(uri, name), kind, searched));
  return (await Promise.all(files)).flat();
}
