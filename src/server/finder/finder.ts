import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { brotliDecompress } from 'node:zlib';
import type { DeprecationFinder } from '../../migration/find';

/** What finds uses of InvokeAsync in a text: in this thread, or in another one. */
export type Finder = Pick<DeprecationFinder, 'find' | 'forget'>;

/**
 * A finder that is made on first use: the rules and the parser's runtime take longer to load than a file without a
 * candidate takes to read. The grammars lie beside the bundle that this is part of; each is read on first need.
 */
export class LazyFinder implements Finder {
  #finder: Promise<DeprecationFinder> | undefined;

  async prepare(...document: Parameters<DeprecationFinder['prepare']>): Promise<void> {
    this.#finder ??= load();
    return (await this.#finder).prepare(...document);
  }

  async find(...document: Parameters<Finder['find']>): ReturnType<Finder['find']> {
    this.#finder ??= load();
    return (await this.#finder).find(...document);
  }

  forget(uri: string): void {
    void this.#finder?.then((finder) => finder.forget(uri));
  }
}

async function load(): Promise<DeprecationFinder> {
  const { DeprecationFinder } = await import('../../migration/find');
  return new DeprecationFinder({
    runtime: async () => webAssembly('web-tree-sitter'),
    grammar: async (name) => {
      leaveUnoptimized();
      return webAssembly(`tree-sitter-${name}`);
    },
  });
}

/**
 * Has V8 leave WebAssembly that is compiled from now on to its baseline compiler. The lexers of some grammars are single
 * functions that its optimizing compiler works on for seconds, on every processor's account, and no process ends before
 * it is done. What was compiled before is still optimized, except by Node 24: parser and queries, by a third.
 */
function leaveUnoptimized(): void {
  for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) {
    setFlagsFromString(flag);
  }
}

/** They lie there compressed: of 16 MB that a user may never need, that leaves one. */
async function webAssembly(name: string): Promise<Uint8Array> {
  const compressed = await readFile(join(__dirname, 'grammars', `${name}.wasm.br`));
  return promisify(brotliDecompress)(compressed);
}
