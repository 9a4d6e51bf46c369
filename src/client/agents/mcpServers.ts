/**
 * The server for agents that know no tools of editors. Editors ask for it at their start, and some start it then, so
 * nothing else is loaded for it.
 */
import { join } from 'node:path';
import { McpStdioServerDefinition, workspace, type WorkspaceFolder } from 'vscode';
import { version } from '../../../package.json';
import type { ChosenConnections } from '../connection/chosenConnections';
import type { LocalLambda } from '../connection/localLambda';
import type { RememberedSet } from '../rememberedSet';
import { type ConnectionSettings, isWorkspaceEndpoint, settings } from '../settings';

/**
 * A server for each folder of a trusted workspace.
 * @param dist the folder of the bundles
 */
export function mcpServers(
  dist: string,
  connections: KnownEndpoints['connections'],
): McpStdioServerDefinition[] {
  if (!workspace.isTrusted) return [];
  return localFolders().map((folder, _, all) => {
    const definition = new McpStdioServerDefinition(
      all.length > 1 ? `Lambda Invoke Async (${folder.name})` : 'Lambda Invoke Async',
      process.execPath,
      serverArguments(dist, folder, { ...connections.of(folder), endpoint: '' }),
      // What executes us may be Electron.
      { ELECTRON_RUN_AS_NODE: '1' },
      version,
    );
    definition.cwd = folder.uri;
    return definition;
  });
}

/** What says where a server's requests may go, without a question. */
export interface KnownEndpoints {
  readonly localLambda: Pick<LocalLambda, 'running'>;
  readonly connections: Pick<ChosenConnections, 'of' | 'onDidChange'>;
  /** Those of workspaces that the user has allowed. */
  readonly allowed: Pick<RememberedSet, 'has'>;
}

/**
 * A server with its endpoint, as it is started. Editors start servers by themselves, so nothing is asked, nor is Local
 * Lambda started: `undefined` where that would be needed, or the folder is gone.
 */
export function resolvedMcpServer(
  server: McpStdioServerDefinition,
  dist: string,
  known: KnownEndpoints,
): McpStdioServerDefinition | undefined {
  const folder = localFolders().find(({ uri }) => uri.fsPath === server.cwd?.fsPath);
  const endpoint = folder && endpointOf(folder, known);
  if (!folder || endpoint === undefined) return undefined;
  server.args = serverArguments(dist, folder, { ...known.connections.of(folder), endpoint });
  return server;
}

function endpointOf(
  folder: WorkspaceFolder,
  { localLambda, connections, allowed }: KnownEndpoints,
): string | undefined {
  if (localLambda.running) return localLambda.running.endpoint;
  const { endpoint, isChosen } = connections.of(folder);
  if (endpoint === 'local') return undefined;
  return endpoint === '' || isChosen || !isWorkspaceEndpoint(folder) || allowed.has(endpoint)
    ? endpoint
    : undefined;
}

/**
 * What has the server work as the editor is set to, without credentials.
 * @param connection its endpoint is a URL that the user has allowed; empty for what the profile says
 */
function serverArguments(
  dist: string,
  folder: WorkspaceFolder,
  { profile, region, endpoint }: ConnectionSettings,
): string[] {
  const { api, timeoutMs, confirm, agentsMaySend } = settings(folder);
  const options = Object.entries({ profile, region, endpoint });
  return [
    join(dist, 'mcp.js'),
    `--folder=${folder.uri.fsPath}`,
    `--api=${api}`,
    `--timeout=${timeoutMs / 1000}`,
    ...options.flatMap(([name, value]) => (value === '' ? [] : [`--${name}=${value}`])),
    ...confirm.map((pattern) => `--confirm=${pattern}`),
    ...(agentsMaySend ? ['--allow-send'] : []),
  ];
}

function localFolders(): WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}
