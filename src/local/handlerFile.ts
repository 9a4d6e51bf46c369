import * as l10n from '@vscode/l10n';
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import {
  type HandlerCandidate,
  handlerCandidates,
  handlerParts,
  type Runtime,
} from '../core/localHandlers/handlerPath';
import { isBelow } from '../files/below';

/** Where a handler is looked for. */
interface HandlerPlace {
  readonly folder: string;
  /** `path.export`, relative to the folder. */
  readonly handler: string;
}

/** Where a handler is: a file, and the path of names to the export inside it. */
export interface HandlerFile {
  readonly runtime: Runtime;
  readonly file: string;
  readonly exportPath: string;
  /** The handler without its export, as it is written. */
  readonly module: string;
  /** Changes whenever the file does; 0 when there is no such file. */
  readonly modified: number;
}

export function isTypeScript(file: string): boolean {
  return /\.[cm]?ts$/.test(file);
}

/**
 * Finds the file of a handler. Symbolic links are followed as far as they stay in the folder, as those of pnpm do.
 * Without a file the path itself is returned, so that loading it fails with a message that names it.
 *
 * @throws Error, which names the link, when one leads out of the folder
 */
export function findHandlerFile({ folder, handler }: HandlerPlace): HandlerFile {
  for (const { file: path, ...candidate } of handlerCandidates(handler)) {
    const file = join(folder, path);
    const status = statSync(file, { throwIfNoEntry: false });
    if (!status?.isFile()) continue;
    return { ...found(candidate), file: realFile(file, folder), modified: status.mtimeMs };
  }
  const parts = handlerParts.node(handler);
  const missing = { file: join(folder, parts.path), modified: 0 };
  return { ...found({ ...parts, runtime: 'node' }), ...missing };
}

function found({ runtime, exportPath, module }: Omit<HandlerCandidate, 'file'>) {
  return { runtime, exportPath, module };
}

function realFile(file: string, folder: string): string {
  const real = realpathSync(file);
  const root = realpathSync(folder);
  if (isBelow(real, root)) return real;
  throw new Error(
    l10n.t('{link} is a link to {place}, outside the workspace folder. Its code is not run.', {
      link: linkOutOf(file, folder, root),
      place: real,
    }),
  );
}

/** The first link on the way to a file that leads out of the folder, relative to it. */
function linkOutOf(file: string, folder: string, root: string): string {
  const names = relative(folder, file).split(sep);
  const ways = names.map((_, index) => join(folder, ...names.slice(0, index + 1)));
  const link = ways.find(
    (way) => lstatSync(way).isSymbolicLink() && !isBelow(realpathSync(way), root),
  );
  return relative(folder, link ?? file);
}
