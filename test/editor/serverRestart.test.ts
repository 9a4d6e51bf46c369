import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { commands, window, workspace } from 'vscode';
import { workspaceFile } from './commands';
import { waitForProblems } from './diagnostics';

const wrong =
  'aws lambda get-function --function-name arn:aws:lambda:us-east-1:12345:function:orders\n';

describe('a language server that answers nothing any more', () => {
  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('notifications.clearAll');
  });

  it('is ended and started anew, and checks what is open', async () => {
    const uri = workspaceFile('restart.sh');
    await workspace.fs.writeFile(uri, Buffer.from(wrong));
    try {
      const document = await workspace.openTextDocument(uri);
      const editor = await window.showTextDocument(document);
      await waitForProblems(uri, 1);
      const [hung = assert.fail('no server')] = await servers();
      process.kill(hung, 'SIGSTOP');
      await editor.edit((edit) => edit.insert(document.lineAt(0).range.start, wrong));
      await waitForProblems(uri, 2);
      const running = await servers();
      assert.equal(running.length, 1);
      assert.notEqual(running[0], hung);
    } finally {
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await workspace.fs.delete(uri);
    }
  });
});

/** The language servers of this extension host. */
async function servers(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,args=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, state, ...words]) =>
        Number(parent) === process.pid &&
        !state?.startsWith('Z') &&
        words.some((word) => word.endsWith('server.js')) &&
        words.includes('--node-ipc'),
    )
    .map(([pid]) => Number(pid));
}
