import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

/** Whether a path is spelled as one below a folder, be that the root of the disk. Links are not looked at. */
export function isBelow(path: string, folder: string): boolean {
  const root = resolve(folder);
  return resolve(path).startsWith(root.endsWith(sep) ? root : root + sep);
}

/** Whether a file or folder is another folder, or lies in it, once links are resolved. */
export async function liesIn(path: string, folder: string): Promise<boolean> {
  try {
    const [real, root] = await Promise.all([realpath(path), realpath(folder)]);
    return real === root || isBelow(real, root);
  } catch {
    return false;
  }
}
