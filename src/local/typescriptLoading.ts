import Module, { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../core/messageOf';
import { RuntimeError } from './handlerError';
import { noteFiles } from './loadedFiles';

/** What is used of the workspace's esbuild, in any of its versions since 0.17. */
interface Esbuild {
  build(options: object): Promise<{
    readonly outputFiles: readonly { readonly text: string }[];
    /** The inputs by their paths from the working directory. */
    readonly metafile: { readonly inputs: Readonly<Record<string, object>> };
  }>;
  stop?(): Promise<void> | undefined;
}

/** What Node's own loader of CommonJS calls. */
interface CompilableModule extends Module {
  _compile(code: string, file: string, format: 'commonjs'): void;
}

/** Node's `Module` also makes them. */
type ModuleClass = (new (
  id: string,
) => CompilableModule) & {
  _nodeModulePaths(folder: string): string[];
};

const prologue =
  "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href; const __importMetaResolve = (specifier) => require('node:url').pathToFileURL(require.resolve(specifier)).href;";

/**
 * Compiles a module of TypeScript, with those that it imports by relative paths or path aliases, and runs it. Packages
 * are left to Node. It has the name of its source, so that its stack and a debugger speak of that.
 *
 * @param esbuild path of the workspace's esbuild
 * @returns what it exports
 * @throws RuntimeError `Runtime.UserCodeSyntaxError`; what the module itself throws
 */
export async function compileModule(file: string, esbuild: string): Promise<unknown> {
  const code = await compile(file, createRequire(file)(esbuild) as Esbuild);
  // From here on, stacks speak of the sources.
  process.setSourceMapsEnabled(true);
  const NodeModule = Module as unknown as ModuleClass;
  const module = new NodeModule(file);
  module.filename = file;
  // oxlint-disable-next-line no-underscore-dangle -- Node's loader has no public name for it.
  module.paths = NodeModule._nodeModulePaths(dirname(file));
  // oxlint-disable-next-line no-underscore-dangle -- Nor for this.
  module._compile(code, file, 'commonjs');
  return module.exports;
}

async function compile(file: string, esbuild: Esbuild): Promise<string> {
  try {
    const { outputFiles, metafile } = await esbuild.build({
      entryPoints: [file],
      outfile: `${file}.js`,
      write: false,
      metafile: true,
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: `node${process.versions.node}`,
      format: 'cjs',
      sourcemap: 'inline',
      keepNames: true,
      logLevel: 'silent',
      define: {
        'import.meta.url': '__importMetaUrl',
        'import.meta.resolve': '__importMetaResolve',
        'import.meta.dirname': '__dirname',
        'import.meta.filename': '__filename',
      },
      banner: { js: prologue },
    });
    noteFiles(Object.keys(metafile.inputs).map((input) => resolve(input)));
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    throw new RuntimeError('Runtime.UserCodeSyntaxError', messageOf(error), error);
  } finally {
    await esbuild.stop?.();
  }
}

/** How people write imports of TypeScript that only a compiler resolves: what Node finds in place of it. */
function spellings(specifier: string): string[] {
  const [, stem = '', kind] = /^(.*)\.([cm]?)js$/.exec(specifier) ?? [];
  return [
    ...(kind === undefined ? [] : [`${stem}.${kind}ts`]),
    ...['.ts', '.mts', '.cts', '/index.ts'].map((ending) => specifier + ending),
  ];
}

/** Has Node find `./orders.ts` by `./orders` and `./orders.js`, too, where it can be told to. */
export function resolveTypeScript(): void {
  Module.registerHooks?.({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!/^\.\.?(?:\/|$)/.test(specifier)) throw error;
        for (const spelling of spellings(specifier)) {
          try {
            return next(spelling, context);
          } catch {
            // The first error is the one that names what was written.
          }
        }
        throw error;
      }
    },
  });
}

/** What to add to an error that types which were only stripped may have caused. */
export const strippedNote =
  ' (Types are stripped, not compiled: import them with "import type", or install esbuild in the workspace: npm install --save-dev esbuild)';
