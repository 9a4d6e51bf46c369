import { readFile } from 'node:fs/promises';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server';

// `--stdio` or `--node-ipc`, as the editor that starts us says on the command line.
startServer(createConnection(ProposedFeatures.all), {
  readText: async (path) => readFile(path, 'utf8').catch(() => undefined),
});
