// Makes a fresh clone ready: dependencies as the lockfile has them, nothing that is there already. Every script of
// package.json runs this first, in a process of its own: what comes next can then import them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { npmCommand } from './editorHost/npm.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

const oldestNode = [20, 20];
const stamp = `${root}node_modules/.lockfile-sha256`;

/** Installs what the lockfile names, unless exactly that is installed. Ends the process with a reason when it cannot. */
function installDependencies() {
  requireNode();
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing the dependencies of package-lock.json …');
  const { status } = runNpm(['ci', '--no-audit', '--no-fund']);
  if (status !== 0)
    fail('npm could not install the dependencies. Is the package registry reachable?');
  writeFileSync(stamp, wanted);
}

/** Runs one of our scripts or tools with this Node and shows its output; ends the process when it fails. */
export function runNode(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = oldestNode;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(`Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.`);
}

function runNpm(args) {
  const [command, prefix, shell] = npmCommand();
  return spawnSync(command, [...prefix, ...args], { cwd: root, stdio: 'inherit', shell });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installDependencies();
