import assert from 'node:assert/strict';
import {
  commands,
  ConfigurationTarget,
  type Diagnostic,
  languages,
  Range,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { workspaceFile } from './commands';
import { codeOf, fixesOf } from './diagnostics';

describe('what is wrong with the JSON of a payload', () => {
  let payload: Uri;
  beforeEach(async () => {
    payload = workspaceFile('events/twice.json');
    await workspace.fs.writeFile(payload, Buffer.from('{ "id": 1, }\n'));
  });
  afterEach(async () => {
    await workspace.getConfiguration('json').update('validate.enable', undefined, workspaceTarget);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await workspace.fs.delete(payload);
  });

  it('is said by the JSON validation of the editor alone, and fixed by our quick fix', async () => {
    await window.showTextDocument(payload);
    const [problem] = await problemsAre('json 519');
    const fixes = await fixesOf(payload, problem);
    assert.ok(fixes.some(({ title }) => title === 'Delete the comma'));
  });

  it('is said by us as soon as that validation is off', async () => {
    await window.showTextDocument(payload);
    await problemsAre('json 519');
    await workspace.getConfiguration('json').update('validate.enable', false, workspaceTarget);
    await problemsAre('invoke-async payload.syntax');
  });

  it('is said once of a key that stands twice, beside what only we know', async () => {
    const editor = await window.showTextDocument(payload);
    const text = '{ "id": 1, "id": 12345678901234567890 }\n';
    await editor.edit((edit) => edit.replace(new Range(0, 0, 1, 0), text));
    await problemsAre('invoke-async payload.number-precision', 'json 520', 'json 520');
  });

  async function problemsAre(...expected: readonly string[]): Promise<readonly Diagnostic[]> {
    return new Promise((resolve) => {
      const look = () => {
        const found = languages.getDiagnostics(payload);
        const codes = found.map((problem) => `${problem.source} ${String(codeOf(problem))}`);
        if (codes.toSorted().join() !== expected.join()) return;
        listening.dispose();
        resolve(found);
      };
      const listening = languages.onDidChangeDiagnostics(look);
      look();
    });
  }
});

const workspaceTarget = ConfigurationTarget.Workspace;
