import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';

/** The file system as far as the server reads it. What cannot be read is as if it were not there. */
export interface Files {
  readText(path: string): Promise<string | undefined>;

  /**
   * The size in bytes of a file below a folder: `outside` when the path, or a symbolic link on it, leads out of the
   * folder, `missing` when there is none. Folders, pipes and devices are no files.
   */
  sizeBelow(folder: string, path: string): Promise<number | 'missing' | 'outside'>;

  /**
   * The files below a folder, relative to it and separated by `/`. Packages, repositories and folders behind symbolic
   * links are left out.
   * @param limit `undefined` is returned when there are more files than that
   */
  list(folder: string, limit: number): Promise<readonly string[] | undefined>;
}

export const diskFiles: Files = {
  readText: async (path) => readFile(path, 'utf8').catch(() => undefined),

  async sizeBelow(folder, path) {
    if (!isBelow(path, folder)) return 'outside';
    try {
      if (!isBelow(await realpath(path), await realpath(folder))) return 'outside';
      const status = await stat(path);
      return status.isFile() ? status.size : 'missing';
    } catch {
      return 'missing';
    }
  },

  async list(folder, limit) {
    const files: string[] = [];
    const rest = [''];
    for (let below = rest.pop(); below !== undefined; below = rest.pop()) {
      const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const path = `${below}${entry.name}`;
        if (!entry.isDirectory()) files.push(path);
        else if (!unsearched.has(entry.name)) rest.push(`${path}/`);
      }
      if (files.length > limit) return undefined;
    }
    return files;
  },
};

const unsearched = new Set(['node_modules', '.git']);

/** Whether a path is spelled as one below a folder, be that the root of the disk. */
export function isBelow(path: string, folder: string): boolean {
  const root = resolve(folder);
  return resolve(path).startsWith(root.endsWith(sep) ? root : root + sep);
}
