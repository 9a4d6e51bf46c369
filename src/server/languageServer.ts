import { diskFiles } from './files';
import { type Connection, createConnection, ProposedFeatures } from './lsp';
import { messageGuard, refuseInvalidRequests } from './messageGuard';
import { startServer } from './server';

/** The language server, by `--stdio` or `--node-ipc`, as the words of the process say. */
export function serve(): void {
  const connection: Connection = createConnection(ProposedFeatures.all, {
    messageStrategy: messageGuard((line) => connection.console.warn(line)),
  });
  refuseInvalidRequests(connection);
  // Nobody waits for the result: without this, Node ends the server for it.
  process.on('unhandledRejection', (reason) => {
    connection.console.error(
      reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
    );
  });
  startServer(connection, diskFiles);
}
