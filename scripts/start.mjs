// `npm start`: the real editor on the sample workspace, with the extension and Local Lambda, from a fresh clone.
//   --desktop  opens the installed `code` instead
//   --check    does the main job unattended, prints what it read, and exits 0 only on 202
import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { installEditorHost } from './editorHost/install.mjs';
import { startEditorServer } from './editorHost/server.mjs';
import { mainJob } from './mainJob.mjs';
import { root, runNode } from './setUp.mjs';

runNode('esbuild.mjs');

const workspace = `${root}examples/orders`;

if (process.argv.includes('--desktop')) openDesktop();
else if (process.argv.includes('--check')) process.exit((await mainJob(workspace)) ? 0 : 1);
else await serve();

function openDesktop() {
  const { status, error } = spawnSync('code', [`--extensionDevelopmentPath=${root}`, workspace], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (!error && status === 0) return;
  console.error(
    'There is no `code` command on this machine. Without --desktop the editor runs in your browser.',
  );
  process.exit(1);
}

async function serve() {
  const host = await installEditorHost('newest', { log: console.log });
  const server = await startEditorServer({
    host,
    extensionPath: root,
    connectionToken: randomBytes(16).toString('hex'),
  });
  console.log(`
Visual Studio Code with Lambda Invoke Async is open on examples/orders:

  ${server.url(workspace)}

1. Click the Lambda icon on the left: the saved payloads.
2. Right-click a payload, choose "Invoke Async".
3. The output channel shows 202, the request ID, and then what the function printed.

Events go to Local Lambda on this machine, not to AWS. Press Ctrl+C to stop.`);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      await server.stop();
      process.exit(0);
    });
  }
}
