import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type LocalSetting, startLocalWorkspace } from '../../support/localLambda';
import { repository } from '../../support/repository';

/** Whether the Node that runs these tests also runs TypeScript. */
const strips = process.allowedNodeEnvironmentFlags.has('--experimental-transform-types');
const needsStripping = strips
  ? ''
  : ` (skipped: Node.js ${process.versions.node} does not strip types)`;

/** Runs the function `one` once with `{"n":1}`. */
async function run(files: Record<string, string>, esbuild: boolean, handler = 'one.handler') {
  const setting: LocalSetting = { functions: { one: { handler, timeout: 60 } }, files };
  const workspace = await startLocalWorkspace(setting);
  try {
    if (esbuild) {
      await mkdir(join(workspace.folder, 'node_modules'), { recursive: true });
      await symlink(
        join(repository, 'node_modules/esbuild'),
        join(workspace.folder, 'node_modules/esbuild'),
      );
    }
    const { Payload } = await workspace.sdk.invoke({ FunctionName: 'one', Payload: '{"n":1}' });
    return JSON.parse(Payload?.transformToString() ?? '');
  } finally {
    await workspace.stop();
  }
}

const order =
  'export interface Order { n: number }\nexport const twice = ({ n }: Order): number => n * 2;';

/** What both ways of running TypeScript understand. */
const both: readonly {
  what: string;
  files: Record<string, string>;
  result: unknown;
  handler?: string;
}[] = [
  {
    what: 'types',
    files: {
      'one.ts': 'export const handler = async (event: { n: number }): Promise<number> => event.n;',
    },
    result: 1,
  },
  {
    what: 'a .mts file',
    files: { 'one.mts': 'export const handler = (event: { n: number }): number => event.n;' },
    result: 1,
  },
  {
    what: 'a .cts file',
    files: { 'one.cts': 'exports.handler = (event: { n: number }): number => event.n;' },
    result: 1,
  },
  {
    what: 'a package of ES modules',
    files: {
      'package.json': '{"type":"module"}',
      'one.ts': 'export const handler = (event: { n: number }): number => event.n;',
    },
    result: 1,
  },
  ...['./order', './order.js', './order.ts'].map((specifier) => ({
    what: `an import of ${specifier}`,
    handler: 'src/one.handler',
    files: {
      'src/order.ts': order,
      'src/one.ts': `import { twice, type Order } from '${specifier}';\nexport const handler = (event: Order): number => twice(event);`,
    },
    result: 2,
  })),
  {
    what: 'an enumeration',
    files: {
      'one.ts': 'enum State { Open = 7 }\nexport const handler = (): number => State.Open;',
    },
    result: 7,
  },
  {
    what: 'JavaScript beside it, which a compiler has written',
    files: {
      'one.ts': 'export const handler = (): string => "source";',
      'one.js': 'exports.handler = () => "compiled";',
    },
    result: 'compiled',
  },
];

/** Line 5 throws. */
const failing = `interface Order {
  n: number;
}
export const handler = (event: Order): number => {
  throw new RangeError(\`no stock \${event.n}\`);
};`;

for (const { way, esbuild, note } of [
  { way: 'compiled by the esbuild of the workspace', esbuild: true, note: '' },
  { way: 'whose types Node strips', esbuild: false, note: needsStripping },
]) {
  describe(`a TypeScript handler ${way}${note}`, () => {
    before(function () {
      if (!esbuild && !strips) this.skip();
    });

    for (const { what, files, result, handler } of both) {
      it(`with ${what}`, async () => {
        assert.deepEqual(await run(files, esbuild, handler), result);
      });
    }

    it('tells the lines of its source when it fails', async () => {
      const { errorType, trace } = await run({ 'one.ts': failing }, esbuild);
      assert.equal(errorType, 'RangeError');
      assert.equal(trace[0], 'RangeError: no stock 1');
      assert.match(trace[1], /^ {4}at .*one\.ts:5:9\)?$/);
    });

    it('tells the lines of a module that it imports', async () => {
      const files = {
        'lib/fail.ts': `type Why = string;\n\nexport function fail(why: Why): never {\n  throw new Error(why);\n}`,
        'one.ts': `import { fail } from './lib/fail';\nexport const handler = (): void => fail('low');`,
      };
      const { trace } = await run(files, esbuild);
      assert.match(trace[1], /fail\.ts:4:9\)$/);
      assert.match(trace[2], /one\.ts:2:\d+\)$/);
    });

    it('is told where it has a mistake', async () => {
      const { errorType, errorMessage } = await run({ 'one.ts': 'export const = 1' }, esbuild);
      assert.equal(errorType, 'Runtime.UserCodeSyntaxError');
      assert.match(errorMessage, esbuild ? /one\.ts:1:13: ERROR: Expected/ : /SyntaxError/);
    });
  });
}

describe('a TypeScript handler compiled by the esbuild of the workspace, as people write it,', () => {
  it('imports types without saying that they are types', async () => {
    const files = {
      'order.ts': order,
      'one.ts': `import { APIGatewayProxyEvent } from 'aws-lambda';
import { Order } from './order';
export const handler = (event: Order & APIGatewayProxyEvent): number => event.n;`,
    };
    assert.equal(await run(files, true), 1);
  });

  it('finds modules by the aliases of its project, and packages by Node', async () => {
    const files = {
      'tsconfig.json': '{"compilerOptions":{"paths":{"@shop/*":["./src/*"]}}}',
      'src/order.ts': order,
      'node_modules/add/package.json': '{"name":"add","version":"1.0.0","main":"add.cjs"}',
      'node_modules/add/add.cjs': 'module.exports = (n) => n + 40;',
      'one.ts': `import add from 'add';
import { twice } from '@shop/order';
export const handler = (event: { n: number }): number => add(twice(event));`,
    };
    assert.equal(await run(files, true), 42);
  });

  it('knows where it is', async () => {
    const files = {
      'src/one.ts': `import { fileURLToPath } from 'node:url';
export const handler = (): boolean => fileURLToPath(import.meta.url) === __filename;`,
    };
    assert.equal(await run(files, true, 'src/one.handler'), true);
  });

  it('says what it has no way to do', async () => {
    const files = { 'one.ts': 'export const handler = await Promise.resolve(() => 1);' };
    const { errorMessage } = await run(files, true);
    assert.match(errorMessage, /Top-level await is currently not supported/);
  });
});

describe('a TypeScript handler that nothing can run', () => {
  it('says what to do', async function () {
    if (strips) this.skip();
    const { errorType, errorMessage } = await run(
      { 'src/one.ts': failing },
      false,
      'src/one.handler',
    );
    assert.equal(errorType, 'Runtime.InvalidEntrypoint');
    assert.match(
      errorMessage,
      /^src.one\.ts is TypeScript, which Node\.js \d+\.\d+\.\d+ cannot run\. Install esbuild in the workspace/,
    );
  });

  it(`because of what only a compiler knows says what to do${needsStripping}`, async function () {
    if (!strips) this.skip();
    const files = {
      'order.ts': order,
      'one.ts': `import { Order } from './order';\nexport const handler = (event: Order): number => event.n;`,
    };
    const { errorMessage } = await run(files, false);
    assert.match(errorMessage, /Order.*\(Types are stripped, not compiled: .*install esbuild/);
  });
});
