import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Memento } from 'vscode';
import { welcomeToExample } from '../../../src/client/payloads/welcomeToExample';
import { openExample } from '../../../src/client/payloads/openExample';
import { readTargets } from '../../../src/core/targetsReading';
import { repository } from '../../support/repository';
import { standIn, Uri } from '../../support/vscode';
import { FakeUi, memory } from './fakeUi';

describe('the example', () => {
  let user: FakeUi;
  let ofUser: Memento;
  let parent: string;
  beforeEach(async () => {
    standIn.reset();
    user = new FakeUi();
    ofUser = memory();
    parent = await mkdtemp(join(tmpdir(), 'example-'));
  });
  afterEach(() => rm(parent, { recursive: true }));

  const start = async () => {
    user.ran.length = 0;
    await welcomeToExample(ofUser, user.ui);
    return user.ran.map(({ id, given }) => [id, ...given].join(' '));
  };

  it('shows its README and its payloads in the window that it was opened in, once', async () => {
    const folder = join(parent, 'orders');
    await mkdir(folder);
    user.directory = Uri.file(parent);
    user.answer('Open It');
    assert.equal((await openExample(user.ui, ofUser))?.fsPath, folder);
    assert.equal(user.ran[0]?.id, 'vscode.openFolder');
    standIn.open(join(parent, 'another'));
    assert.deepEqual(await start(), []);
    standIn.open(folder);
    assert.deepEqual(await start(), [
      `markdown.showPreview ${Uri.file(join(folder, 'README.md')).toString()}`,
      'invokeAsync.payloads.focus',
    ]);
    assert.deepEqual(await start(), []);
  });

  it('has nothing shown later when it is not opened', async () => {
    standIn.open(join(parent, 'another'));
    await mkdir(join(parent, 'orders'));
    user.directory = Uri.file(parent);
    user.answer('Open It', undefined);
    await openExample(user.ui, ofUser);
    standIn.open(join(parent, 'orders'));
    assert.deepEqual(await start(), []);
  });

  it('names each function once: its payloads stand below one row', async () => {
    const folder = join(repository, 'examples/orders/.lambda');
    const reading = readTargets(await readFile(join(folder, 'targets.json'), 'utf8'));
    assert.equal(reading.kind, 'targets');
    const named = reading.targets.map(({ target }) => target.function);
    const { functions } = JSON.parse(await readFile(join(folder, 'local.json'), 'utf8')) as {
      readonly functions: object;
    };
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((name) => !(name in functions)),
      [],
    );
  });
});
