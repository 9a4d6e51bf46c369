import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commands, extensions, type Uri } from 'vscode';
import { Screen } from './screen';

describe('Lambda: Open Example…', () => {
  let screen: Screen;
  let parent: string;
  before(function () {
    screen = Screen.of(this);
  });
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'invoke-async-example-'));
    await mkdir(join(parent, 'beside'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  /** Runs the command and answers where the example should go. */
  const openExample = async () => {
    const opened = commands.executeCommand<Uri | undefined>('invokeAsync.openExample');
    await screen.waitForInput(/Select a Folder for the Example/);
    // The dialog writes the folder that it begins in, and then lists it.
    await screen.waitForPick(/^\.\.$/);
    await screen.type(`${parent}/`);
    // Until it has listed that folder, Enter only opens it.
    await screen.waitForPick(/^beside$/);
    await screen.press('Enter');
    return { opened };
  };

  it('copies the example, hidden folders included, and asks where to open it', async () => {
    const { opened } = await openExample();
    await screen.pressDialogButton(/The example is in .*orders/, 'Cancel');
    assert.equal((await opened)?.path, `${parent}/orders`);
    const { extensionPath } =
      extensions.getExtension('lambda-invoke-async.lambda-invoke-async') ?? {};
    const original = await readdir(join(extensionPath ?? '', 'examples/orders'), {
      recursive: true,
    });
    const copied = await readdir(join(parent, 'orders'), { recursive: true });
    assert.deepEqual(copied.toSorted(), original.toSorted());
    assert.ok(copied.includes(join('.lambda', 'local.json')));
  });

  it('never writes over what stands there', async () => {
    const changed = join(parent, 'orders', 'README.md');
    await mkdir(dirname(changed));
    await writeFile(changed, 'mine');
    const { opened } = await openExample();
    await screen.pressDialogButton(/already exists/, 'Cancel');
    assert.equal(await opened, undefined);
    assert.equal(await readFile(changed, 'utf8'), 'mine');
  });
});
