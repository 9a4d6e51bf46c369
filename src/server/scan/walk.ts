import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isIgnored, rulesAbove, rulesIn } from './gitIgnore';

/** Large enough that handing them over costs nothing, small enough that the threads end together. */
const batchSize = 64;

/**
 * The files below a folder that git would not ignore and that are `wanted`, in batches. Symbolic links are not
 * followed, and a folder that cannot be read is as if it were empty.
 * @param folder absolute
 */
export async function* walk(
  folder: string,
  wanted: (name: string) => boolean,
): AsyncGenerator<string[]> {
  const waiting = [{ folder, above: await rulesAbove(folder) }];
  let batch: string[] = [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const entries = await readdir(next.folder, { withFileTypes: true }).catch(() => []);
    const names = entries.map(({ name }) => name);
    const rules = await rulesIn(next.folder, names, next.above);
    for (const entry of entries) {
      const path = join(next.folder, entry.name);
      if (entry.isDirectory() && entry.name !== '.git' && !isIgnored(path + sep, rules)) {
        waiting.push({ folder: path, above: rules });
      } else if (entry.isFile() && wanted(entry.name) && !isIgnored(path, rules)) {
        batch.push(path);
      }
      if (batch.length >= batchSize) {
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}
