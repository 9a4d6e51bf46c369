import { commands, type ExtensionContext, window } from 'vscode';
import { RecentFunctions } from './invocation/recentFunctions';
import { commandTable } from './lazy';
import { LanguageServer } from './languageServer';
import { LocalLambda } from './localLambda';
import { PayloadLibrary } from './payloads/payloadLibrary';
import { TargetStore } from './payloads/targetStore';
import { Report } from './report';
import type { Services } from './services';
import { StatusBar } from './statusBar';
import { PayloadsView } from './views/payloads/payloadsView';

let server: LanguageServer | undefined;

/**
 * Registers commands and views. Loads no AWS SDK, no language client and no schema, reads no credential and sends
 * nothing: each of these waits for the first use.
 */
export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel('Lambda Invoke Async', { log: true });
  const targets = new TargetStore();
  const library = new PayloadLibrary(targets);
  const localLambda = new LocalLambda(output);
  const services: Services = {
    output,
    report: new Report(output, context.globalState),
    targets,
    library,
    localLambda,
    recentFunctions: new RecentFunctions(context.workspaceState),
    last: undefined,
  };
  server = new LanguageServer(context.asAbsolutePath('dist/server.js'));
  context.subscriptions.push(
    output,
    targets,
    library,
    localLambda,
    server,
    new StatusBar(localLambda),
    new PayloadsView(library),
    ...contributedCommands(context).map((id) =>
      commands.registerCommand(id, (argument?: unknown) =>
        commandTable()[id]?.(services, argument),
      ),
    ),
  );
}

/** The ids of package.json, so that registering them does not load what they do. */
function contributedCommands({ extension }: ExtensionContext): string[] {
  const { contributes } = extension.packageJSON as {
    contributes: { commands: { command: string }[] };
  };
  return contributes.commands.map(({ command }) => command);
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
