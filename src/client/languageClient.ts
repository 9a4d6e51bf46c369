import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import {
  type AccountFunction,
  accountFunctions,
  type InitializationOptions,
} from '../protocol/messages';

/** What the client answers when the server asks. */
export interface Answers {
  /** The functions that can be named without asking AWS or the user. */
  accountFunctions(): readonly AccountFunction[];
}

/** The documents that the server checks: all text of the workspace, whatever its language. */
const documentSelector = [{ scheme: 'file' }, { scheme: 'untitled' }];

/** A started language client. Rejects when the server does not start. */
export async function startLanguageClient(
  serverModule: string,
  answers: Answers,
): Promise<LanguageClient> {
  const initializationOptions: InitializationOptions = {
    answersAccountRequests: true,
    commandLinks: true,
  };
  const client = new LanguageClient(
    'invokeAsync',
    'Lambda Invoke Async Language Server',
    { module: serverModule, transport: TransportKind.ipc },
    {
      documentSelector,
      initializationOptions,
      markdown: { isTrusted: { enabledCommands: ['invokeAsync.invokeHovered'] } },
    },
  );
  client.onRequest(accountFunctions, () => answers.accountFunctions());
  await client.start();
  return client;
}
