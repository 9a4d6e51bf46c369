import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standIn } from '../../support/vscode';
import { type Client, startClient } from './client';
import { arrowBack } from './fakeUi';

const onWindows = process.platform === 'win32';

describe('the choice of a connection', () => {
  let client: Client;
  const environment = { ...process.env };
  beforeEach(async () => {
    client = await startClient();
    writeConfig(
      '[default]\nregion = eu-central-1\n[profile dev]\nregion = eu-west-1\nsso_session = my\nsso_account_id = 111122223333\n',
    );
    process.env['AWS_CONFIG_FILE'] = configPath();
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';
    for (const key of ['AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ACCESS_KEY_ID'])
      delete process.env[key];
  });
  afterEach(async () => {
    process.env = { ...environment };
    await client.dispose();
  });

  const configPath = () => join(client.folder.uri.fsPath, 'config');
  const writeConfig = (text: string) => writeFileSync(configPath(), text);
  const select = async () => client.commands['invokeAsync.selectConnection']();
  const written = () =>
    ['profile', 'region', 'endpoint'].map((key) => standIn.settings.get(`invokeAsync.${key}`));
  const current = () => client.known.connections.of(client.folder);
  const shownRows = () =>
    client.user.rows.map(({ label, description = '' }) => `${label} | ${description}`);
  const local4566 = 'http://localhost:4566';

  it('begins with the endpoint, and is kept for the user alone, not in a file', async () => {
    client.user.answer('Another Endpoint…', ` ${local4566} `, 'dev', 'us-west-2');
    const chosen = { profile: 'dev', region: 'us-west-2', endpoint: local4566 };
    assert.deepEqual(await select(), chosen);
    assert.deepEqual(written(), [undefined, undefined, undefined]);
    assert.deepEqual(current(), { ...chosen, isChosen: true });
    assert.ok(client.known.allowed.has(local4566));
  });

  it('wins over the settings until it is dropped', async () => {
    standIn.set('profile', 'of-the-team', 'workspace');
    standIn.set('region', 'us-east-1', 'workspace');
    assert.equal(current().profile, 'of-the-team');
    client.user.answer('AWS', 'AWS CLI default', 'AWS CLI default');
    assert.deepEqual(await select(), { profile: '', region: '', endpoint: '' });
    client.user.answer('What the Settings Say');
    assert.deepEqual(await select(), { profile: 'of-the-team', region: 'us-east-1', endpoint: '' });
    assert.ok(shownRows().includes('What the Settings Say | of-the-team · us-east-1'));
    assert.deepEqual(current().isChosen, false);
    client.user.answer(undefined);
    await select();
    assert.ok(!shownRows().some((row) => row.startsWith('What the Settings Say')));
  });

  it('goes back a step at a time, and changes nothing when it is cancelled', async () => {
    client.user.answer('AWS', 'dev', arrowBack, 'AWS CLI default', arrowBack, arrowBack);
    client.user.answer('Another Endpoint…', arrowBack, 'AWS', 'dev', 'eu-west-1');
    assert.deepEqual(await select(), { profile: 'dev', region: 'eu-west-1', endpoint: '' });
    const before = current();
    for (const answers of [
      [undefined],
      ['AWS', undefined],
      ['AWS', 'dev', undefined],
      ['Another Endpoint…', undefined],
      ['For Everyone in This Folder…', undefined],
      ['AWS', 'Sign In…', undefined],
    ]) {
      client.user.answer(...answers);
      assert.equal(await select(), undefined);
    }
    assert.ok(client.user.isDone);
    assert.deepEqual(current(), before);
    assert.deepEqual(written(), [undefined, undefined, undefined]);
  });

  it('offers what held before, with the account of its profile, in the same list', async () => {
    client.user.answer('AWS', 'dev', 'AWS CLI default');
    await select();
    client.user.answer('AWS', 'AWS CLI default', 'us-west-2');
    await select();
    client.user.answer('dev · eu-west-1');
    assert.deepEqual(await select(), { profile: 'dev', region: '', endpoint: '' });
    assert.deepEqual(shownRows().slice(0, 5), [
      'default · us-west-2 | current',
      'Recent | ',
      'dev · eu-west-1 | account 111122223333',
      'default · eu-central-1 | ',
      'Endpoints | ',
    ]);
    client.user.answer('dev · eu-west-1');
    await select();
    assert.equal(shownRows()[0], 'dev · eu-west-1 | account 111122223333 · current');
  });

  it('of Local Lambda takes one step, and keeps profile and region for later', async () => {
    client.user.answer('AWS', 'dev', 'us-west-2', 'Local Lambda');
    await select();
    assert.deepEqual(await select(), { profile: 'dev', region: 'us-west-2', endpoint: 'local' });
    client.user.answer('dev · us-west-2');
    assert.deepEqual(await select(), { profile: 'dev', region: 'us-west-2', endpoint: '' });
  });

  it('takes a region that nobody knows yet', async () => {
    client.user.answer('AWS', 'dev', 'mx-west-7');
    assert.deepEqual(await select(), { profile: 'dev', region: 'mx-west-7', endpoint: '' });
    client.user.answer('AWS', 'dev', 'nowhere');
    await assert.rejects(select, /nowhere is none of/);
  });

  it('does not take what is no endpoint', async () => {
    client.user.answer('Another Endpoint…', 'localhost');
    await assert.rejects(select, /is not a URL/);
  });

  it('waits for the trust in the workspace', async () => {
    client.user.trusts = false;
    assert.equal(await select(), undefined);
    assert.match(client.user.shown[0] ?? '', /trust this workspace first/);
  });

  describe('for everyone', () => {
    it('is written for the folder, and drops what the user had alone', async () => {
      client.user.answer('AWS', 'dev', 'AWS CLI default');
      await select();
      client.user.answer('For Everyone in This Folder…', arrowBack, 'For Everyone in This Folder…');
      client.user.answer('Another Endpoint…', local4566, 'dev', 'us-west-2');
      await select();
      assert.match(client.user.shown.at(-1) ?? '', /for Everyone$/);
      assert.deepEqual(written(), [
        { value: 'dev', from: 'workspace' },
        { value: 'us-west-2', from: 'workspace' },
        { value: local4566, from: 'workspace' },
      ]);
      assert.equal(current().isChosen, false);
    });

    it('as it is already drops what the user had alone, too', async () => {
      standIn.set('profile', 'of-the-team', 'workspace');
      standIn.set('region', 'us-east-1', 'workspace');
      client.user.answer('AWS', 'dev', 'AWS CLI default');
      await select();
      client.user.answer('For Everyone in This Folder…', 'of-the-team · us-east-1');
      await select();
      assert.deepEqual(current(), {
        profile: 'of-the-team',
        region: 'us-east-1',
        endpoint: '',
        isChosen: false,
      });
      assert.equal(standIn.settings.size, 2);
    });

    it('leaves no line in the settings for what is the default', async () => {
      const choose = async () => {
        client.user.answer('For Everyone in This Folder…');
        client.user.answer('AWS', 'AWS CLI default', 'AWS CLI default');
        await select();
      };
      await choose();
      assert.deepEqual(written(), [undefined, undefined, undefined]);
      standIn.set('profile', 'dev', 'user');
      await choose();
      assert.deepEqual(written()[0], { value: '', from: 'workspace' });
    });
  });

  describe('without a folder', () => {
    it('is written into the settings of the user', async () => {
      standIn.folders = [];
      client.user.folder = undefined;
      client.user.answer('AWS', 'dev', 'AWS CLI default');
      await select();
      assert.deepEqual(written(), [{ value: 'dev', from: 'user' }, undefined, undefined]);
      assert.ok(!shownRows().some((row) => row.startsWith('For Everyone')));
    });
  });

  describe('on a machine without profiles', () => {
    beforeEach(() => writeConfig(''));

    /** An AWS CLI of a version; none at all without one. */
    const installCli = (version?: string) => {
      const folder = join(client.folder.uri.fsPath, 'bin');
      mkdirSync(folder);
      process.env['PATH'] = folder;
      if (version === undefined) return;
      const name = join(folder, 'aws');
      writeFileSync(name, `#!/bin/sh\necho "aws-cli/${version} Python/3.13.9 Linux/6.8"\n`);
      chmodSync(name, 0o755);
    };
    const ways = async () => {
      client.user.answer('AWS', undefined);
      await select();
      const rows = shownRows();
      assert.equal(rows[0], 'AWS CLI default | profile default · current');
      return rows.slice(rows.findIndex((row) => row.startsWith('No profile')) + 1);
    };
    const others = [
      'Environment Variables | AWS_ACCESS_KEY_ID and others, set before the editor starts',
      'Local Lambda | no AWS account: runs your functions on this machine',
    ];

    it('has nothing to sign in for where the environment holds keys', async () => {
      process.env['AWS_ACCESS_KEY_ID'] = 'key';
      client.user.answer('AWS', undefined);
      await select();
      assert.deepEqual(shownRows(), [
        'AWS CLI default | keys from AWS_ACCESS_KEY_ID · current',
        'Profiles | ',
        'Sign In… | again, or with another profile',
      ]);
    });

    it('offers to install the AWS CLI where there is none, or one that cannot sign in', async () => {
      installCli();
      assert.deepEqual(await ways(), [
        'Install the AWS CLI | it signs you in, and was not found on this machine',
        ...others,
      ]);
    });

    for (const [version, rows] of [
      ['1.42.70', ['Install the AWS CLI | its version 1.42.70 cannot sign in']],
      ['2.31.9', ['IAM Identity Center | aws configure sso']],
      ['2.32.0', ['IAM Identity Center | aws configure sso', 'Console Sign-In | aws login']],
    ] as const) {
      it(`offers what version ${version} of the AWS CLI has`, async function () {
        if (onWindows) this.skip();
        installCli(version);
        assert.deepEqual(await ways(), [...rows, ...others]);
      });
    }

    it('signs in in a terminal, and offers the choice again', async function () {
      if (onWindows) this.skip();
      installCli('2.32.0');
      client.user.answer('AWS', 'IAM Identity Center');
      assert.equal(await select(), undefined);
      assert.deepEqual(client.user.ran, [{ id: 'terminal', given: ['aws configure sso'] }]);
      await client.user.press('Select Profile and Region');
      assert.equal(client.user.ran.at(-1)?.id, 'invokeAsync.selectConnection');
    });

    it('opens the page about variables, and goes on with Local Lambda', async () => {
      installCli();
      client.user.answer('AWS', 'Environment Variables', 'AWS', 'Local Lambda');
      assert.equal(await select(), undefined);
      assert.match(String(client.user.ran[0]?.given[0]), /cli-configure-envvars/);
      assert.deepEqual(await select(), { profile: '', region: '', endpoint: 'local' });
    });
  });

  it('has the ways to sign in behind a row where there are profiles, and back from there', async function () {
    if (onWindows) this.skip();
    client.user.answer('AWS', 'Sign In…', arrowBack, 'Sign In…', 'Sign In Again');
    const folder = join(client.folder.uri.fsPath, 'bin');
    mkdirSync(folder);
    writeFileSync(join(folder, 'aws'), '#!/bin/sh\necho aws-cli/2.40.1\n');
    chmodSync(join(folder, 'aws'), 0o755);
    process.env['PATH'] = folder;
    await select();
    assert.deepEqual(client.user.ran, [{ id: 'terminal', given: ['aws sso login --profile dev'] }]);
  });

  it('says what is wrong with the files, which is no choice', async () => {
    writeConfig('no section\n');
    client.user.answer('AWS', undefined);
    await select();
    assert.equal(client.user.rows[0]?.label, 'The AWS configuration cannot be read');
    client.user.answer('AWS', 'The AWS configuration cannot be read');
    await assert.rejects(select, /is none of/);
  });
});
