import { execFile } from 'node:child_process';
import { type AgentHost, ToolError } from './agentHost';
import { placeInWorkspace, type ToolInput } from './toolInput';

/** An agent that has mended these asks again. */
const mostUses = 200;
const longestSearchMs = 300_000;

/** As far as it is read: what `check --sarif` prints. */
interface SarifLog {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number; readonly startColumn: number };
        };
      }[];
    }[];
  }[];
}

export async function findInvokeAsync(
  input: ToolInput,
  { folders, serverFile }: AgentHost,
  signal: AbortSignal,
) {
  const given = input['paths'] ?? [];
  if (!Array.isArray(given) || !given.every((path) => typeof path === 'string')) {
    throw new ToolError('"paths" must be a list of strings.');
  }
  const places = await Promise.all(given.map(async (path) => placeInWorkspace(path, folders)));
  const paths = places.length > 0 ? places.map(({ path }) => path) : folders;
  const [folder] = folders;
  if (paths.length === 0 || folder === undefined) throw new ToolError('No folder is open.');
  const log = JSON.parse(await search(serverFile, paths, folder, signal)) as SarifLog;
  const results = log.runs.flatMap((run) => run.results);
  return {
    uses: results.slice(0, mostUses).map(({ ruleId, message, locations: [location] }) => ({
      path: decodeURIComponent(location?.physicalLocation.artifactLocation.uri ?? ''),
      line: location?.physicalLocation.region.startLine,
      column: location?.physicalLocation.region.startColumn,
      code: ruleId,
      message: message.text,
    })),
    total: results.length,
    ...(results.length > 0 && {
      fix: 'The command "lambda-invoke-async check --fix PATH…" replaces what can certainly be replaced; in VS Code, "Lambda: Replace All Uses of InvokeAsync…" does.',
    }),
  };
}

/** In a process of its own, which ends with the request. */
async function search(
  serverFile: string,
  paths: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [serverFile, '--check', '--sarif', '--', ...paths],
      {
        cwd: folder,
        signal,
        timeout: longestSearchMs,
        maxBuffer: 256 * 1024 * 1024,
        // What executes us may be Electron.
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      },
      (error, stdout, stderr) => {
        // 1 says that something was found.
        if (!error || error.code === 1) resolve(stdout);
        else reject(new ToolError(`The search failed: ${stderr.split('\n')[0] || error.message}`));
      },
    );
  });
}
