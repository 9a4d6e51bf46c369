/** Where the functions of Local Lambda are written, relative to the workspace folder. */
export const localPath = '.lambda/local.json';

/** What runs handlers. */
export type Runtime = 'node' | 'python';

/** The endings of handlers' files. What a compiler of TypeScript has written wins over its source. */
export const handlerExtensions: Readonly<Record<Runtime, readonly string[]>> = {
  node: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'],
  python: ['.py'],
};

/** A handler, taken apart. */
export interface HandlerParts {
  /** Of its file, relative to the workspace folder, separated by `/`, without ending. */
  readonly path: string;
  /** What is written in front of the export. */
  readonly module: string;
  readonly exportPath: string;
}

/**
 * Splits `path.export` as the runtimes of Lambda do. For Node, the first dot after the last slash ends the path. For
 * Python, the last dot does, and those before it stand for slashes.
 */
export const handlerParts: Readonly<Record<Runtime, (handler: string) => HandlerParts>> = {
  node(handler) {
    const { folder, name } = split(handler);
    const [file = '', ...names] = name.split('.');
    return { path: folder + file, module: folder + file, exportPath: names.join('.') };
  },
  python(handler) {
    const { folder, name } = split(handler);
    const names = name.split('.');
    const exportPath = names.pop() ?? '';
    const module = folder + names.join('.');
    return { path: folder + names.join('/'), module, exportPath };
  },
};

/** A file that may be a handler's. */
export interface HandlerCandidate extends HandlerParts {
  readonly runtime: Runtime;
  /** With its ending. */
  readonly file: string;
}

/** The files that are looked for, in this order. */
export function handlerCandidates(handler: string): HandlerCandidate[] {
  return (['node', 'python'] as const).flatMap((runtime) => {
    const parts = handlerParts[runtime](handler);
    return handlerExtensions[runtime].map((ending) => ({
      ...parts,
      runtime,
      file: parts.path + ending,
    }));
  });
}

/** How the export of a file is written as a handler; `undefined` for a file whose name has a dot in it. */
export function handlerOf(file: string, exported: string): string | undefined {
  const [, path = '', ending] = /^(.*?[^/]*)(\.[^./]+)$/.exec(file) ?? [];
  const known = Object.values(handlerExtensions).flat();
  if (ending === undefined || !known.includes(ending) || split(path).name.includes('.')) {
    return undefined;
  }
  return `${path}.${exported}`;
}

function split(handler: string): { folder: string; name: string } {
  const slash = handler.lastIndexOf('/') + 1;
  return { folder: handler.slice(0, slash), name: handler.slice(slash) };
}
