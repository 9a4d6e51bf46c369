import { Uri } from 'vscode';
import type { InvokeApi } from '../../core/invocation/outcome';
import type { LeftOut } from '../../core/payload/plainJson';

/**
 * What an invoking command can be told, by keybindings, tasks and other extensions.
 * Whatever is missing is taken from the payload's target and the settings, or asked for.
 */
export interface InvokeArguments {
  /** Name, ARN or partial ARN. */
  readonly functionName?: string;
  /** The payload as JSON text. An argument that is any other JSON value is written as text first. */
  readonly payload?: string;
  /** The file that holds the payload. */
  readonly uri?: Uri;
  readonly api?: InvokeApi;
  /** Alias or version. */
  readonly qualifier?: string;
  readonly profile?: string;
  readonly region?: string;
  /** URL, or `local` for Local Lambda. */
  readonly endpoint?: string;
  /** For a function that isolates tenants; sent with Invoke, like the next one. */
  readonly tenantId?: string;
  /** Of the durable execution that the event starts. */
  readonly durableName?: string;
  /** Name of the environment that it was sent to before; nobody outside can name one. */
  readonly environment?: string;
  /** Where a payload that is no file comes from; nobody outside can name it. */
  readonly source?: PayloadSource;
}

/** What people are told of a payload that is no file of its own. */
export interface PayloadSource {
  readonly label: string;
  /** What was selected, and is not sent. */
  readonly leftOut?: LeftOut;
}

/**
 * Reads the first argument of an invoking command: the `Uri` that a menu passes, a node of the Payloads view,
 * or an argument object (where `uri` may be text, as in a keybinding).
 * @throws {TypeError} naming the member that has the wrong type.
 */
export function readInvokeArguments(argument: unknown): InvokeArguments {
  if (argument instanceof Uri) return { uri: argument };
  if (typeof argument === 'string') return { uri: Uri.parse(argument, true) };
  if (typeof argument !== 'object' || argument === null) return {};
  const given = argument as Record<string, unknown>;
  const api = text(given, 'api');
  if (api !== undefined && api !== 'InvokeAsync' && api !== 'Invoke') {
    throw new TypeError(`"api" must be "InvokeAsync" or "Invoke", not "${api}".`);
  }
  return defined({
    functionName: text(given, 'functionName'),
    payload: payloadText(given['payload']),
    uri: uri(given['uri']),
    api,
    qualifier: text(given, 'qualifier'),
    profile: text(given, 'profile'),
    region: text(given, 'region'),
    endpoint: text(given, 'endpoint'),
    tenantId: text(given, 'tenantId'),
    durableName: text(given, 'durableName'),
  });
}

/** Whether a keybinding, a task or another extension named all: it is asked nothing, and may send as fast as it likes. */
export function isComplete(given: InvokeArguments): boolean {
  return given.functionName !== undefined && (given.payload ?? given.uri) !== undefined;
}

function text(given: Record<string, unknown>, member: string): string | undefined {
  const value = given[member];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new TypeError(`"${member}" must be text, not ${typeof value}.`);
}

function payloadText(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}

function uri(value: unknown): Uri | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof Uri) return value;
  if (typeof value === 'string') return Uri.parse(value, true);
  // What executeCommand carries between processes is a plain object.
  return Uri.from(value as Parameters<typeof Uri.from>[0]);
}

/** The members that are there, so that one object can be laid over another. */
export function defined<T extends object>(
  members: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
