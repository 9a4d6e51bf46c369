import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this repository: tests run from bundles in out/, wherever the command was started. */
export const repository = find(__dirname);

function find(folder: string): string {
  return existsSync(join(folder, 'package-lock.json')) ? folder : find(dirname(folder));
}
