// Runs the editor suites in the real extension host: `node scripts/editorTests.mjs [oldest|newest] [part of a suite's folder]`.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runEditorTests } from './editorHost/editorTests.mjs';
import { account, bundleEditorTests, copyWorkspace, makeHostileWorkspace } from './editorSuite.mjs';
import { root } from './setUp.mjs';

const version = process.argv[2] === 'oldest' ? 'oldest' : 'newest';
const suites = [
  { folder: 'test/editor', workspaceTrust: false },
  { folder: 'test/editor/untrusted', workspaceTrust: true },
  {
    folder: 'test/editor/twoFolders',
    fixture: 'test/fixtures/twoFolders',
    opens: 'both.code-workspace',
    workspaceTrust: false,
  },
  { folder: 'test/editor/walkthrough', workspaceTrust: false },
  { folder: 'test/editor/noFolder', opens: null, workspaceTrust: false },
  { folder: 'test/editor/german', language: 'de', workspaceTrust: false },
  { folder: 'test/editor/hostileFolder', make: makeHostileWorkspace, workspaceTrust: true },
  { folder: 'test/editor/hostileFolder', make: makeHostileWorkspace, workspaceTrust: false },
].filter(({ folder }) => process.argv[3] === undefined || folder.endsWith(process.argv[3]));

const total = { passed: 0, failed: 0 };
for (const suite of suites) {
  const { passed, failed } = await run(suite);
  total.passed += passed;
  // A suite without a test has not done its part.
  total.failed += passed + failed === 0 ? 1 : failed;
}
process.send?.(total);
process.exitCode = total.failed > 0 ? 1 : 0;
process.exit();

/** @param {{ folder: string, fixture?: string, make?: () => Promise<string>, opens?: string | null, language?: string, workspaceTrust: boolean }} suite */
async function run({ folder, fixture, make, opens = '', language, workspaceTrust }) {
  const workspace = await (make?.() ?? copyWorkspace(fixture));
  try {
    return await runEditorTests({
      version,
      extensionPath: root,
      workspace: opens === null ? undefined : join(workspace, opens),
      testsModule: await bundleEditorTests(folder),
      env: account,
      language,
      workspaceTrust,
      log: console.log,
    });
  } finally {
    for (const folder of [workspace, `${workspace}-secrets`])
      await rm(folder, { recursive: true, force: true });
  }
}
