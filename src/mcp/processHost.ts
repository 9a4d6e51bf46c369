import { join } from 'node:path';
import { callerAccount } from '../aws/account';
import { resolveConnection } from '../aws/connection';
import { invoke } from '../aws/invoke';
import type { Connection } from '../core/invocation/connection';
import { isLoopback } from '../core/invocation/loopback';
import { targetAtPace } from '../core/targets';
import { fileLimitBytes } from '../core/fileLimits';
import { unreadText } from '../files/fileReading';
import { targetOfFile, targetsOfFolder } from '../files/payloadFolder';
import { readFileIn } from '../files/readFile';
import { utf8Text } from '../files/utf8Text';
import { defaultCheckSettings } from '../protocol/settings';
import {
  type AgentHost,
  type ConnectRequest,
  type PayloadPlace,
  type SendingPolicy,
  type TargetsOfPaths,
  ToolError,
} from './agentHost';
import type { McpArguments } from './arguments';

/** Nobody waits longer for the account that a question names. */
const accountMs = 5000;

/** What a setting of the editor asks for before production, and this process as well. */
const confirmPatterns = ['*prod*'];

const forbidden =
  'Sending is off. The user can allow it: --allow-send for "lambda-invoke-async mcp". Do not try to send by other means.';

/**
 * A process that an agent has started, with what its command line says.
 * @param ask puts a question to the user, through the agent's program
 */
export function processHost(
  given: McpArguments,
  environment: NodeJS.ProcessEnv,
  ask: SendingPolicy['ask'],
): AgentHost {
  return {
    folders: given.folders,
    payloadGlobs: defaultCheckSettings.payloads.include,
    api: given.api,
    serverFile: join(__dirname, 'server.js'),
    payloadText,
    targetOf: async ({ path, folder }) => targetOfFile(path, folder),
    targetsIn,
    connect: async (request) => connect(request, given, environment),
    // Only an editor has one selected: files that depend on it have no target here.
    environmentFor: async () => undefined,
    sending: {
      forbidden: given.allowSend ? undefined : forbidden,
      confirm: [...confirmPatterns, ...given.confirm],
      ask,
      deliver: async ({ connection, ...event }, signal) => invoke(connection, event, { signal }),
    },
  };
}

async function payloadText({ path, folder }: PayloadPlace): Promise<string> {
  const reading = await readFileIn(folder, path, fileLimitBytes.payload);
  if (reading.kind !== 'content') throw new ToolError(`${path}: ${unreadText(reading)}`);
  const text = utf8Text(reading.bytes);
  if (text === undefined) throw new ToolError(`${path} is not UTF-8 text.`);
  return text;
}

async function targetsIn(folder: string): Promise<TargetsOfPaths> {
  const reading = await targetsOfFolder(folder);
  if (reading.kind === 'fault') return reading;
  const of = async (path: string) => targetAtPace(path, reading.targets);
  return { kind: 'targets', of };
}

async function connect(
  request: ConnectRequest,
  given: McpArguments,
  environment: NodeJS.ProcessEnv,
): Promise<Connection> {
  const connection = await resolveConnection({
    functionIdentifier: request.functionName,
    profile: request.profile ?? given.profile,
    region: request.region ?? given.region,
    endpoint: given.endpoint,
    timeoutMs: given.timeoutMs,
    environment,
  });
  const { accountId, endpoint } = connection;
  if (!request.withAccount) return connection;
  if (accountId !== undefined || (endpoint !== undefined && isLoopback(endpoint)))
    return connection;
  try {
    return { ...connection, accountId: await callerAccount(connection, { timeoutMs: accountMs }) };
  } catch {
    // It stays unknown, and the question says so; the call itself tells what is wrong with credentials.
    return connection;
  }
}
