import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../support/repository';

const server = join(repository, 'dist/server.js');
const old = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' }, done);
`;
const fixed = old
  .replace('invokeAsync', 'invoke')
  .replace('InvokeArgs', "InvocationType: 'Event', Payload");

describe('node dist/server.js --check --fix', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-fix-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const at = (name: string) => join(folder, name);
  const text = (name: string) => readFile(at(name), 'utf8');

  it('keeps the mode of a file', async () => {
    await writeFile(at('a.js'), old);
    await chmod(at('a.js'), 0o755);
    assert.equal((await fix('.')).status, 0);
    assert.equal(await text('a.js'), fixed);
    assert.equal((await stat(at('a.js'))).mode & 0o777, 0o755);
    assert.deepEqual(await readdir(folder), ['a.js']);
  });

  it('leaves a read-only file with its uses, says why, and exits with 2', async () => {
    await writeFile(at('a.js'), old);
    await writeFile(at('b.js'), old);
    await chmod(at('a.js'), 0o444);
    const { status, out, error } = await fix('.');
    assert.equal(status, 2);
    assert.match(out, /^a\.js:2:18 deprecated\.invoke-async [^\n]*\n$/);
    assert.match(
      error,
      /^Not fixed .*a\.js: It is read-only\.\n1 use replaced\. 1 use left in 1 file/,
    );
    assert.deepEqual([await text('a.js'), await text('b.js')], [old, fixed]);
    const { runs } = JSON.parse((await fix('.', '--sarif')).out) as SarifLog;
    const invocation = runs[0]?.invocations[0];
    assert.equal(invocation?.executionSuccessful, false);
    assert.deepEqual(
      invocation?.toolExecutionNotifications.map(({ level, message }) => [level, message.text]),
      [['error', 'Not fixed: It is read-only.']],
    );
  });

  it('fixes a file once, by whatever paths it is named, and keeps links', async () => {
    await mkdir(at('src'));
    await writeFile(at('src/a.js'), old);
    await symlink('src/a.js', at('link.js'));
    await symlink('src', at('linked'));
    const paths = ['link.js', 'src/a.js', './src/../src/a.js', 'linked/a.js', 'linked', 'src', '.'];
    const { status, error } = await fix(...paths);
    assert.match(error, /^1 use replaced\. 0 uses left in 0 files \(1 file searched/);
    assert.equal(status, 0);
    assert.equal(await readlink(at('link.js')), 'src/a.js');
    assert.equal(await text('src/a.js'), fixed);
  });

  it('separates no names of one file', async () => {
    await writeFile(at('a.js'), old);
    await link(at('a.js'), at('b.js'));
    const { status, out, error } = await fix('.');
    assert.equal(status, 2);
    assert.equal(out.trim().split('\n').length, 2, out);
    assert.match(error, /Not fixed .*a\.js: It has 2 names \(hard links\)/);
    assert.deepEqual([await text('a.js'), await text('b.js')], [old, old]);
  });

  it('leaves a file whole that the disk has no room for, and exits with 2', async function () {
    // As a full disk does, the kernel refuses what goes beyond the limit of the shell, whoever runs it.
    if (process.platform === 'win32') this.skip();
    const large = old + '// long\n'.repeat(20_000);
    await writeFile(at('large.js'), large);
    await writeFile(at('small.js'), old);
    const words = ['-c', 'ulimit -f 40 && exec "$@"', 'sh', process.execPath, server];
    const { status, out, error } = await run('sh', [...words, '--check', '--fix', '.']);
    assert.equal(status, 2);
    assert.match(out, /^large\.js:2:18 /);
    assert.match(error, /Not fixed .*large\.js: It cannot be written: EFBIG/);
    assert.deepEqual([await text('large.js'), await text('small.js')], [large, fixed]);
    assert.deepEqual((await readdir(folder)).toSorted(), ['large.js', 'small.js']);
  });

  it('leaves every file whole when it is killed while it writes', async function () {
    const tries = Number(process.env['LAMBDA_INVOKE_ASYNC_KILLS'] ?? 24);
    this.timeout(tries * 20_000);
    const filler = '// long\n'.repeat(5000);
    const [before, after] = [old + filler, fixed + filler];
    const names = Array.from({ length: 40 }, (_, index) => `${index}.js`);
    const counts = { before: 0, after: 0, broken: 0, temporary: 0 };
    let changes = 1;
    for (let index = 0; index < tries; index++) {
      for (const name of names) await writeFile(at(name), before);
      const seen = await killedAt(index === 0 ? Infinity : Math.random() * changes, Math.random());
      // The first run is let through, and says how much there is to interrupt.
      if (index === 0) changes = seen;
      for (const name of await readdir(folder)) {
        if (!names.includes(name)) {
          counts.temporary++;
          await rm(at(name));
          continue;
        }
        const now = await text(name);
        if (now === before) counts.before++;
        else if (now === after) counts.after++;
        else counts.broken++;
      }
    }
    process.stdout.write(
      `      ${tries} runs, all but one killed: ${counts.before} files old, ${counts.after} new, ` +
        `${counts.broken} broken; ${counts.temporary} temporary files left\n`,
    );
    assert.equal(counts.broken, 0);
    assert.equal(counts.before + counts.after, tries * names.length, 'no file is missing');
    assert.ok(counts.after > 0, 'it was killed after it had begun');
  });

  /**
   * Lets the command run, and kills it once it has changed so much in the folder.
   * @param changes as the file system tells of them
   * @param delayMs from then on
   * @returns how many changes there were
   */
  async function killedAt(changes: number, delayMs: number): Promise<number> {
    const child = spawn(process.execPath, [server, '--check', '--fix', '.'], {
      cwd: folder,
      stdio: 'ignore',
    });
    let seen = 0;
    const watcher = watch(folder, () => {
      seen++;
      if (seen < changes) return;
      if (delayMs < 0.5) child.kill('SIGKILL');
      else setTimeout(() => child.kill('SIGKILL'), delayMs);
    });
    await once(child, 'exit');
    watcher.close();
    return seen;
  }

  async function fix(...words: readonly string[]): Promise<Result> {
    return run(process.execPath, [server, '--check', '--fix', ...words]);
  }

  async function run(command: string, words: readonly string[]): Promise<Result> {
    return new Promise((resolve) => {
      const child = execFile(command, words, { cwd: folder }, (_, out, error) =>
        resolve({ status: child.exitCode, out, error }),
      );
    });
  }
});

interface Result {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

interface SarifLog {
  readonly runs: readonly {
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly {
        readonly level: string;
        readonly message: { readonly text: string };
      }[];
    }[];
  }[];
}
