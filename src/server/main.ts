import type { Connection } from 'vscode-languageserver/node';
import { diskFiles } from './files';

// `cli.js` calls the functions below; by itself, this program is told by its words what to be.
if (require.main === module) {
  const words = process.argv.slice(2);
  // Each way loads only what it needs: a language client waits for the one, a CI job for the other.
  if (words.includes('--check')) void runCheck(withoutFirst(words, '--check'));
  else void serve();
}

/**
 * The checks for CI, and sets the exit code.
 * @param program how the command is called, for its usage
 */
export async function runCheck(
  words: readonly string[],
  program = 'node server.js --check',
): Promise<void> {
  try {
    const { check } = await import('./cli/check');
    process.exitCode = await check(words, {
      program,
      out: (text) => process.stdout.write(`${text}\n`),
      error: (text) => process.stderr.write(`${text}\n`),
    });
  } catch (error) {
    // Not 1, which would tell a CI job that uses were found.
    process.exitCode = 2;
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

/** `--stdio` or `--node-ipc`, as the words of the process say. */
export async function serve(): Promise<void> {
  const { createConnection, ProposedFeatures } = await import('vscode-languageserver/node');
  const { messageGuard, refuseInvalidRequests } = await import('./messageGuard');
  const { startServer } = await import('./server');
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

function withoutFirst(words: readonly string[], word: string): string[] {
  return words.toSpliced(words.indexOf(word), 1);
}
