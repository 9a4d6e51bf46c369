/** Starts the server of a file, and is done with it: nothing else keeps this process from its end. */
import { CheckServer } from '../../src/cli/checkServer';

void CheckServer.start(process.argv[2] ?? '', []).then((server) => server.dispose());
