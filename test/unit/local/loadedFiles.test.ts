import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import Module from 'node:module';
import { join } from 'node:path';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';
import { hasPython, needsPython } from '../../support/python';
import { repository } from '../../support/repository';

/** Whether Node tells which ES modules it loads. */
const tells = 'registerHooks' in Module;
const needsHooks = tells ? '' : ` (skipped: Node.js ${process.versions.node} does not tell them)`;

const forms: readonly {
  readonly what: string;
  readonly runs?: boolean;
  readonly handler: string;
  readonly file: string;
  readonly text: string;
  readonly imported: string;
  readonly content: (version: number) => string;
}[] = [
  {
    what: 'a module that is required',
    handler: 'plain.handler',
    file: 'plain.js',
    text: "const one = require('./lib/one');\nexports.handler = () => [one.version, process.pid];",
    imported: 'lib/one.js',
    content: (version) => `exports.version = ${version};`,
  },
  {
    what: 'a module that is required while an event runs',
    handler: 'late.handler',
    file: 'late.js',
    text: "exports.handler = () => [require('./lib/late').version, process.pid];",
    imported: 'lib/late.js',
    content: (version) => `exports.version = ${version};`,
  },
  {
    what: `an ES module that is imported by another${needsHooks}`,
    runs: tells,
    handler: 'module.handler',
    file: 'module.mjs',
    text: "import { version } from './lib/outer.mjs';\nexport const handler = () => [version, process.pid];",
    imported: 'lib/inner.mjs',
    content: (version) => `export const version = ${version};`,
  },
  {
    what: 'a file of TypeScript that esbuild has compiled with its handler',
    handler: 'typed.handler',
    file: 'typed.ts',
    text: "import { version } from './lib/typed';\nexport const handler = (): number[] => [version, process.pid];",
    imported: 'lib/typed.ts',
    content: (version) => `export const version: number = ${version};`,
  },
  {
    what: `a module of Python${needsPython}`,
    runs: hasPython,
    handler: 'snake.handler',
    file: 'snake.py',
    text: 'import os\nfrom lib import part\n\ndef handler(event, context):\n    return [part.version, os.getpid()]\n',
    imported: 'lib/part.py',
    content: (version) => `version = ${version}\n`,
  },
];

describe('a warm process of a handler', () => {
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace({
      functions: Object.fromEntries(
        forms.map(({ file, handler }) => [file.replace('.', '-'), { handler, timeout: 30 }]),
      ),
      files: {
        'lib/outer.mjs': "export * from './inner.mjs';",
        'lib/other.js': '',
        ...Object.fromEntries(
          forms.flatMap(({ file, text, imported, content }) => [
            [file, text],
            [imported, content(1)],
          ]),
        ),
      },
    });
    await mkdir(join(workspace.folder, 'node_modules'));
    await symlink(
      join(repository, 'node_modules/esbuild'),
      join(workspace.folder, 'node_modules/esbuild'),
    );
  });
  after(() => workspace.stop());

  for (const { what, runs = true, file, imported, content } of forms) {
    (runs ? it : it.skip)(`gives way to another one after a change of ${what}`, async () => {
      const FunctionName = file.replace('.', '-');
      const run = async () => {
        const { Payload } = await workspace.sdk.invoke({ FunctionName });
        return JSON.parse(Payload?.transformToString() ?? '') as unknown;
      };
      const first = await run();
      await workspace.write('lib/other.js', '// Nobody loads it.');
      assert.deepEqual(await run(), first, 'it stays warm');
      await workspace.write(imported, content(2));
      const second = await run();
      assert.ok(Array.isArray(first) && Array.isArray(second));
      assert.deepEqual([first[0], second[0]], [1, 2]);
      assert.notEqual(second[1], first[1]);
      assert.deepEqual(await run(), second, 'it is warm again');
    });
  }
});
