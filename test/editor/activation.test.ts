import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { commands, extensions, workspace } from 'vscode';

describe('activation', () => {
  it('loads no AWS SDK, no ajv, no language client', async () => {
    const extension = extensions.getExtension('lambda-invoke-async.lambda-invoke-async');
    await extension?.activate();
    const dist = join(extension?.extensionPath ?? '', 'dist');
    const loaded = Object.keys(require.cache).filter((path) => path.startsWith(realpathSync(dist)));
    assert.deepEqual(
      loaded.map((path) => basename(path)),
      ['extension.js'],
      workspace.textDocuments.map(({ uri }) => uri.toString()).join(' '),
    );
  });

  it('registers every command that package.json contributes', async () => {
    const { packageJSON } =
      extensions.getExtension('lambda-invoke-async.lambda-invoke-async') ?? {};
    const registered = new Set(await commands.getCommands(true));
    const { contributes } = packageJSON as { contributes: { commands: { command: string }[] } };
    const missing = contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
