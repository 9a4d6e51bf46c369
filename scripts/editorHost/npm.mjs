import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b/;

/**
 * Installs packages, or with none named what the folder's own package.json asks for, without running any script
 * of theirs.
 *
 * @param {string} folder
 * @param {string[]} packages
 * @throws with npm's own last words when it fails
 */
export async function npmInstall(folder, packages) {
  const manifest = join(folder, 'package.json');
  // Without a manifest npm would install into the nearest parent folder that has one.
  if (!existsSync(manifest)) await writeFile(manifest, '{ "private": true }\n');

  const options = [
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ];
  const { code, output } = await runNpm(folder, ['install', ...options, ...packages]);
  if (code === 0) return;

  const subject = packages.join(' ') || folder;
  const reason = UNREACHABLE.test(output)
    ? 'the npm registry cannot be reached. Check the network, or `npm config get registry` and `npm ping`'
    : `npm ended with code ${code}`;
  throw new Error(`Cannot install ${subject}: ${reason}.\n${output.trim()}`);
}

/**
 * @param {string} folder
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function runNpm(folder, args) {
  const [command, prefix, shell] = npmCommand();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd: folder,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/**
 * The npm that runs us, so that the same version installs everything.
 *
 * @returns {[command: string, prefix: string[], shell: boolean]}
 */
export function npmCommand() {
  const script = process.env.npm_execpath ?? '';
  if (/npm-cli\.c?js$/.test(script)) return [process.execPath, [script], false];
  return ['npm', [], process.platform === 'win32'];
}
