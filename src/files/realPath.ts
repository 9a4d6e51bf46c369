import { realpathSync } from 'node:fs';

/** With links resolved and, where the file system ignores case, in the case of the disk; as it is when there is none. */
export function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
