// What the editor suite needs wherever it runs: its bundle, its workspace, its account.
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './setUp.mjs';

/** An account of nobody's, and none of this machine's configuration. */
export const account = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'test-secret-access-key',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  // Nobody listens: no test asks AWS for the account.
  AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9',
};

/** A copy of a suite's workspace, which the suite writes into. The caller removes it. */
export async function copyWorkspace(fixture = 'test/fixtures/workspace') {
  const workspace = await mkdtemp(join(tmpdir(), 'invoke-async-workspace-'));
  await cp(join(root, fixture), workspace, { recursive: true });
  return workspace;
}

/** A workspace of the worst kind, which no repository should hold. The caller removes it, and `<workspace>-secrets`. */
export async function makeHostileWorkspace() {
  const outfile = join(root, 'out/test/support/hostileFolder.mjs');
  const source = join(root, 'test/support/hostileFolder.ts');
  await build({ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'esm' });
  const { makeHostileFolder } = await import(pathToFileURL(outfile).href);
  const workspace = await mkdtemp(join(tmpdir(), 'invoke-async-hostile-'));
  await makeHostileFolder(workspace, `${workspace}-secrets`);
  return workspace;
}

/** Bundles a folder of suites; the module that VS Code loads is its index. */
export async function bundleEditorTests(folder = 'test/editor') {
  const tests = (await readdir(join(root, folder))).filter((file) => file.endsWith('.test.ts'));
  const outdir = join(root, 'out', folder);
  // A suite of before, whose source has gone, would still be run.
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: {
      index: join(root, 'test/editor/index.ts'),
      ...Object.fromEntries(tests.map((file) => [file.slice(0, -3), join(root, folder, file)])),
    },
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.js');
}
