// Bundles the editor suite and runs it in the real extension host: `node scripts/editorTests.mjs [oldest|newest]`.
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { runEditorTests } from './editorHost/editorTests.mjs';
import { root } from './setUp.mjs';

const version = process.argv[2] === 'oldest' ? 'oldest' : 'newest';

/** An account of nobody's, and none of this machine's configuration. */
const account = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'test-secret-access-key',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

const testsModule = await bundleEditorTests();
// The suite writes into its workspace: a copy, so that the sources stay as they are.
const workspace = await mkdtemp(join(tmpdir(), 'invoke-async-workspace-'));
await cp(join(root, 'test/fixtures/workspace'), workspace, { recursive: true });
try {
  const counts = await runEditorTests({
    version,
    extensionPath: root,
    workspace,
    testsModule,
    env: account,
    log: console.log,
  });
  process.send?.(counts);
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
} finally {
  await rm(workspace, { recursive: true, force: true });
}
process.exit();

/** Bundles test/editor; the module that VS Code loads is its index. */
export async function bundleEditorTests() {
  const folder = join(root, 'test/editor');
  const tests = (await readdir(folder)).filter((file) => file.endsWith('.test.ts'));
  await build({
    entryPoints: ['index.ts', ...tests].map((file) => join(folder, file)),
    outdir: join(root, 'out/editor'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(root, 'out/editor/index.js');
}
