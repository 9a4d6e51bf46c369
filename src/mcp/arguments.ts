import { resolve } from 'node:path';
import { flag, positive, readWords, UsageError, withValue } from '../cli/arguments';
import type { InvokeApi } from '../core/invocation/outcome';

/** What is read of the command line. */
export interface McpArguments {
  /** Absolute. */
  readonly folders: readonly string[];
  readonly api: InvokeApi;
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  /** Of a request, in milliseconds. */
  readonly timeoutMs: number;
  /** Patterns of what is production, beside those that always are. */
  readonly confirm: readonly string[];
  readonly allowSend: boolean;
}

/** @param program how the command is called */
export const usage = (program: string) => `Usage: ${program} mcp [options]

Serves tools for agents on standard input and output, by the Model Context Protocol: list and
validate payloads, find uses of InvokeAsync, read how a function does, follow an event, explain an
outcome. Events are sent only with --allow-send, and the user is asked each time.

  --folder DIR       workspace folder (default: the working folder); may be repeated
  --allow-send       offer to send events, with the user's consent to each
  --confirm PATTERN  functions, aliases, accounts or profiles that the question calls production,
                     beside *prod*; may be repeated
  --api API          Invoke (default) or InvokeAsync
  --profile NAME     AWS profile
  --region NAME      AWS Region
  --endpoint URL     endpoint other than AWS's, such as an emulator
  --timeout SECONDS  for each request (default 30)
  --help             print this help`;

const several = { type: 'string', multiple: true } as const;

/**
 * @param words what follows `mcp`
 * @throws {UsageError}
 */
export function readMcpArguments(words: readonly string[]): McpArguments {
  const { values, positionals } = readWords(words, {
    folder: several,
    'allow-send': flag,
    confirm: several,
    api: withValue,
    profile: withValue,
    region: withValue,
    endpoint: withValue,
    timeout: withValue,
  });
  const [first] = positionals;
  if (first !== undefined) throw new UsageError(`Unexpected argument ${first}.`);
  const { folder = ['.'], confirm = [], api = 'Invoke', profile, region, endpoint } = values;
  if (api !== 'Invoke' && api !== 'InvokeAsync') {
    throw new UsageError(`--api must be Invoke or InvokeAsync, not ${api}.`);
  }
  return {
    folders: folder.map((path) => resolve(path)),
    api,
    profile,
    region,
    endpoint,
    timeoutMs: positive('--timeout', values.timeout, 30) * 1000,
    confirm,
    allowSend: values['allow-send'] ?? false,
  };
}
