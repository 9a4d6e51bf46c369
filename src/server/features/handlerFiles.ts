import { join } from 'node:path';
import { fileLimitBytes } from '../../core/fileLimits';
import { exportedNames } from '../../core/localHandlers/exportedNames';
import {
  type HandlerCandidate,
  handlerCandidates,
  handlerOf,
  localPath,
  type Runtime,
} from '../../core/localHandlers/handlerPath';
import { utf8Text } from '../../files/utf8Text';
import { filePath } from '../filePath';
import type { Files } from '../files';
import type { Workspace } from '../workspace/workspace';

/** A folder with more files and folders than this is not searched for handlers. */
const mostFiles = 20_000;

/** How many files are read for their exports. */
const mostRead = 200;

/** What is neither written nor deployed as a handler. */
const unlikely =
  /(?:^|\/)(?:\.venv|venv|site-packages|__pycache__|cdk\.out|\.aws-sam|\.serverless|tests?)\/|\.(?:test|spec|d)\.[cm]?[jt]s$|(?:^|\/)(?:test_\w+|conftest|setup)\.py$/;

/** Where a handler is: in a file of the workspace folder, or behind a link that leads out of it. */
interface Located {
  readonly kind: 'file' | 'outside';
  readonly candidate: HandlerCandidate;
}

/** The path of the workspace folder whose `.lambda/local.json` a document is; of other documents none. */
export function localRoot(workspace: Workspace, uri: string): string | undefined {
  const place = workspace.folders.place(uri);
  return place?.path === localPath ? filePath(place.folder) : undefined;
}

/** The files of a workspace folder that hold handlers, or could. */
export class HandlerFiles {
  constructor(private readonly files: Files) {}

  /** The file that Local Lambda would run for a handler; `undefined` where there is none. */
  async locate(root: string, handler: string): Promise<Located | undefined> {
    for (const candidate of handlerCandidates(handler)) {
      const path = join(root, candidate.file);
      const { kind } = await this.files.findIn(root, path, fileLimitBytes.source);
      if (kind === 'missing') continue;
      return { kind: kind === 'outside' ? 'outside' : 'file', candidate };
    }
    return undefined;
  }

  /** The handlers that there are, as `.lambda/local.json` names them, each with its file. */
  async exported(root: string): Promise<{ handler: string; file: string }[]> {
    const files = (await this.list(root)).slice(0, mostRead);
    const exported = await Promise.all(
      files.map(async (file) => {
        const text = await this.read(root, file);
        const names = text === undefined ? [] : exportedNames(text, runtimeOf(file));
        return names.map((name) => ({ handler: handlerOf(file, name) ?? '', file }));
      }),
    );
    return exported.flat();
  }

  /** The files that can be named, without what a compiler has written beside its source. */
  async list(root: string): Promise<string[]> {
    const all = (await this.files.list(root, '', mostFiles)) ?? [];
    const named = all.filter((file) => !unlikely.test(file) && handlerOf(file, 'a') !== undefined);
    const byHandler = new Map(named.toSorted().map((file) => [handlerOf(file, ''), file]));
    return [...byHandler.values()];
  }

  async read(root: string, file: string): Promise<string | undefined> {
    const reading = await this.files.readIn(root, join(root, file), fileLimitBytes.handler);
    return reading.kind === 'content' ? utf8Text(reading.bytes) : undefined;
  }
}

function runtimeOf(file: string): Runtime {
  return file.endsWith('.py') ? 'python' : 'node';
}
