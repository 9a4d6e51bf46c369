import assert from 'node:assert/strict';
import { MigrationCommands } from '../../../src/client/migration/migrationCommands';
import type { FindDeprecatedResult } from '../../../src/protocol/messages';
import { FakeUi } from './fakeUi';

const none: FindDeprecatedResult = {
  filesDone: 12,
  files: 0,
  uses: 0,
  certain: 0,
  sdks: [],
  skipped: [],
  cancelled: false,
};

describe('the search for InvokeAsync', () => {
  const commandsOf = (user: FakeUi, result: unknown) =>
    new MigrationCommands(
      {
        start: async () =>
          ({
            onNotification: () => ({ dispose: () => undefined }),
            sendRequest: async () => result,
          }) as never,
      },
      user.ui,
    );

  it('tells that there is none', async () => {
    const user = new FakeUi();
    assert.equal(await commandsOf(user, none).find(), none);
    assert.deepEqual(user.shown, [
      'Searching for InvokeAsync',
      'No use of InvokeAsync (12 files searched).',
    ]);
    assert.deepEqual(user.ran, []);
  });

  it('shows what it found, and offers to replace it', async () => {
    const user = new FakeUi();
    const found = { ...none, files: 1, uses: 2, certain: 1, sdks: [{ name: 'boto3', uses: 2 }] };
    await commandsOf(user, found).find();
    assert.equal(user.ran[0]?.id, 'workbench.panel.markers.view.focus');
    assert.ok(user.lines.includes('  boto3: 2'), user.lines.join('\n'));
    await user.press('Replace All…');
    assert.equal(user.ran[1]?.id, 'invokeAsync.migrateDeprecated');
  });

  it('offers no replacement where a person has to change all', async () => {
    const user = new FakeUi();
    await commandsOf(user, { ...none, files: 1, uses: 1 }).find();
    assert.deepEqual(
      user.choices.map(({ title }) => title),
      ['Show Output'],
    );
  });

  it('replaces nothing when it is cancelled, and tells what is left for a person', async () => {
    const cancelled = { found: { ...none, cancelled: true }, files: [], left: [] };
    assert.equal(await commandsOf(new FakeUi(), cancelled).replaceAll(), false);
    const user = new FakeUi();
    const range = { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } };
    const left = [{ uri: 'file:///w/a.py', range, message: 'Written by hand.' }];
    const found = { ...none, files: 1, uses: 1 };
    assert.equal(await commandsOf(user, { found, files: [], left }).replaceAll(), false);
    assert.match(user.lines.at(-1) ?? '', /a\.py:3:5 Written by hand\.$/);
    assert.match(user.shown.at(-1) ?? '', /1 use needs a manual change\./);
  });
});
