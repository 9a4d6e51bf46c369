import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { LocalFunction } from './configuration';

/** Where a handler is: a file, and the path of names to the export inside it. */
export interface HandlerFile {
  readonly file: string;
  readonly exportPath: string;
  /** Changes whenever the file does; 0 when there is no such file. */
  readonly modified: number;
}

const extensions = ['.js', '.mjs', '.cjs'];

/**
 * Resolves `path.export` as Lambda's Node runtime does: the first dot after the last slash ends the path.
 * Without a file the path itself is returned, so that loading it fails with a message that names it.
 */
export function findHandlerFile({ folder, handler }: LocalFunction): HandlerFile {
  const [module = '', ...names] = basename(handler).split('.');
  const path = join(folder, dirname(handler), module);
  const exportPath = names.join('.');
  for (const extension of extensions) {
    const status = statSync(path + extension, { throwIfNoEntry: false });
    if (status?.isFile()) return { file: path + extension, exportPath, modified: status.mtimeMs };
  }
  return { file: path, exportPath, modified: 0 };
}
