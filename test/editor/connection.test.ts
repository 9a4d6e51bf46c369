import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, ConfigurationTarget, type Hover, type MarkdownString, workspace } from 'vscode';

import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke, set, workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

const names = ['profile', 'region', 'endpoint'];

describe('Select Profile and Region', () => {
  let screen: Screen;
  let folder: string;
  let configFile: string | undefined;
  before(async function () {
    screen = Screen.of(this);
    folder = await mkdtemp(join(tmpdir(), 'aws-config-'));
    configFile = process.env['AWS_CONFIG_FILE'];
    process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
    const many = Array.from(
      { length: 5000 },
      (_, n) => `[profile many-${n}]\nregion = us-west-2\n`,
    );
    await writeFile(
      join(folder, 'config'),
      `[default]\nregion = eu-central-1\n[profile dev]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Developer\n[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-west-1\n${many.join('')}`,
    );
  });
  after(async () => {
    process.env['AWS_CONFIG_FILE'] = configFile;
    await reset();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(reset);

  it('picks among thousands of profiles, keeps the choice out of the settings, and shows it', async () => {
    const chosen = await choose('endpoint_url', /^AWS/);
    await screen.waitForPick(/many-1/);
    await screen.type('dev');
    await screen.waitForActivePick(
      /dev.*eu-west-1 · Developer · 111111111111 · IAM Identity Center/,
    );
    await screen.press('Enter');
    await screen.waitForActivePick(/eu-west-1, from the profile/);
    await screen.press('Enter');
    assert.deepEqual(await chosen.done, { profile: 'dev', region: '', endpoint: '' });
    const section = workspace.getConfiguration('invokeAsync', workspace.workspaceFolders?.[0]);
    assert.equal(section.inspect('profile')?.workspaceFolderValue, undefined);
    await screen.waitForStatusBar(/dev · eu-west-1/);
    await dropChoice();
    await screen.waitForStatusBar(/default · eu-central-1/);
  });

  it('goes back from each step, and takes an earlier choice at once', async () => {
    const { done } = await choose('endpoint_url', /^AWS/);
    await screen.waitForPick(/many-1/);
    await screen.type('dev');
    await screen.waitForActivePick(/dev/);
    await screen.press('Enter');
    await screen.waitForActivePick(/eu-west-1, from the profile/);
    await screen.press('Control+Alt+Minus');
    await screen.waitForPick(/many-1/);
    await screen.press('Control+Alt+Minus');
    await screen.waitForPick(/Another Endpoint/);
    await screen.type('Another');
    await screen.waitForActivePick(/Another Endpoint/);
    await screen.press('Enter');
    await screen.waitForInputValue(/^$/);
    await screen.waitForInputMessage('localhost 4566', /is not a URL/);
    await screen.press('Control+Alt+Minus');
    await screen.waitForPick(/For Everyone in This Folder/);
    // Chosen in the test before.
    await screen.type('111111111111');
    await screen.waitForActivePick(/dev · eu-west-1.*account 111111111111/);
    await screen.press('Enter');
    assert.deepEqual(await done, { profile: 'dev', region: '', endpoint: '' });
    await screen.waitForStatusBar(/dev · eu-west-1/);
    await dropChoice();
  });

  it('has identifiers lead to the region that was chosen', async () => {
    const file = workspaceFile('deploy.sh');
    const text = 'aws lambda get-function --function-name "123456789012:function:orders"\n';
    await workspace.fs.writeFile(file, Buffer.from(text));
    const document = await workspace.openTextDocument(file);
    const position = document.positionAt(text.indexOf('function:orders'));
    const link = async (region: string) =>
      eventually(
        async () =>
          (
            await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', file, position)
          ).flatMap(({ contents }) => contents.map((one) => (one as MarkdownString).value)),
        (shown) => shown.some((value) => value.includes(`region=${region}`)),
      );
    const restore = await set({ region: 'us-east-1' });
    await link('us-east-1');
    const { done } = await choose('endpoint_url', /^AWS/);
    await screen.waitForActivePick(/AWS CLI default/);
    await screen.press('Enter');
    await screen.waitForPick(/us-east-1/);
    await screen.type('ap-south-1');
    await screen.waitForActivePick(/^ap-south-1/);
    await screen.press('Enter');
    await done;
    await link('ap-south-1');
    await dropChoice();
    await link('us-east-1');
    await restore();
    await workspace.fs.delete(file);
  });

  it('writes the settings of the folder for everyone', async () => {
    const { done } = await choose('Everyone', /For Everyone in This Folder/);
    await screen.waitForInput(/for Everyone/);
    await screen.type('111111111111');
    await screen.waitForActivePick(/dev · eu-west-1/);
    await screen.press('Enter');
    assert.deepEqual(await done, { profile: 'dev', region: '', endpoint: '' });
    const section = workspace.getConfiguration('invokeAsync', workspace.workspaceFolders?.[0]);
    assert.equal(section.inspect('profile')?.workspaceFolderValue, 'dev');
    await screen.waitForStatusBar(/dev · eu-west-1/);
  });

  it('takes part of the name of a region for a filter, though it looks like a region', async () => {
    const restore = await set({ region: 'us-gov-west-1' });
    const { done } = await choose('endpoint_url', /^AWS/);
    await screen.waitForActivePick(/AWS CLI default/);
    await screen.press('Enter');
    await screen.waitForPick(/us-gov-east-1/);
    await screen.type('gov-east-1');
    await screen.waitForPick(/as typed/);
    await screen.waitForActivePick(/us-gov-east-1/);
    await screen.press('Escape');
    assert.equal(await done, undefined);
    await restore();
  });

  it('takes a region that nobody knows yet and an endpoint that is typed', async () => {
    const { done } = await choose('Another', /Another Endpoint/);
    await screen.waitForInputValue(/^$/);
    await screen.waitForInputMessage('localhost 4566', /is not a URL/);
    await screen.type('http://localhost:4566');
    await screen.press('Enter');
    await screen.waitForActivePick(/AWS CLI default/);
    await screen.press('Enter');
    await screen.waitForPick(/eu-central-1, from the profile/);
    await screen.type('nowhere');
    await screen.press('Enter');
    await screen.type('mx-west-7');
    await screen.waitForActivePick(/as typed/);
    await screen.press('Enter');
    assert.deepEqual(await done, {
      profile: '',
      region: 'mx-west-7',
      endpoint: 'http://localhost:4566',
    });
    await screen.waitForStatusBar(/default · mx-west-7 · localhost:4566/);
    await dropChoice();
  });

  it('shows the environment of the folder, and switches it', async () => {
    const uri = workspaceFile('.lambda/targets.json');
    const before = await workspace.fs.readFile(uri);
    const environments = { dev: { region: 'eu-north-1' }, prod: { region: 'ap-south-1' } };
    const text = JSON.stringify({ environments, targets: [] });
    await workspace.fs.writeFile(uri, Buffer.from(text));
    await screen.waitForStatusBar(/No environment selected/);
    for (const [name, region] of [
      ['prod', 'ap-south-1'],
      ['dev', 'eu-north-1'],
    ]) {
      const selected = commands.executeCommand('invokeAsync.selectEnvironment');
      await screen.waitForPick(/prod.*ap-south-1/);
      await screen.type(name ?? '');
      await screen.press('Enter');
      assert.equal(await selected, name);
      await screen.waitForStatusBar(new RegExp(`${name} · \\w+ · ${region}`));
    }
    await workspace.fs.writeFile(uri, before);
  });

  it('changes nothing when the user leaves at the last step', async () => {
    const { done } = await choose('endpoint_url', /^AWS/);
    await screen.waitForPick(/many-1/);
    await screen.type('dev');
    await screen.waitForActivePick(/dev/);
    await screen.press('Enter');
    await screen.waitForActivePick(/from the profile/);
    await screen.press('Escape');
    assert.equal(await done, undefined);
    await screen.waitForStatusBar(/default · eu-central-1/);
  });

  it('reads the files again each time, and says in the pick what is wrong with them', async () => {
    const path = join(folder, 'broken');
    await writeFile(path, '[default]\nnot a line of it\n');
    const before = process.env['AWS_CONFIG_FILE'];
    process.env['AWS_CONFIG_FILE'] = path;
    const { done } = await choose('endpoint_url', /^AWS/);
    await screen.waitForPick(/Line 2 of .*broken is neither/);
    await screen.press('Escape');
    assert.equal(await done, undefined);
    process.env['AWS_CONFIG_FILE'] = before;
  });

  /** Runs the command, and chooses a row of its first step. */
  const choose = async (text: string, row: RegExp) => {
    const done = commands.executeCommand('invokeAsync.selectConnection');
    await screen.waitForPick(/Another Endpoint/);
    await screen.type(text);
    await screen.waitForActivePick(row);
    await screen.press('Enter');
    return { done };
  };
  /** Leaves the settings to decide. */
  const dropChoice = async () => (await choose('Settings Say', /What the Settings Say/)).done;
});

describe('the editor’s proxy', () => {
  it('carries requests that leave this machine', async () => {
    const proxy: FaultServer = await startFaultServer(faults.accepts);
    // The questions about the function go through it, too.
    const sent = () =>
      proxy.requests.filter(({ path }) =>
        /^http:\/\/lambda\.invalid(:80)?\/2014-11-13\//.test(path),
      );
    const http = workspace.getConfiguration('http');
    await http.update('proxy', proxy.url, ConfigurationTarget.Global);
    try {
      const functionName = 'arn:aws:lambda:eu-west-1:111122223333:function:orders';
      const endpoint = 'http://lambda.invalid';
      const { kind } = await invoke({ functionName, payload: {}, endpoint });
      assert.equal(kind, 'accepted');
      assert.equal(sent().length, 1);
      await http.update('noProxy', ['lambda.invalid'], ConfigurationTarget.Global);
      assert.equal((await invoke({ functionName, payload: {}, endpoint })).kind, 'notSent');
      assert.equal(sent().length, 1);
    } finally {
      await http.update('proxy', undefined, ConfigurationTarget.Global);
      await http.update('noProxy', undefined, ConfigurationTarget.Global);
      await proxy.stop();
    }
  });
});

async function reset(): Promise<void> {
  const section = workspace.getConfiguration('invokeAsync', workspace.workspaceFolders?.[0]);
  for (const name of names) {
    await section.update(name, undefined, ConfigurationTarget.WorkspaceFolder);
  }
}
