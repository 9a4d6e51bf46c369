import {
  Disposable,
  EventEmitter,
  lm,
  type McpServerDefinitionProvider,
  type McpStdioServerDefinition,
  workspace,
} from 'vscode';
import { agentTools, mcpProvider } from '../contributions';
import type { EditorTools } from './editorTools';
import type { KnownEndpoints } from './mcpServers';
import { affectsSetting } from '../settings';

/**
 * Registers the tools for agents by their names, and the servers for agents that speak MCP. What they do is read with the
 * first question.
 * @param dist the folder of the bundles
 */
export function provideAgentTools(
  dist: string,
  known: KnownEndpoints,
  load: () => Promise<{ agentTools(): Promise<EditorTools> }>,
): Disposable {
  const tools = async () => (await load()).agentTools();
  const changed = new EventEmitter<void>();
  const registered: Disposable[] = agentTools.map((name) =>
    lm.registerTool<object>(`invokeAsync_${name}`, {
      prepareInvocation: async ({ input }) => (await tools()).prepare(name, input),
      invoke: async ({ input }, token) => (await tools()).invoke(name, input, token),
    }),
  );
  const servers: McpServerDefinitionProvider<McpStdioServerDefinition> = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: async () =>
      (await import('./mcpServers')).mcpServers(dist, known.connections),
    resolveMcpServerDefinition: async (server) =>
      (await import('./mcpServers')).resolvedMcpServer(server, dist, known),
  };
  return Disposable.from(
    ...registered,
    changed,
    workspace.onDidChangeConfiguration((event) => affectsSetting(event) && changed.fire()),
    known.connections.onDidChange(() => changed.fire()),
    workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    lm.registerMcpServerDefinitionProvider(mcpProvider, servers),
  );
}
