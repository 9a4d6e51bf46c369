import * as l10n from '@vscode/l10n';
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { isBelow } from '../files/below';

/** Where a handler is looked for. */
interface HandlerPlace {
  readonly folder: string;
  /** `path.export`, relative to the folder. */
  readonly handler: string;
}

/** Where a handler is: a file, and the path of names to the export inside it. */
export interface HandlerFile {
  readonly file: string;
  readonly exportPath: string;
  /** Changes whenever the file does; 0 when there is no such file. */
  readonly modified: number;
}

const extensions = ['.js', '.mjs', '.cjs'];

/** Splits `path.export` as Lambda's Node runtime does: the first dot after the last slash ends the path. */
export function splitHandler(handler: string): { path: string; exportPath: string } {
  const [module = '', ...names] = basename(handler).split('.');
  return { path: join(dirname(handler), module), exportPath: names.join('.') };
}

/**
 * Finds the file of a handler. Symbolic links are followed as far as they stay in the folder, as those of pnpm do.
 * Without a file the path itself is returned, so that loading it fails with a message that names it.
 *
 * @throws Error, which names the link, when one leads out of the folder
 */
export function findHandlerFile({ folder, handler }: HandlerPlace): HandlerFile {
  const { path, exportPath } = splitHandler(handler);
  for (const extension of extensions) {
    const file = join(folder, path + extension);
    const status = statSync(file, { throwIfNoEntry: false });
    if (!status?.isFile()) continue;
    return { file: realFile(file, folder), exportPath, modified: status.mtimeMs };
  }
  return { file: join(folder, path), exportPath, modified: 0 };
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
