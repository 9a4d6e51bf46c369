// Sends to emulators of someone else, and reads failed events from them: `npm run test:emulators`. Prints a table of what
// passed. moto has to be installed; serverless-offline comes from the npm registry, into the cache outside of the project.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cached, withProgress } from './editorHost/cache.mjs';
import { runEditorTests } from './editorHost/editorTests.mjs';
import { npmInstall } from './editorHost/npm.mjs';
import { account, bundleEditorTests, copyWorkspace } from './editorSuite.mjs';
import { root } from './setUp.mjs';

/**
 * @typedef {object} Emulator
 * @property {string} name
 * @property {boolean} isRequired whether a run without it has failed
 * @property {string} functionName of the function that it has once its checks have been made
 * @property {() => Promise<{ endpoint: string, checks: import('../test/emulators/check.ts').Check[], stop: () => Promise<unknown> } | string>} start
 *   resolves to why there is no such emulator here, in words
 */

/** Only this line of versions runs without an account of Serverless. */
const serverless = { 'serverless-offline': '13.9.0', serverless: '3.40.0' };

const outfile = join(root, `out/emulators-${process.pid}.cjs`);
await build({
  absWorkingDir: root,
  entryPoints: ['test/emulators/main.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
});
const { motoChecks, service, serverlessOfflineChecks } = await import(pathToFileURL(outfile).href);

/** @type {Emulator[]} */
const emulators = [
  {
    name: 'moto',
    isRequired: true,
    functionName: 'orders',
    async start() {
      const { status, error } = spawnSync('moto_server', ['--help'], { encoding: 'utf8' });
      if (error || status !== 0) return 'Install it with: pip install "moto[server]"';
      const port = await freePort();
      const args = ['--host', '127.0.0.1', '--port', String(port)];
      const moto = spawn('moto_server', args, { stdio: ['ignore', 'pipe', 'pipe'] });
      await said(moto, /Running on http/);
      const endpoint = `http://127.0.0.1:${port}`;
      // There may be no Docker to run functions in; what counts is the answer.
      const config = JSON.stringify({ lambda: { use_docker: false } });
      await fetch(`${endpoint}/moto-api/config`, { method: 'POST', body: config });
      return { endpoint, checks: motoChecks(endpoint), stop: () => end(moto) };
    },
  },
  {
    name: 'serverless-offline',
    isRequired: false,
    functionName: 'shop-dev-orders',
    async start() {
      let installed;
      try {
        installed = await installServerless();
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
      const folder = await mkdtemp(join(tmpdir(), 'serverless-offline-'));
      // A plugin is looked for beside the service.
      const packages = join(installed, 'node_modules');
      await symlink(packages, join(folder, 'node_modules'), 'junction');
      for (const [path, text] of Object.entries(service)) await writeFile(join(folder, path), text);
      const port = await freePort();
      const main = join(packages, 'serverless/bin/serverless.js');
      const ports = ['--httpPort', String(await freePort()), '--lambdaPort', String(port)];
      const args = [main, 'offline', 'start', '--host', '127.0.0.1', ...ports];
      const quiet = { SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' };
      const offline = spawn(process.execPath, args, {
        cwd: folder,
        env: { ...process.env, ...quiet },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      await said(offline, /Function names exposed/);
      const endpoint = `http://127.0.0.1:${port}`;
      return {
        endpoint,
        checks: serverlessOfflineChecks(endpoint, folder),
        async stop() {
          await end(offline);
          await rm(folder, { recursive: true, force: true });
        },
      };
    },
  },
];

let failures = 0;
for (const { name, isRequired, functionName, start } of emulators) {
  const emulator = await start();
  if (typeof emulator === 'string') {
    if (isRequired) failures++;
    console.log(`MISSING ${name}: ${emulator}`);
    continue;
  }
  try {
    for (const { name: what, check } of emulator.checks) {
      try {
        await check();
        console.log(`passed  ${name}  ${what}`);
      } catch (reason) {
        failures++;
        const why = reason instanceof Error ? reason.stack : reason;
        console.log(`FAILED  ${name}  ${what}\n${why}`);
      }
    }
    failures += await failuresInEditor(emulator.endpoint, functionName);
  } finally {
    await emulator.stop();
  }
}
await rm(outfile, { force: true });
process.exitCode = failures === 0 ? 0 : 1;

/**
 * Sends with both APIs as a person does, in the real editor.
 *
 * @param {string} endpoint
 * @param {string} functionName
 * @returns {Promise<number>} how many tests have failed
 */
async function failuresInEditor(endpoint, functionName) {
  const workspace = await copyWorkspace();
  try {
    const { failures } = await runEditorTests({
      version: 'newest',
      extensionPath: root,
      workspace,
      testsModules: [await bundleEditorTests('test/editor/emulators')],
      env: { ...account, EMULATOR_ENDPOINT: endpoint, EMULATOR_FUNCTION: functionName },
      log: console.log,
    });
    return failures.length;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** @returns {Promise<string>} the folder that holds it and serverless */
async function installServerless() {
  const packages = Object.entries(serverless).map(([name, version]) => `${name}@${version}`);
  return cached(packages.join('-'), (folder) =>
    withProgress(
      console.log,
      `Downloading ${packages.join(', ')} (about 280 MB on disk, once)`,
      () => npmInstall(folder, packages),
    ),
  );
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/**
 * Resolves when a server says that it listens.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {RegExp} words
 */
async function said(child, words) {
  let all = '';
  await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The emulator has ended: ${all}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        all += text;
        if (words.test(all)) resolve(undefined);
      });
    }
  });
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
