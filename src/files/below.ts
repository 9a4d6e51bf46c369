import { resolve, sep } from 'node:path';

/** Whether a path is spelled as one below a folder, be that the root of the disk. Links are not looked at. */
export function isBelow(path: string, folder: string): boolean {
  const root = resolve(folder);
  return resolve(path).startsWith(root.endsWith(sep) ? root : root + sep);
}
