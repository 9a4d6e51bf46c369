import { fileURLToPath } from 'node:url';

/**
 * The path of a file on disk; `undefined` for a URI of anything else, and for one that names no file: editors do send
 * what is escaped wrongly.
 */
export function filePath(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
