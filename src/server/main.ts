import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFiles } from './files';
import { startServer } from './server';

// `--stdio` or `--node-ipc`, as the editor that starts us says on the command line.
startServer(createConnection(ProposedFeatures.all), diskFiles);
