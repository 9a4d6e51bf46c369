import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from 'vscode';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

/** What the tests change of the environment of the extensions. */
const names = [
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_ACCESS_KEY_ID',
  'PATH',
] as const;

describe('an event on a machine without profiles', () => {
  let screen: Screen;
  let server: FaultServer;
  let folder: string;
  const usual = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  before(async function () {
    screen = Screen.of(this);
    server = await startFaultServer(faults.accepts);
    folder = await mkdtemp(join(tmpdir(), 'no-profiles-'));
    const aws = join(folder, 'aws');
    await writeFile(aws, '#!/bin/sh\necho aws-cli/2.32.0 Python/3.13.9\n', { mode: 0o755 });
    process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials');
    process.env['PATH'] = folder;
    delete process.env['AWS_ACCESS_KEY_ID'];
  });
  after(async () => {
    for (const name of names) {
      const value = usual[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Chooses a row of what is shown. */
  const choose = async (text: string, row: RegExp) => {
    await screen.waitForPick(row);
    await screen.type(text);
    await screen.waitForActivePick(row);
    await screen.press('Enter');
  };

  it('is offered again when another connection is chosen, and sent when the user says so', async () => {
    const outcome = await invoke({ functionName: 'orders', payload: { n: 1 } });
    assert.equal(outcome.error?.name, 'NoRegion');
    await screen.pressNotificationButton(/No AWS region is set/, 'Select Profile and Region');
    await choose('Another', /Another Endpoint/);
    await screen.waitForInputValue(/^$/);
    await screen.type(server.url);
    await screen.press('Enter');
    await choose('CLI default', /AWS CLI default.*profile default/);
    await choose('CLI default', /AWS CLI default.*none is set/);
    await screen.waitForNotifications(/The event was not queued.*127\.0\.0\.1/);
    assert.equal(server.requests.length, 0);
    await screen.pressNotificationButton(/The event was not queued/, 'Send Again');
    await eventually(
      () => server.requests.map(({ body }) => body.toString()),
      (bodies) => bodies.includes('{"n":1}'),
    );
    const dropped = commands.executeCommand('invokeAsync.selectConnection');
    await choose('Settings Say', /What the Settings Say/);
    assert.deepEqual(await dropped, { profile: '', region: '', endpoint: '' });
  });

  it('gets the ways to sign in', async () => {
    const chosen = commands.executeCommand('invokeAsync.selectConnection');
    await choose('endpoint_url', /^AWS/);
    await screen.waitForPick(/IAM Identity Center.*aws configure sso/);
    await screen.waitForPick(/Console Sign-In.*aws login/);
    await screen.waitForPick(/Environment Variables/);
    await choose('no AWS account', /Local Lambda/);
    assert.deepEqual(await chosen, { profile: '', region: '', endpoint: 'local' });
    await screen.waitForStatusBar(/Local Lambda/);
    const dropped = commands.executeCommand('invokeAsync.selectConnection');
    await choose('Settings Say', /What the Settings Say/);
    assert.deepEqual(await dropped, { profile: '', region: '', endpoint: '' });
  });
});
