import { existsSync, readFileSync, realpathSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBelow } from '../files/below';
import { isRecord, parseJson } from './json';
import { mostLoadedFiles } from './messages';

/** What Node's cache of CommonJS does not tell: ES modules, and what was compiled into one module. */
const others = new Set<string>();
const told = new Set<string>();

/** Takes note of files that a module is made of. */
export function noteFiles(files: Iterable<string>): void {
  for (const file of files) others.add(file);
}

/** Takes note of what an ES module imports from now on, where Node can be told to; before it is loaded. */
export function noteImports(file: string): void {
  if (!isEsModule(file)) return;
  Module.registerHooks?.({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      if (resolved.url.startsWith('file:')) others.add(fileURLToPath(resolved.url));
      return resolved;
    },
  });
}

/** The files of the folder that were loaded since this was last asked, without those of packages. */
export function newlyLoaded(folder: string): string[] {
  const root = realpathSync(folder);
  const all = [...Object.keys(createRequire(__filename).cache), ...others];
  const files = all.filter(
    (file) => !told.has(file) && isBelow(file, root) && !file.includes(`${sep}node_modules${sep}`),
  );
  const room = mostLoadedFiles - told.size;
  const fresh = [...new Set(files)].slice(0, room);
  for (const file of fresh) told.add(file);
  return fresh;
}

/** @see https://nodejs.org/api/packages.html#determining-module-system */
function isEsModule(file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return true;
  if (/\.c[jt]s$/.test(file)) return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const content = parseJson(readFileSync(manifest, 'utf8'));
      return content.ok && isRecord(content.value) && content.value.type === 'module';
    }
    if (folder === dirname(folder)) return false;
  }
}
