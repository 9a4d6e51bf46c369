/** The names of test events, which are any text, as names of files on every system, and back. */

/** Most bytes of a file's name with its ending. */
const longestFileName = 240;

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:$|\.)/i;
const unsafe = /[\p{Cc}\p{Cs}\\/:*?"<>|%]|^[. ]|[. ]$/gu;

/**
 * The files of events, by their names, without `.json`: what a file system refuses is written as `%2F`. A name that
 * some file system takes for another one is written as `%4F%72…` all through. One that is too long has no file.
 */
export function fileNames(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const files = new Map<string, string>();
  for (const name of names) {
    const plain =
      reserved.test(name) || name === '' ? escaped(name) : name.replaceAll(unsafe, escaped);
    const file = taken.has(keyOf(plain)) ? escaped(name) : plain;
    if (file === '' || new TextEncoder().encode(file).length > longestFileName) continue;
    taken.add(keyOf(file));
    files.set(name, file);
  }
  return files;
}

/** The name of the event in a file. */
export function eventName(file: string): string {
  try {
    return decodeURIComponent(file);
  } catch {
    // Not written by us.
    return file;
  }
}

function keyOf(file: string): string {
  return file.normalize('NFC').toLowerCase();
}

function escaped(text: string): string {
  return Array.from(
    new TextEncoder().encode(text),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}
