import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Handler } from './handlerContext';
import { handlerExtensions } from '../core/localHandlers/handlerPath';
import { RuntimeError } from './handlerError';
import { isTypeScript } from './handlerFile';
import { noteImports } from './loadedFiles';
import { compileModule, resolveTypeScript, strippedNote } from './typescriptLoading';

/**
 * Loads a handler from a CommonJS or ES module, or one of TypeScript.
 *
 * @param esbuild path of what compiles TypeScript; without it, Node strips the types
 * @throws RuntimeError `Runtime.ImportModuleError`, `Runtime.UserCodeSyntaxError` or `Runtime.HandlerNotFound`;
 *   what the module itself throws while it loads comes through as it is.
 */
export async function loadHandler(
  file: string,
  exportPath: string,
  esbuild?: string,
): Promise<Handler> {
  const module = await importModule(file, esbuild);
  // Not every export of a CommonJS module is seen by name; all of them are in `default`.
  const handler = follow(module, exportPath) ?? follow(member(module, 'default'), exportPath);
  if (isHandler(handler)) return handler;
  const fault = handler === undefined ? 'undefined or not exported' : 'not a function';
  throw new RuntimeError('Runtime.HandlerNotFound', `${file}: ${exportPath} is ${fault}`);
}

async function importModule(file: string, esbuild: string | undefined): Promise<unknown> {
  if (!existsSync(file)) {
    const message = `Error: Cannot find module '${file}' (${Object.values(handlerExtensions).flat().join(', ')})`;
    throw new RuntimeError('Runtime.ImportModuleError', message);
  }
  const isStripped = isTypeScript(file) && esbuild === undefined;
  const note = isStripped ? strippedNote : '';
  try {
    if (esbuild !== undefined) return await compileModule(file, esbuild);
    if (isStripped) resolveTypeScript();
    noteImports(file);
    const module: unknown = await import(pathToFileURL(file).href);
    return module;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error) + note, error);
    }
    const code = String(member(error, 'code'));
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', String(error) + note, error);
    }
    throw error;
  }
}

function follow(module: unknown, exportPath: string): unknown {
  return exportPath.split('.').reduce(member, module);
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

function member(value: unknown, name: string): unknown {
  const holder: object = Object(value);
  return Reflect.get(holder, name);
}
