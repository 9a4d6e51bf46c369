import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FunctionChoice } from '../../../src/client/invoke/functionChoice';
import type { FunctionChoices } from '../../../src/client/invoke/functionPick';
import { KnownFunctions } from '../../../src/client/invoke/knownFunctions';
import { ProjectFunctions } from '../../../src/client/invoke/projectFunctions';
import { TargetFunctions } from '../../../src/client/payloads/targetFunctions';
import { standIn, Uri } from '../../support/vscode';
import { FakeUi, memory } from './fakeUi';

describe('the functions that the workspace names', () => {
  let root: string;
  let user: FakeUi;
  let known: KnownFunctions;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'client-'));
    await writeFile(join(root, 'main.tf'), '');
    standIn.folders = [{ uri: Uri.file(root), name: 'shop', index: 0 }];
    user = new FakeUi();
    known = new KnownFunctions(memory());
  });
  afterEach(async () => {
    standIn.folders = [];
    await rm(root, { recursive: true });
  });

  it('are listed with the file that names them, and known from then on', async () => {
    const server = {
      projectFunctions: async ([uri]: readonly { toString(): string }[]) => [
        { name: 'orders', uri: String(uri), line: 0 },
      ],
    };
    const project = new ProjectFunctions(server, known, user.ui);
    const file = Uri.file(join(root, 'main.tf')).toString();
    assert.deepEqual(await project.listed(), [{ name: 'orders', detail: 'main.tf', file }]);
    assert.deepEqual(known.list(), [{ name: 'orders', detail: 'main.tf' }]);
  });

  it('are those of stacks, too, which have no name yet that could be written anywhere', async () => {
    const uri = Uri.file(join(root, 'main.tf')).toString();
    const stack = { stackName: 'shop-dev' };
    const server = {
      projectFunctions: async () => [
        { name: 'orders', uri, line: 0 },
        { logicalId: 'Audit', uri, line: 1 },
        { logicalId: 'Billing', stack, uri, line: 2 },
      ],
    };
    assert.deepEqual(await new ProjectFunctions(server, known, user.ui).listed(), [
      {
        name: 'Audit',
        detail: 'main.tf · name from its stack',
        ofStack: { logicalId: 'Audit', uri },
        file: uri,
      },
      {
        name: 'Billing',
        detail: 'main.tf · name from the stack shop-dev',
        ofStack: { logicalId: 'Billing', uri, stack },
        file: uri,
      },
      { name: 'orders', detail: 'main.tf', file: uri },
    ]);
    assert.deepEqual(known.list(), [{ name: 'orders', detail: 'main.tf' }]);
  });

  it('are offered wherever a function is picked', async () => {
    const project = { listed: async () => [{ name: 'orders', detail: 'main.tf' }] };
    const offered: unknown[] = [];
    const listed: unknown[] = [];
    known.note([{ name: 'billing', detail: 'nodejs22.x' }]);
    const pick = async (choices: FunctionChoices) => {
      offered.push(...(await choices.project()));
      assert.ok('account' in choices, 'the account is asked by a row');
      for await (const page of choices.listed(AbortSignal.abort())) listed.push(...page);
      return undefined;
    };
    const destinations = {
      allowedEndpoint: async () => '',
      connect: async () => assert.fail('nobody asked for the account'),
    };
    const nothing = async () => assert.fail('nothing was picked');
    const picked = { identify: nothing, identifyIn: nothing };
    const [folder] = standIn.folders;
    assert.ok(folder);
    const choice = new FunctionChoice(pick, known, project, destinations, picked);
    await choice.choose({}, { label: '', folder });
    const library = { payloads: async () => [] };
    const local = { running: undefined };
    const targets = new TargetFunctions(library, known, project, local, pick, destinations, picked);
    await targets.pick('Function', folder);
    assert.deepEqual(
      offered,
      [1, 2].map(() => ({ name: 'orders', detail: 'main.tf' })),
    );
    const billing = { name: 'billing', detail: 'nodejs22.x' };
    assert.deepEqual(listed, [billing, billing], 'what is known needs no account');
  });

  it('are none, and keep nobody waiting, when the server does not start', async () => {
    const server = { projectFunctions: async () => Promise.reject(new Error('It ended.')) };
    assert.deepEqual(await new ProjectFunctions(server, known, user.ui).listed(), []);
    assert.match(user.lines.join('\n'), /cannot be listed: It ended\./);
    const silent = { projectFunctions: async () => new Promise<never>(() => undefined) };
    assert.deepEqual(await new ProjectFunctions(silent, known, user.ui).listed(), []);
  });
});
