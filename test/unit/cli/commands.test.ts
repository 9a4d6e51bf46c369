import assert from 'node:assert/strict';
import { version } from '../../../package.json';
import { commands } from '../../../src/cli/programs';
import { runCommand } from '../../support/commandLine';

describe('node dist/cli.js', () => {
  it('lists its commands', async () => {
    const { code, stdout, stderr } = await runCommand(['--help']);
    assert.equal(code, 0);
    assert.equal(stderr, '');
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name);
    assert.deepEqual(listed, Object.keys(commands));
  });

  for (const name of Object.keys(commands)) {
    it(`explains the options of ${name}, whatever else is said`, async () => {
      const { code, stdout, stderr } = await runCommand([name, '--nonsense', '--help']);
      assert.equal(code, 0, stderr);
      assert.match(stdout, new RegExp(`^Usage: lambda-invoke-async ${name}\\b`));
    });
  }

  it('prints its version', async () => {
    assert.deepEqual(await runCommand(['--version']), {
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it('names the command that is meant', async () => {
    const { code, stdout, stderr } = await runCommand(['invok', 'x.json']);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^Unknown command "invok"\. Did you mean invoke\?\n\nUsage: /);
  });

  it('names the option that is meant', async () => {
    const { code, stderr } = await runCommand(['invoke', '--functio', 'orders']);
    assert.equal(code, 2);
    assert.match(stderr, /^Unknown option '--functio'\. Did you mean --function\?\n\nUsage: /);
  });

  it('says what is missing without a command', async () => {
    const { code, stderr } = await runCommand([]);
    assert.equal(code, 2);
    assert.match(stderr, /^No command specified\.\n\nUsage: lambda-invoke-async COMMAND/);
  });
});
