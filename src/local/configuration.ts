import * as l10n from '@vscode/l10n';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileLimitBytes } from '../core/fileLimits';
import { unreadText } from '../files/fileReading';
import { readFileInSync } from '../files/readFileSync';
import { concerns, faultText, type LocalFunction, parseConfiguration } from './configurationText';
import type { Log } from './invocation';

/**
 * The functions of several workspace folders, read again whenever a file has changed. While a file has a mistake, what it
 * said before stays in force: an event that waits for its retry is not lost to somebody who types.
 */
export class Configuration {
  readonly #files: ConfigurationFile[];
  #read: readonly (readonly LocalFunction[])[] = [];
  #functions: ReadonlyMap<string, LocalFunction> = new Map();

  constructor(folders: readonly string[], log: Log) {
    this.#files = folders.map((folder) => new ConfigurationFile(folder, log));
  }

  /** Functions by name, sorted; of two folders with the same name the first one wins. */
  functions(): ReadonlyMap<string, LocalFunction> {
    const read = this.#files.map((file) => file.functions());
    if (read.some((functions, index) => functions !== this.#read[index])) {
      this.#read = read;
      const firstWins = new Map(
        read
          .flat()
          .toReversed()
          .map((one) => [one.name, one]),
      );
      this.#functions = new Map([...firstWins].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    }
    return this.#functions;
  }
}

class ConfigurationFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #log: Log;
  #stamp = '';
  #functions: readonly LocalFunction[] = [];

  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#path = join(folder, '.lambda', 'local.json');
    this.#log = log;
  }

  functions(): readonly LocalFunction[] {
    const status = statSync(this.#path, { throwIfNoEntry: false });
    const stamp = status ? `${status.mtimeMs} ${status.size}` : '';
    if (stamp !== this.#stamp) {
      this.#stamp = stamp;
      this.#functions = status ? this.#read(status.mtimeMs) : [];
    }
    return this.#functions;
  }

  #read(lastModified: number): LocalFunction[] {
    const place = { folder: this.#folder, lastModified };
    const reading = readFileInSync(this.#folder, this.#path, fileLimitBytes.local);
    const { functions, faults } =
      reading.kind === 'content'
        ? parseConfiguration(new TextDecoder().decode(reading.bytes), place)
        : { functions: [], faults: [{ reason: unreadText(reading) }] };
    const kept = this.#functions.filter(({ name }) =>
      faults.some((fault) => concerns(fault, name)),
    );
    for (const fault of faults) {
      const keeps = kept.some(({ name }) => concerns(fault, name));
      const text = `${this.#path}: ${faultText(fault)}`;
      const note = l10n.t('What it said before stays in force.');
      this.#log({ stream: 'platform', text: keeps ? `${text}. ${note}` : text });
    }
    return [...functions, ...kept];
  }
}
