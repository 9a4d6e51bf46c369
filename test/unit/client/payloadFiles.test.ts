import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { Uri } from 'vscode';
import { standIn, Uri as StandInUri } from '../../support/vscode';
import { type Client, startClient } from './client';

/** The commands on payload files, on real files. There is no trash, as on a remote machine. */
describe('payload files', () => {
  let client: Client;
  beforeEach(async () => {
    client = await startClient();
  });
  afterEach(() => client.dispose());

  const path = (file: string) => `${client.folder.uri.fsPath}/${file}`;
  const targets = (): unknown => JSON.parse(readFileSync(path('.lambda/targets.json'), 'utf8'));

  it('are deleted after one more question where there is no trash, all or none', async () => {
    const files = ['a', 'b', 'c'].map((name) => client.write(`events/${name}.json`, '{}'));
    const remove = async () => client.commands['invokeAsync.deletePayload'](files[0], files);
    client.user.answer('Move to Trash', undefined);
    await remove();
    assert.ok(files.every(({ fsPath }) => existsSync(fsPath)));
    client.user.answer('Move to Trash', 'Delete');
    await remove();
    assert.ok(files.every(({ fsPath }) => !existsSync(fsPath)));
    assert.deepEqual(
      client.user.shown.map((question) => question.split('\n')[0]),
      [
        'Delete 3 payloads?',
        'Delete 3 payloads permanently?',
        'Delete 3 payloads?',
        'Delete 3 payloads permanently?',
      ],
    );
  });

  it('are deleted without the first question where the Explorer asks none', async () => {
    standIn.set('explorer.confirmDelete', false);
    const file = client.write('events/a.json', '{}');
    client.user.answer('Delete');
    await client.commands['invokeAsync.deletePayload'](file);
    assert.deepEqual(client.user.shown, ["Delete 'a.json' permanently?\nThis cannot be undone."]);
  });

  it('keep their target when they get another name, and never take one that is taken', async () => {
    const file = client.write('events/a.json', '{}');
    client.write('events/taken.json', '{}');
    client.write(
      '.lambda/targets.json',
      '{ "targets": [{ "payloads": "events/a.json", "function": "orders" }] }',
    );
    client.user.answer('b');
    await client.commands['invokeAsync.renamePayload'](file);
    assert.ok(existsSync(path('events/b.json')));
    assert.deepEqual(targets(), { targets: [{ payloads: 'events/b.json', function: 'orders' }] });
    client.user.answer('taken');
    await assert.rejects(
      async () =>
        client.commands['invokeAsync.renamePayload']({ uri: `file://${path('events/b.json')}` }),
      /taken\.json already exists/,
    );
  });

  it('have copies with the same target, of the next free name', async () => {
    const file = client.write('events/a.json', '{}');
    client.write(
      '.lambda/targets.json',
      '{ "targets": [{ "payloads": "events/a.json", "function": "orders" }] }',
    );
    await client.commands['invokeAsync.duplicatePayload'](file);
    await client.commands['invokeAsync.duplicatePayload'](file);
    assert.ok(existsSync(path('events/a copy.json')) && existsSync(path('events/a copy 2.json')));
    assert.match(
      JSON.stringify(targets()),
      /"payloads":"events\/a copy 2\.json","function":"orders"/,
    );
  });

  it('move to the folder of another function, or get an entry that says it', async () => {
    const named = client.write('.lambda/payloads/orders/a.json', '{}');
    const other = client.write('events/b.json', '{}');
    const drop = { uris: [named, other], functionName: 'billing', folder: client.folder.uri };
    await client.commands['invokeAsync.movePayload'](drop);
    assert.ok(existsSync(path('.lambda/payloads/billing/a.json')));
    assert.ok(existsSync(other.fsPath));
    assert.deepEqual(targets(), { targets: [{ payloads: 'events/b.json', function: 'billing' }] });
  });

  it('stay where they are while targets.json has an error, which opens by a button', async () => {
    const file = client.write('.lambda/payloads/orders/a.json', '{}');
    client.write('.lambda/targets.json', '{ "targets": 1 }');
    const drop = { uris: [file], functionName: 'billing', folder: client.folder.uri };
    await client.commands['invokeAsync.movePayload'](drop);
    assert.ok(existsSync(file.fsPath));
    assert.match(client.user.shown.at(-1) ?? '', /^The target was not saved: /);
    await client.user.press('Open targets.json');
    assert.equal(client.user.ran.at(-1)?.id, 'vscode.open');
  });

  it('get a target function from those that are known here', async () => {
    const file = client.write('events/a.json', '{}');
    client.picks.functionName = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
    await client.commands['invokeAsync.setTarget'](file);
    assert.deepEqual(client.picks.titles, ['Select a target function for events/a.json']);
    assert.deepEqual(targets(), {
      targets: [{ payloads: 'events/a.json', function: client.picks.functionName }],
    });
  });

  it('are made for a function, in the folder that names it', async () => {
    client.picks.functionName = 'orders';
    client.user.answer('Empty', 'first');
    await client.commands['invokeAsync.newPayload']();
    const made = path('.lambda/payloads/orders/first.json');
    assert.equal(readFileSync(made, 'utf8'), '{}\n');
    assert.ok(!existsSync(path('.lambda/targets.json')), 'its folder says the function');
    assert.deepEqual(
      client.user.ran.map(({ id, given }) => `${id} ${given.join()}`),
      [`show ${StandInUri.file(made).toString()}`],
    );
  });

  it('are made of selected JSON, also where a text of code holds it', async () => {
    client.picks.functionName = 'orders';
    client.user.active = {
      uri: client.folder.uri,
      languageId: 'python',
      selectedText: String.raw`"{\"n\": [1]}"`,
      lineEnd: '\n',
    };
    client.user.answer('from code');
    await client.commands['invokeAsync.savePayload']();
    assert.equal(
      readFileSync(path('.lambda/payloads/orders/from code.json'), 'utf8'),
      '{\n  "n": [\n    1\n  ]\n}\n',
    );
  });

  it('use Invoke for what is too large for InvokeAsync, and nothing else can be written so', async () => {
    const large = client.write('.lambda/payloads/orders/large.json', '');
    const small = client.write('.lambda/payloads/orders/small.json', '');
    const document = (uri: Uri, text: string) => ({
      uri,
      getText: () => text,
      isDirty: false,
      encoding: 'utf8',
    });
    standIn.documents = [document(large, `"${'x'.repeat(300_000)}"`), document(small, '{}')];
    await client.commands['invokeAsync.useInvoke']({ uri: small.toString() });
    assert.ok(!existsSync(path('.lambda/targets.json')));
    await client.commands['invokeAsync.useInvoke']({ uri: large.toString() });
    assert.deepEqual(targets(), {
      targets: [
        { payloads: '.lambda/payloads/orders/large.json', function: 'orders', api: 'Invoke' },
      ],
    });
  });
});
