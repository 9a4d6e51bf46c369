import assert from 'node:assert/strict';
import { readFileSync, realpathSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { commands, extensions, tasks } from 'vscode';

describe('activation', () => {
  it('loads no AWS SDK, no ajv, no language client, and no command', async () => {
    const extension = extensions.getExtension('lambda-invoke-async.lambda-invoke-async');
    await extension?.activate();
    // So does the editor by itself, seconds after its start.
    await tasks.fetchTasks({ type: 'lambda-invoke' });
    const dist = pathToFileURL(realpathSync(join(extension?.extensionPath ?? '', 'dist'))).href;
    const loaded = loadedScripts().filter((url) => url.startsWith(`${dist}/`));
    assert.ok(loaded.includes(`${dist}/extension.mjs`), loaded.join(' '));
    const heavy = loaded
      .flatMap(sourcesOf)
      .filter((path) =>
        /\/node_modules\/|\/src\/aws\/|\/src\/client\/(?:commands|features)\.ts$/.test(path),
      );
    assert.deepEqual(heavy, []);
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

/** The URLs of all scripts that this process has parsed. */
function loadedScripts(): string[] {
  const urls: string[] = [];
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => urls.push(params.url));
  session.post('Debugger.enable');
  session.disconnect();
  return urls;
}

/** What a script was built from. */
function sourcesOf(url: string): string[] {
  const map = readFileSync(`${fileURLToPath(url)}.map`, 'utf8');
  return (JSON.parse(map) as { sources: string[] }).sources;
}
