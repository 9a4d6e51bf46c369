import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** All that the editor and its extensions have written: storage, logs, outputs, settings. */
export async function writtenFiles(): Promise<{ path: string; text: string }[]> {
  const folder = process.env['EDITOR_DATA_FOLDER'];
  if (!folder) throw new Error('The runner does not say where the editor writes.');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  // Extensions are links, and are not followed.
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(path, 'utf8').catch(() => '') })),
  );
}
