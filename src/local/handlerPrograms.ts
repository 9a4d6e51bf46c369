import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, relative } from 'node:path';
import * as l10n from '@vscode/l10n';
import { isBelow } from '../files/below';
import type { DebugRequest } from './debugging';
import { type HandlerFile, isTypeScript } from './handlerFile';
import { debugMark } from './messages';

/** The program that runs a handler, and its arguments. */
export interface HandlerProgram {
  readonly command: string;
  readonly args: readonly string[];
}

/** There is no program that could run the handler; the message says what to do. */
export class NoProgramError extends Error {}

/**
 * Node's inspector tells its address on the process's standard error alone, and not whoever connects to its port.
 * @see https://nodejs.org/api/cli.html#--inspect-publish-uidstderrhttp
 */
const inspectorFlags = ['--inspect-publish-uid=stderr'];

/**
 * What is started for a handler.
 *
 * @param module path of the bundle of handlerProcess.ts; handlerProcess.py lies beside it
 * @param folder the workspace folder
 * @param debug for one event that runs under a debugger: without it, no process ever listens for one
 * @throws NoProgramError
 */
export function handlerProgram(
  { runtime, file, exportPath, module: moduleName }: HandlerFile,
  module: string,
  folder: string,
  debug?: Pick<DebugRequest, 'debugpy'>,
): HandlerProgram {
  const node = [process.execPath, module] as const;
  if (runtime === 'node') {
    const { flags, esbuild } = isTypeScript(file) ? typeScript(file, folder) : plain;
    const handler = [...(debug ? [debugMark] : []), file, exportPath, ...esbuild];
    const debugFlags = debug ? inspectorFlags : [];
    return { command: process.execPath, args: [...debugFlags, ...flags, module, ...handler] };
  }
  const debugpy = debug?.debugpy;
  if (debug && debugpy === undefined) {
    throw new NoProgramError(l10n.t('To debug Python, install the extension Python Debugger.'));
  }
  const program = module.replace(/\.js$/, '.py');
  // Text is UTF-8, as in Lambda; no compiled files among the user's own; and debugpy misses breakpoints in a Python
  // whose modules are frozen.
  const flags = [
    '-X',
    'utf8',
    '-B',
    ...(debugpy === undefined ? [] : ['-X', 'frozen_modules=off']),
  ];
  const mark = debugpy === undefined ? [] : [debugMark, debugpy];
  return {
    command: findPython(file, folder),
    args: [...flags, program, ...mark, file, exportPath, moduleName, ...node],
  };
}

interface NodeOptions {
  readonly flags: readonly string[];
  /** Its path, for what has to be compiled. */
  readonly esbuild: readonly string[];
}

const plain: NodeOptions = { flags: [], esbuild: [] };

/** With them, Node runs TypeScript, be it imported by a handler that was compiled. */
const typeScriptFlags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];

/**
 * How TypeScript is run: compiled by esbuild, with which most people deploy it and which understands all of it, where the
 * project has it; else by Node, which strips the types.
 *
 * @throws NoProgramError when neither is there
 */
function typeScript(file: string, folder: string): NodeOptions {
  const known = process.allowedNodeEnvironmentFlags;
  const flags = typeScriptFlags.every((flag) => known.has(flag.replace(/=.*/, '')))
    ? typeScriptFlags
    : [];
  const esbuild = findEsbuild(file);
  if (esbuild !== undefined) return { flags, esbuild: [esbuild] };
  if (flags.length > 0 || process.features.typescript) return { flags, esbuild: [] };
  throw new NoProgramError(
    l10n.t(
      '{handler} is TypeScript, which Node.js {version} cannot run. Install esbuild in the workspace (npm install --save-dev esbuild), or compile the handler to JavaScript.',
      { handler: relative(realpathSync(folder), file), version: process.versions.node },
    ),
  );
}

function findEsbuild(file: string): string | undefined {
  try {
    return createRequire(file).resolve('esbuild');
  } catch {
    return undefined;
  }
}

/** The usual names of virtual environments. */
const environmentNames = ['.venv', 'venv'];

const isWindows = process.platform === 'win32';

/**
 * The Python of the virtual environment that is nearest to a file, up to the workspace folder; else that of the machine.
 *
 * @throws NoProgramError when there is none, or the virtual environment has lost its own
 */
function findPython(file: string, folder: string): string {
  const root = realpathSync(folder);
  for (let place = dirname(file); place === root || isBelow(place, root); place = dirname(place)) {
    for (const name of environmentNames) {
      const python = pythonOf(join(place, name));
      if (python !== undefined) return python;
    }
    if (place === root) break;
  }
  const python = onPath(isWindows ? ['python.exe', 'python3.exe'] : ['python3']);
  if (python !== undefined) return python;
  throw new NoProgramError(
    l10n.t(
      'Python is not installed: {handler} needs a virtual environment (.venv) in the workspace folder, or python3 on the PATH.',
      { handler: relative(root, file) },
    ),
  );
}

function pythonOf(environment: string): string | undefined {
  if (!existsSync(join(environment, 'pyvenv.cfg'))) return undefined;
  const python = join(environment, ...(isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python']));
  if (existsSync(python)) return python;
  throw new NoProgramError(
    l10n.t('{environment} has no Python any more. Create it again: python3 -m venv {environment}', {
      environment,
    }),
  );
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => isProgram(path));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
