// Runs the editor suite in the real extension host: `node scripts/editorTests.mjs [oldest|newest]`.
import { rm } from 'node:fs/promises';
import { runEditorTests } from './editorHost/editorTests.mjs';
import { account, bundleEditorTests, copyWorkspace } from './editorSuite.mjs';
import { root } from './setUp.mjs';

const version = process.argv[2] === 'oldest' ? 'oldest' : 'newest';
const workspace = await copyWorkspace();
try {
  const counts = await runEditorTests({
    version,
    extensionPath: root,
    workspace,
    testsModule: await bundleEditorTests(),
    env: account,
    log: console.log,
  });
  process.send?.(counts);
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
} finally {
  await rm(workspace, { recursive: true, force: true });
}
process.exit();
