import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from './repository';

/** A module that must not be bundled, because it finds its files beside it. */
export async function script<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(join(repository, path)).href)) as T;
}
