import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { Uri } from 'vscode';
import { unreadText } from '../../files/fileReading';
import { EventFile } from '../../files/eventLines';
import { isLargeEvent } from '../../files/mapItems';

/**
 * Copies the lines of an event file that are too large for an item of a Distributed Map, byte for byte.
 * @param root below which the copy goes
 * @returns the copy
 * @throws what the file system throws, or why the file cannot be read
 */
export async function writeLargeLines({ fsPath }: Uri, root: string): Promise<Uri> {
  const file = await EventFile.open(fsPath);
  if (!(file instanceof EventFile)) throw new Error(unreadText(file));
  const folder = join(root, 'tooLarge');
  const path = join(folder, `${basename(fsPath, extname(fsPath))}.too-large.jsonl`);
  const unfinished = `${path}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    await rm(unfinished, { force: true });
    const copy = await open(unfinished, 'wx');
    try {
      for await (const lines of file.lines()) {
        for (const line of lines)
          if (line.bytes && isLargeEvent(line))
            await copy.writeFile(Buffer.concat([line.bytes, Buffer.from('\n')]));
      }
      await copy.sync();
    } finally {
      await copy.close();
    }
    await rename(unfinished, path);
    return Uri.file(path);
  } finally {
    await file.close();
  }
}
