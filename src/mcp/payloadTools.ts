import { pathToFileURL } from 'node:url';
import { CheckServer, NoAnswer } from '../cli/checkServer';
import type { InvokeApi } from '../core/invocation/outcome';
import { eventFileMatch, isJsonLinesPath, payloadMatch } from '../core/payload/payloadPath';
import { pathInFolder, payloadFolder } from '../files/payloadFolder';
import { walk } from '../server/search/walk';
import { type AgentHost, type PayloadPlace, ToolError } from './agentHost';
import { placeInWorkspace, textIn, type ToolInput } from './toolInput';

/** An agent that wants more knows what it looks for. */
const mostPayloads = 500;

export async function listPayloads(_: ToolInput, host: AgentHost) {
  const { folders, payloadGlobs } = host;
  const payloads: object[] = [];
  const faults: string[] = [];
  let isCut = false;
  for (const folder of folders) {
    const targets = await host.targetsIn(folder);
    if (targets.kind === 'fault') faults.push(targets.reason);
    for await (const batch of walk(folder, (name) => /\.(?:json|jsonl|ndjson)$/.test(name))) {
      for (const path of batch) {
        const inFolder = pathInFolder(path, folder);
        const isEventFile = isJsonLinesPath(path);
        const match = isEventFile ? eventFileMatch : payloadMatch;
        if (match(inFolder, payloadGlobs) === undefined) continue;
        isCut = payloads.length >= mostPayloads;
        if (isCut) break;
        // Nobody can say where it goes while the targets cannot be read.
        const target = targets.kind === 'targets' ? await targets.of(inFolder) : undefined;
        payloads.push({
          path: folders.length > 1 ? path : inFolder,
          kind: isEventFile ? 'eventFile' : 'payload',
          ...(target && { target }),
        });
      }
      if (isCut) break;
    }
  }
  return {
    payloads,
    ...(faults.length > 0 && { targetsUnreadable: faults }),
    ...(isCut && { note: `Only the first ${mostPayloads} are listed.` }),
  };
}

export async function checkPayload(input: ToolInput, host: AgentHost) {
  const given = textIn(input, 'payload');
  const place = await payloadPlace(input, host);
  if (given === undefined && !place) throw new ToolError('Give "payload" or "path".');
  const text = given ?? (place && (await host.payloadText(place))) ?? '';
  const target = place && (await host.targetOf(place));
  const ofTarget = target?.kind === 'target' ? target.target : undefined;
  const api = apiIn(input) ?? ofTarget?.api ?? host.api;
  const problems = await problemsOf(text, api, place, host);
  const isRejected = problems.some(
    ({ severity, code }) => severity === 'error' && code !== 'payload.schema',
  );
  return {
    lambdaAccepts: !isRejected,
    problems: problems
      .filter(({ severity }) => severity !== 'hint')
      .map(({ code, severity, message, range }) => ({
        code,
        severity,
        message,
        ...positionIn(text, range.start),
      })),
    ...(ofTarget && { target: ofTarget }),
    ...(target?.kind === 'fault' && { targetsUnreadable: target.reason }),
  };
}

async function problemsOf(
  text: string,
  api: InvokeApi,
  place: PayloadPlace | undefined,
  { folders, serverFile }: AgentHost,
) {
  let server: CheckServer | undefined;
  try {
    server = await CheckServer.start(serverFile, place ? [place.folder] : folders);
    // An AWS event is recognized in a workspace folder alone, wherever it would lie.
    const path =
      place?.path ?? (folders[0] === undefined ? undefined : `${folders[0]}/payload.json`);
    const uri = path === undefined ? {} : { uri: pathToFileURL(path).href };
    return await server.checkPayload({ ...uri, text, api });
  } catch (error) {
    if (error instanceof NoAnswer) throw new ToolError(error.message);
    throw error;
  } finally {
    server?.dispose();
  }
}

/** The payload file that the agent names, with the folder that has its targets. */
export async function payloadPlace(
  input: ToolInput,
  { folders }: AgentHost,
): Promise<PayloadPlace | undefined> {
  const given = textIn(input, 'path');
  if (given === undefined) return undefined;
  const { path, folder } = await placeInWorkspace(given, folders);
  return { path, folder: payloadFolder(path, folder) };
}

/** @throws {ToolError} */
export function apiIn(input: ToolInput): InvokeApi | undefined {
  const api = textIn(input, 'api');
  if (api === undefined || api === 'Invoke' || api === 'InvokeAsync') return api;
  throw new ToolError('"api" must be "Invoke" or "InvokeAsync".');
}

/** Counted from 1. */
function positionIn(text: string, offset: number) {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
