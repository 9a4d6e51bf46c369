import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isBelow, liesIn } from '../files/below';
import { findFileIn, readFileIn } from '../files/readFile';

/** The file system as far as the server reads it. */
export interface Files {
  /** The text of a file that comes with this product; `undefined` when there is none. */
  readOwn(path: string): Promise<string | undefined>;

  /** See `findFileIn` and `readFileIn`. */
  readonly findIn: typeof findFileIn;
  readonly readIn: typeof readFileIn;

  /**
   * The files in a folder that is a workspace folder or lies below one, relative to it and separated by `/`. Packages,
   * repositories and folders behind symbolic links are left out, and all of it where it lies behind a link that leads
   * out of the workspace folder.
   * @param limit `undefined` is returned when there are more files and folders than that
   */
  list(root: string, below: string, limit: number): Promise<readonly string[] | undefined>;
}

export const diskFiles: Files = {
  readOwn: async (path) => readFile(path, 'utf8').catch(() => undefined),

  findIn: findFileIn,
  readIn: readFileIn,

  async list(root, below, limit) {
    const folder = join(root, below);
    if (folder !== join(root) && !isBelow(folder, root)) return [];
    if (!(await liesIn(folder, root))) return [];
    const files: string[] = [];
    const rest = [''];
    let seen = 0;
    for (let inner = rest.pop(); inner !== undefined; inner = rest.pop()) {
      const entries = await readdir(join(folder, inner), { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const path = `${inner}${entry.name}`;
        if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
        else if (entry.isDirectory() && !unsearched.has(entry.name)) rest.push(`${path}/`);
      }
      seen += entries.length;
      if (seen > limit) return undefined;
    }
    return files;
  },
};

const unsearched = new Set(['node_modules', '.git']);
