import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { InitializationOptions } from '../protocol/messages';

/** The documents that the server checks: all text of the workspace, whatever its language. */
const documentSelector = [{ scheme: 'file' }, { scheme: 'untitled' }];

/** A started language client. Rejects when the server does not start. */
export async function startLanguageClient(serverModule: string): Promise<LanguageClient> {
  const initializationOptions: InitializationOptions = { answersAccountRequests: false };
  const client = new LanguageClient(
    'invokeAsync',
    'Lambda Invoke Async Language Server',
    { module: serverModule, transport: TransportKind.ipc },
    { documentSelector, initializationOptions },
  );
  await client.start();
  return client;
}
