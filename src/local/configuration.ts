import * as l10n from '@vscode/l10n';
import { statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileLimitBytes } from '../core/fileLimits';
import { isBelow } from '../files/below';
import { unreadText } from '../files/fileReading';
import { readFileInSync } from '../files/readFileSync';
import { splitHandler } from './handlerFile';
import type { Log } from './invocation';
import { isRecord, parseJson } from './json';

export type LogFormat = 'Text' | 'JSON';

/** One function of a `.lambda/local.json`. */
export interface LocalFunction {
  readonly name: string;
  /** The workspace folder: where the handler's path begins, and its working directory. */
  readonly folder: string;
  /** `path.export`, as Lambda writes it. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logFormat: LogFormat;
  /** When its file was last changed, in milliseconds since 1970. */
  readonly lastModified: number;
}

const defaultTimeoutSeconds = 3;
const longestTimeoutSeconds = 900;

/** The functions of several workspace folders, read again whenever a file has changed. */
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
    const faults: string[] = [];
    const place = { folder: this.#folder, lastModified };
    const reading = readFileInSync(this.#folder, this.#path, fileLimitBytes.local);
    const functions =
      reading.kind === 'content'
        ? parseConfiguration(new TextDecoder().decode(reading.bytes), place, faults)
        : [];
    if (reading.kind !== 'content') faults.push(unreadText(reading));
    for (const fault of faults) {
      this.#log({ stream: 'platform', text: `${this.#path}: ${fault}` });
    }
    return functions;
  }
}

/**
 * Reads the text of a `.lambda/local.json`. A function that is not right is left out, and `faults` says why;
 * the others can still be invoked.
 */
export function parseConfiguration(
  text: string,
  place: { folder: string; lastModified: number },
  faults: string[],
): LocalFunction[] {
  // Some editors on Windows begin a file with a byte order mark.
  const content = parseJson(text.replace(/^\uFEFF/, ''));
  if (!content.ok) {
    faults.push(l10n.t('not JSON: {0}', content.fault));
    return [];
  }
  if (!isRecord(content.value) || !isRecord(content.value.functions)) {
    faults.push(
      l10n.t('expected {0}', '{ "functions": { "name": { "handler": "path.export" } } }'),
    );
    return [];
  }
  return Object.entries(content.value.functions).flatMap(([name, entry]) => {
    const isEntry = isFunctionEntry(entry);
    const fault = isEntry
      ? (nameFault(name) ?? placeFault(entry, place.folder))
      : entryFault(entry);
    if (isEntry && fault === undefined) return [toFunction(name, entry, place)];
    faults.push(l10n.t('function "{name}": {fault}', { name, fault: fault ?? '' }));
    return [];
  });
}

interface FunctionEntry {
  readonly handler: string;
  readonly timeout?: number;
  readonly environment?: Record<string, string>;
  readonly logGroup?: string;
  readonly logFormat?: LogFormat;
}

function toFunction(
  name: string,
  entry: FunctionEntry,
  place: { folder: string; lastModified: number },
): LocalFunction {
  return {
    name,
    ...place,
    handler: entry.handler,
    timeoutSeconds: entry.timeout ?? defaultTimeoutSeconds,
    environment: entry.environment ?? {},
    logGroup: entry.logGroup ?? `/aws/lambda/${name}`,
    logFormat: entry.logFormat ?? 'Text',
  };
}

/** The rule for each member of a function's entry; every value that passes fits `FunctionEntry`. */
const rules: Record<
  keyof FunctionEntry,
  { valid: (value: unknown) => boolean; fault: () => string }
> = {
  handler: {
    valid: (value) =>
      typeof value === 'string' && /^(?:[^\0\\]*\/)?[^/.\0\\]+\.[\w$.]+$/.test(value),
    fault: () =>
      l10n.t(
        '"handler" must be a string such as "handlers/orders.handler": a path without extension, a dot, and an export',
      ),
  },
  timeout: {
    valid: (value) =>
      value === undefined ||
      (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= longestTimeoutSeconds),
    fault: () =>
      l10n.t('"timeout" must be a whole number of seconds from 1 to {0}', longestTimeoutSeconds),
  },
  environment: {
    valid: (value) =>
      value === undefined ||
      (isRecord(value) &&
        Object.entries(value).every(isVariable) &&
        Buffer.byteLength(JSON.stringify(value)) <= environmentLimitBytes),
    fault: () =>
      l10n.t(
        '"environment" must be an object of at most 4 KB: names contain letters, digits and underscores, values are strings without NUL',
      ),
  },
  logGroup: {
    valid: (value) =>
      value === undefined || (typeof value === 'string' && /^[\w./#-]{1,512}$/.test(value)),
    fault: () => l10n.t('"logGroup" must be the name of a log group, such as "/aws/lambda/orders"'),
  },
  logFormat: {
    valid: (value) => value === undefined || value === 'Text' || value === 'JSON',
    fault: () => l10n.t('"logFormat" must be "Text" or "JSON"'),
  },
};

/** Of all variables together, as Lambda has it. */
const environmentLimitBytes = 4096;

/** The operating system takes no NUL in a variable. */
function isVariable([name, value]: [string, unknown]): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && typeof value === 'string' && !value.includes('\0');
}

function nameFault(name: string): string | undefined {
  if (/^[\w-]{1,64}$/.test(name)) return undefined;
  return l10n.t('a function name has 1 to 64 letters, digits, hyphens and underscores');
}

function entryFault(entry: unknown): string | undefined {
  if (!isRecord(entry)) return l10n.t('expected {0}', '{ "handler": "path.export" }');
  const unknown = Object.keys(entry).find((member) => !Object.hasOwn(rules, member));
  if (unknown !== undefined) {
    return l10n.t('unknown key "{unknown}"; allowed: {members}', {
      unknown,
      members: Object.keys(rules).join(', '),
    });
  }
  const broken = Object.entries(rules).find(([member, rule]) => !rule.valid(entry[member]));
  return broken?.[1].fault();
}

function isFunctionEntry(entry: unknown): entry is FunctionEntry {
  return entryFault(entry) === undefined;
}

/** Where links lead is looked at when the handler is started. */
function placeFault({ handler }: FunctionEntry, folder: string): string | undefined {
  const { path } = splitHandler(handler);
  const isInside = !isAbsolute(handler) && isBelow(resolve(folder, path), folder);
  return isInside ? undefined : l10n.t('"handler" must be inside the folder');
}
