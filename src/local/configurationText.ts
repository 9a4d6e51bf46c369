import * as l10n from '@vscode/l10n';
import { isAbsolute, resolve } from 'node:path';
import { handlerParts } from '../core/localHandlers/handlerPath';
import { defaultEventHandling } from '../core/limits';
import { isBelow } from '../files/below';
import { isRecord, parseJson } from './json';

export type LogFormat = 'Text' | 'JSON';
type FailureDestination = 'queue' | 'bucket';

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
  /** Whether every request has to name a tenant, each of which has processes of its own. */
  readonly tenant?: boolean;
  /** Whether each event starts a durable execution, whose name can be given. */
  readonly durable?: boolean;
  /** How many events run at once; with 0 none ever does. Undefined for as many as Local Lambda allows. */
  readonly concurrency?: number;
  /** How long an event may wait and be retried, in seconds. Undefined for as long as Lambda allows. */
  readonly maximumEventAge?: number;
  /** Whether events that failed for good go to a queue of dead letters. */
  readonly deadLetter?: boolean;
  /** Where the records of events that failed for good go. */
  readonly onFailure?: FailureDestination;
  /** When its file was last changed, in milliseconds since 1970. */
  readonly lastModified: number;
}

const defaultTimeoutSeconds = 3;
const longestTimeoutSeconds = 900;

/** Each event that runs has a process of its own. */
const mostConcurrency = 16;

/** What is wrong in a `.lambda/local.json`. */
export interface ConfigurationFault {
  readonly reason: string;
  /** Only this function is concerned; without it, all of the file. */
  readonly functionName?: string;
}

export function concerns({ functionName }: ConfigurationFault, name: string): boolean {
  return functionName === undefined || functionName === name;
}

export function faultText({ reason, functionName: name }: ConfigurationFault): string {
  return name === undefined
    ? reason
    : l10n.t('function "{name}": {fault}', { name, fault: reason });
}

/**
 * Reads the text of a `.lambda/local.json`. A function that is not right is left out, and a fault says why; the others can
 * still be invoked.
 */
export function parseConfiguration(
  text: string,
  place: { folder: string; lastModified: number },
): { functions: LocalFunction[]; faults: ConfigurationFault[] } {
  // Some editors on Windows begin a file with a byte order mark.
  const content = parseJson(text.replace(/^\uFEFF/, ''));
  if (!content.ok) {
    return faulty(l10n.t('not JSON: {0}', content.fault));
  }
  if (!isRecord(content.value) || !isRecord(content.value.functions)) {
    return faulty(
      l10n.t('expected {0}', '{ "functions": { "name": { "handler": "path.export" } } }'),
    );
  }
  const faults: ConfigurationFault[] = [];
  const functions = Object.entries(content.value.functions).flatMap(([functionName, entry]) => {
    const isEntry = isFunctionEntry(entry);
    const reason = isEntry
      ? (nameFault(functionName) ?? placeFault(entry, place.folder))
      : entryFault(entry);
    if (isEntry && reason === undefined) return [toFunction(functionName, entry, place)];
    faults.push({ functionName, reason: reason ?? '' });
    return [];
  });
  return { functions, faults };
}

function faulty(reason: string): ReturnType<typeof parseConfiguration> {
  return { functions: [], faults: [{ reason }] };
}

interface FunctionEntry {
  readonly handler: string;
  readonly timeout?: number;
  readonly environment?: Record<string, string>;
  readonly logGroup?: string;
  readonly logFormat?: LogFormat;
  readonly tenant?: boolean;
  readonly durable?: boolean;
  readonly concurrency?: number;
  readonly maximumEventAge?: number;
  readonly deadLetter?: boolean;
  readonly onFailure?: FailureDestination;
}

function toFunction(
  name: string,
  { handler, timeout, environment, logGroup, logFormat, ...others }: FunctionEntry,
  place: { folder: string; lastModified: number },
): LocalFunction {
  return {
    name,
    ...place,
    handler,
    timeoutSeconds: timeout ?? defaultTimeoutSeconds,
    environment: environment ?? {},
    logGroup: logGroup ?? `/aws/lambda/${name}`,
    logFormat: logFormat ?? 'Text',
    ...others,
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
    valid: isWholeNumber(1, longestTimeoutSeconds),
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
  tenant: {
    valid: isFlag,
    fault: () => l10n.t('"{0}" must be true or false', 'tenant'),
  },
  durable: {
    valid: isFlag,
    fault: () => l10n.t('"{0}" must be true or false', 'durable'),
  },
  concurrency: {
    valid: isWholeNumber(0, mostConcurrency),
    fault: () => l10n.t('"concurrency" must be a whole number from 0 to {0}', mostConcurrency),
  },
  maximumEventAge: {
    valid: isWholeNumber(1, defaultEventHandling.maxAgeSeconds),
    fault: () =>
      l10n.t(
        '"maximumEventAge" must be a whole number of seconds from 1 to {0}',
        defaultEventHandling.maxAgeSeconds,
      ),
  },
  deadLetter: {
    valid: isFlag,
    fault: () => l10n.t('"{0}" must be true or false', 'deadLetter'),
  },
  onFailure: {
    valid: (value) => value === undefined || value === 'queue' || value === 'bucket',
    fault: () => l10n.t('"onFailure" must be "queue" or "bucket"'),
  },
};

function isWholeNumber(least: number, most: number): (value: unknown) => boolean {
  return (value) =>
    value === undefined ||
    (Number.isInteger(value) && Number(value) >= least && Number(value) <= most);
}

function isFlag(value: unknown): boolean {
  return value === undefined || typeof value === 'boolean';
}

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
  const { path } = handlerParts.node(handler);
  const isInside = !isAbsolute(handler) && isBelow(resolve(folder, path), folder);
  return isInside ? undefined : l10n.t('"handler" must be inside the folder');
}
