/**
 * A program that embeds Local Lambda as the editor does, to be killed like one: `localHost.js <folder> <handlerProcess>`.
 * Prints the endpoint.
 */
import { startLocalLambda } from '../../src/local/main';

const [folder = '', handlerProcess = ''] = process.argv.slice(2);

// The editor ends itself when its window closes.
process.on('SIGTERM', () => process.exit());

void startLocalLambda({ folders: [folder], handlerProcess, log: () => {} }).then(({ endpoint }) =>
  process.stdout.write(endpoint),
);
