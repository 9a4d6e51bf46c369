import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, Uri, window, workspace } from 'vscode';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { invoke } from '../commands';
import { codeOf, waitForProblems } from '../diagnostics';
import { Screen } from '../screen';

/** Two folders with the same paths in them, and targets, region and endpoint of their own. */
describe('a workspace of two folders', () => {
  let screen: Screen;
  const rows = [
    ['shop', 'audit', 'entry', 'shop-orders', 'order'],
    ['bank', 'audit', 'entry', 'bank-orders', 'order'],
  ].flat();

  before(async function () {
    assert.deepEqual(
      workspace.workspaceFolders?.map(({ name }) => name),
      ['shop', 'bank'],
    );
    screen = Screen.of(this);
    await screen.openView('Lambda');
  });
  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('shows the payloads of each under its name', async () => {
    await screen.waitForRows(rows);
  });

  it('says above each payload where it goes from its own folder', async () => {
    await window.showTextDocument(file('shop/events/order.json'));
    await screen.waitForCodeLens(/Invoke Async → shop-orders · eu-central-1/);
    await screen.waitForStatusBar(/eu-central-1/);
    await window.showTextDocument(file('bank/events/order.json'));
    await screen.waitForCodeLens(/Invoke \(Event\) → bank-orders · us-west-2/);
    await screen.waitForStatusBar(/us-west-2/);
  });

  it('tells of a glob that matches nothing in its own folder', async () => {
    const [problem] = await open('bank/.lambda/targets.json', 1);
    assert.equal(problem && codeOf(problem), 'target.no-match');
    assert.equal(problem?.range.start.line, 3);
    await open('shop/.lambda/targets.json', 0);
  });

  it('offers both payloads by names that tell them apart', async () => {
    void commands.executeCommand('invokeAsync.invoke');
    await screen.type('order');
    await screen.waitForPicks(['bank/events/order.json', 'shop/events/order.json', 'Type JSON…']);
    await screen.press('Escape');
  });

  it('makes a payload in the folder of the row, and writes its target there', async () => {
    await screen.contextMenu('bank-orders');
    await screen.chooseMenuItem('New Payload…');
    await screen.type('Empty');
    await screen.press('Enter');
    await screen.waitForInput(/New Payload for bank-orders/);
    await screen.type('new');
    await screen.press('Enter');
    await screen.waitForRows([...rows.slice(0, -1), 'new', 'order']);
    await workspace.fs.delete(file('bank/.lambda/payloads/bank-orders'), { recursive: true });
    await screen.waitForRows(rows);
  });

  it('follows the targets of each folder', async () => {
    const targets = file('bank/.lambda/targets.json');
    const before = await workspace.fs.readFile(targets);
    const changed = Buffer.from(before).toString().replace('bank-orders', 'audit');
    await workspace.fs.writeFile(targets, Buffer.from(changed));
    await screen.waitForRows([...rows.slice(0, 7), 'entry', 'order']);
    await workspace.fs.writeFile(targets, before);
    await screen.waitForRows(rows);
  });

  describe('sending', () => {
    const servers = new Map<string, FaultServer>();
    before(async () => {
      for (const name of ['shop', 'bank']) {
        const server = await startFaultServer(faults.accepts);
        servers.set(name, server);
        await workspace
          .getConfiguration('invokeAsync', file(name))
          .update('endpoint', server.url, ConfigurationTarget.WorkspaceFolder);
      }
    });
    after(async () => {
      for (const server of servers.values()) await server.stop();
    });

    const sends: readonly (readonly [folder: string, path: string, request: string])[] = [
      ['shop', 'events/order.json', '/2014-11-13/functions/shop-orders/invoke-async/'],
      ['bank', 'events/order.json', '/2015-03-31/functions/bank-orders/invocations'],
      ['shop', '.lambda/payloads/audit/entry.json', '/2014-11-13/functions/audit/invoke-async/'],
      ['bank', '.lambda/payloads/audit/entry.json', '/2015-03-31/functions/audit/invocations'],
    ];
    for (const [folder, path, request] of sends) {
      it(`${folder}/${path} goes to its own function and endpoint`, async () => {
        const uri = file(`${folder}/${path}`);
        const sent = commands.executeCommand<Outcome>('invokeAsync.invoke', uri);
        const isFirst = servers.get(folder)?.requests.length === 0;
        // An endpoint that the settings of a folder name is asked about, once.
        if (isFirst) await screen.pressDialogButton(/Send events to http:\/\/127/, 'Allow');
        assert.equal((await sent).kind, 'accepted');
        const last = servers.get(folder)?.requests.at(-1);
        assert.equal(last?.path, request);
        assert.deepEqual(last.body, Buffer.from(await workspace.fs.readFile(uri)));
        assert.match(last.headers['authorization'] ?? '', regions[folder] ?? /none/);
      });
    }
    const regions: Readonly<Record<string, RegExp>> = {
      shop: /\/eu-central-1\/lambda\//,
      bank: /\/us-west-2\/lambda\//,
    };

    it('sends typed JSON as the status bar says, from the folder that the user is in', async () => {
      await window.showTextDocument(file('bank/events/order.json'));
      await screen.waitForStatusBar(/us-west-2/);
      const outcome = await invoke({ functionName: 'orders', payload: { typed: true } });
      assert.equal(outcome.api, 'Invoke');
      const last = servers.get('bank')?.requests.at(-1);
      assert.equal(last?.body.toString(), '{"typed":true}');
      assert.match(last.headers['authorization'] ?? '', regions['bank'] ?? /none/);
    });

    it('sends the payloads of one row to one folder only', async () => {
      const before = [...servers.values()].map(({ requests }) => requests.length);
      await screen.contextMenu('shop-orders');
      await screen.chooseMenuItem('Invoke All');
      await screen.pressNotificationButton(/1 accepted/, 'Show Output');
      const counts = [...servers.values()].map(({ requests }) => requests.length);
      assert.deepEqual(counts, [(before[0] ?? 0) + 1, before[1]]);
    });
  });
});

/** A file of the workspace by the name of its folder and its path in it. */
function file(path: string): Uri {
  const [name, ...rest] = path.split('/');
  const folder = workspace.workspaceFolders?.find((each) => each.name === name);
  assert.ok(folder);
  return Uri.joinPath(folder.uri, ...rest);
}

async function open(path: string, problems: number) {
  await window.showTextDocument(file(path));
  return waitForProblems(file(path), problems);
}
