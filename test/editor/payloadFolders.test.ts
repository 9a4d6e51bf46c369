import assert from 'node:assert/strict';
import { commands, FileType, Uri, workspace } from 'vscode';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { set, workspaceFile } from './commands';
import { Screen } from './screen';

/** What the Payloads view shows of a function with many payloads, and of folders below that of a function. */
describe('folders in the Payloads view', () => {
  let screen: Screen;
  const others = ['echo', 'first', 'unicode', 'echo:live', 'placed'];
  const withoutTarget = ['No target function', 'latin1', 'lonely', 'malformed'];
  const shows = (...rows: readonly string[]) =>
    screen.waitForRows([...rows, ...others, ...withoutTarget]);

  before(async function () {
    screen = Screen.of(this);
    await screen.openView('Lambda');
    await shows();
  });
  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('notifications.clearAll');
    for (const name of ['archive', 'billing']) {
      const folder = workspaceFile(`.lambda/payloads/${name}`);
      if (await exists(`.lambda/payloads/${name}`))
        await workspace.fs.delete(folder, { recursive: true });
    }
    await shows();
  });

  const inFolders = async () => {
    await make('a', 'eu/west/b', 'eu/west/c');
    await shows('billing', 'eu/west', 'b', 'c', 'a');
  };

  it('are rows, in one while each holds nothing but the next, and stay closed when the user closes them', async () => {
    await inFolders();
    await screen.clickRow('eu/west');
    await shows('billing', 'eu/west', 'a');
    await write('d');
    await shows('billing', 'eu/west', 'a', 'd');
    await screen.clickRow('eu/west');
    await shows('billing', 'eu/west', 'b', 'c', 'a', 'd');
    await screen.waitForRow(/^eu\/west, folder, 2 payloads/, 'Payloads');
    // By the extension itself, which does not wait for the editor to tell of it.
    const moved = payload('archive', 'eu/e');
    await workspace.fs.writeFile(moved, Buffer.from('{}'));
    await commands.executeCommand('invokeAsync.movePayload', {
      uris: [moved],
      functionName: 'billing',
      folder: workspace.workspaceFolders?.[0]?.uri,
    });
    await shows('billing', 'eu', 'west', 'b', 'c', 'e', 'a', 'd');
  });

  it('are moved to another function with all that is in them', async () => {
    await inFolders();
    await workspace.fs.writeFile(payload('archive', 'old'), Buffer.from('{}'));
    await shows('archive', 'old', 'billing', 'eu/west', 'b', 'c', 'a');
    await screen.dragRow('eu/west', 'archive');
    await shows('archive', 'eu/west', 'b', 'c', 'old', 'billing', 'a');
    assert.ok(await exists('.lambda/payloads/archive/eu/west/b.json'));
    assert.ok(!(await exists('.lambda/payloads/billing/eu/west/b.json')));
  });

  describe('sending', () => {
    let server: FaultServer;
    let restore: () => Promise<void>;
    before(async () => {
      server = await startFaultServer(faults.accepts);
      restore = await set({ endpoint: server.url, region: 'us-east-1' }, { ofUser: true });
    });
    after(async () => {
      await restore();
      await server.stop();
    });

    it('sends all that is in a folder', async () => {
      await inFolders();
      await screen.contextMenu('eu/west');
      await screen.chooseMenuItem('Invoke All');
      await screen.pressNotificationButton(/2 payloads: 2 accepted/, 'Show Output');
      const events = server.requests
        .filter(({ method }) => method === 'POST')
        .map(({ body }) => body.toString());
      assert.deepEqual(events.toSorted(), ['"eu/west/b"', '"eu/west/c"']);
    });
  });

  it('closes a function of 20 payloads at first, and leaves it as the user has it from then on', async () => {
    await make(...Array.from({ length: 20 }, (_, n) => `p${n}`));
    await shows('billing');
    await screen.waitForRow(/^billing, 20 payloads/, 'Payloads');
    await screen.clickRow('billing');
    await screen.waitForRow(/^p0, /, 'Payloads');
    await write('a-new-one');
    await screen.waitForRow(/^a-new-one, /, 'Payloads');
    await screen.waitForRow(/^p0, /, 'Payloads');
  });
});

/**
 * Payloads of the function `billing`, which come all at once: of files in folders that were made a moment ago, the editor
 * does not always tell.
 */
async function make(...names: readonly string[]): Promise<void> {
  const made = workspaceFile('.made');
  for (const name of names) {
    const uri = Uri.joinPath(made, `${name}.json`);
    await workspace.fs.writeFile(uri, Buffer.from(JSON.stringify(name)));
  }
  await workspace.fs.rename(made, workspaceFile('.lambda/payloads/billing'));
}

function payload(functionName: string, name: string): Uri {
  return workspaceFile(`.lambda/payloads/${functionName}/${name}.json`);
}

async function write(name: string): Promise<void> {
  await workspace.fs.writeFile(payload('billing', name), Buffer.from(JSON.stringify(name)));
}

async function exists(path: string): Promise<boolean> {
  return workspace.fs.stat(workspaceFile(path)).then(
    ({ type }) => type !== FileType.Unknown,
    () => false,
  );
}
