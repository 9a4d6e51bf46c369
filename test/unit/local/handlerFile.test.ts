import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';

describe('the file of a handler', () => {
  const source = 'exports.handler = () => __filename.slice(-5);';
  let outside: string;
  let workspace: LocalWorkspace;

  before(async () => {
    outside = await realpath(await mkdtemp(join(tmpdir(), 'local-outside-')));
    await writeFile(join(outside, 'x.js'), source);
    workspace = await startLocalWorkspace({
      functions: {
        file: { handler: 'file.handler' },
        folder: { handler: 'linked/x.handler' },
        module: { handler: 'node_modules/away/x.handler' },
        broken: { handler: 'broken.handler' },
        inside: { handler: 'inside.handler' },
        pnpm: { handler: 'node_modules/shop/x.handler' },
      },
      files: { 'real/x.js': source, 'node_modules/.pnpm/shop@1/node_modules/shop/x.js': source },
    });
    await link('file.js', join(outside, 'x.js'));
    await link('linked', outside);
    await link('node_modules/away', outside);
    await link('broken.js', join(outside, 'missing.js'));
    await link('inside.js', 'real/x.js');
    await link('node_modules/shop', '.pnpm/shop@1/node_modules/shop');
  });
  after(async () => {
    await workspace.stop();
    await rm(outside, { recursive: true });
  });

  async function link(path: string, target: string): Promise<void> {
    const from = join(workspace.folder, path);
    await mkdir(dirname(from), { recursive: true });
    await symlink(target, from);
  }

  async function result(name: string) {
    const { Payload } = await workspace.sdk.invoke({ FunctionName: name });
    return JSON.parse(Payload?.transformToString() ?? '');
  }

  for (const [name, path] of [
    ['file', 'file.js'],
    ['folder', 'linked'],
    ['module', 'node_modules/away'],
  ] as const) {
    it(`is not run behind ${path}, a link out of the folder, and the answer names the link`, async () => {
      const { errorType, errorMessage } = await result(name);
      assert.equal(errorType, 'Runtime.ImportModuleError');
      assert.ok(errorMessage?.startsWith(`${path} is a link to ${outside}`), errorMessage);
      assert.match(errorMessage ?? '', /outside the workspace folder/);
    });
  }

  it('is missing behind a broken link', async () => {
    assert.match((await result('broken')).errorMessage ?? '', /Cannot find module/);
  });

  for (const name of ['inside', 'pnpm']) {
    it(`is run behind a link that stays in the folder: ${name}`, async () => {
      assert.equal(await result(name), '/x.js');
    });
  }
});
