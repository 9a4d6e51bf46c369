import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findDeprecated, type FindDeprecatedResult } from '../../src/protocol/messages';
import { FinderThread } from '../../src/server/finder/finderThread';
import { repository } from '../support/repository';
import { Session } from './session';

const use = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' }, done);
`;
const endless = `${use}// endless\n`;

describe('code that is never read to its end', () => {
  /** The built server, with a finder beside it that loops for ever on a certain word. */
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-endless-'));
    const dist = join(repository, 'dist');
    for (const name of ['server.js', 'languageServer.js', 'check.js'])
      await copyFile(join(dist, name), join(folder, name));
    for (const name of ['grammars', 'schemas', 'l10n', 'schemaWorker.js']) {
      await symlink(join(dist, name), join(folder, name));
    }
    await build({
      entryPoints: [join(repository, 'test/support/endlessFinderWorker.ts')],
      outfile: join(folder, 'finderWorker.js'),
      bundle: true,
      platform: 'node',
      loader: { '.scm': 'text' },
      alias: {
        'web-tree-sitter': join(repository, 'node_modules/web-tree-sitter/web-tree-sitter.cjs'),
      },
      logLevel: 'error',
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('ends its thread, and the next text is read by a new one', async () => {
    const finder = new FinderThread(join(folder, 'finderWorker.js'));
    try {
      const find = (uri: string, text: string) =>
        finder.find({ uri, version: 1, languageId: 'javascript', text });
      const [stopped, other] = await Promise.all([find('a', endless), find('b', use)]);
      assert.deepEqual(stopped, {
        problems: [],
        skipped: 'searching it did not finish within 5 s',
      });
      assert.equal(other.problems.length, 1);
      const again = performance.now();
      assert.deepEqual(await find('a', endless), stopped, 'the same text is not tried again');
      assert.ok(performance.now() - again < 4000);
      assert.equal((await find('a', use)).problems.length, 1, 'another text is');
    } finally {
      finder.dispose();
    }
  });

  it('reads only the newest of the versions of a document that wait', async () => {
    const finder = new FinderThread(join(folder, 'finderWorker.js'));
    try {
      const find = (version: number, text: string) =>
        finder.find({ uri: 'a', version, languageId: 'javascript', text });
      const first = find(1, use);
      const waiting = [find(2, endless), find(3, endless), find(4, `${use}${use}`)];
      assert.equal((await first).problems.length, 1);
      for (const found of await Promise.all(waiting)) assert.equal(found.problems.length, 2);
    } finally {
      finder.dispose();
    }
  });

  it('is skipped and told in the editor, where everything else goes on', async () => {
    const session = await Session.start({ server: join(folder, 'server.js') });
    try {
      const logged = new Promise<string>((resolve) => {
        session.connection.onNotification('window/logMessage', ({ message }) => resolve(message));
      });
      const skipped = session.open('endless.js', 'javascript', endless);
      const payload = await session.open('events/a.json', 'json', '{');
      assert.equal(payload.length, 1, 'others are checked meanwhile');
      assert.deepEqual(await skipped, []);
      assert.match(
        await logged,
        /endless\.js was not searched for InvokeAsync: searching it did not finish within 5 s\.$/,
      );
      assert.equal((await session.open('send.js', 'javascript', use)).length, 1);
      assert.equal((await session.change('endless.js', use)).length, 1, 'once it is mended');
    } finally {
      await session.stop();
    }
  });

  it('is skipped and told by a search of the workspace', async () => {
    const files = { 'a.js': use, 'b.js': endless, 'c.js': use };
    const session = await Session.start({ files, server: join(folder, 'server.js') });
    try {
      const found = await session.connection.sendRequest<FindDeprecatedResult>(findDeprecated);
      assert.deepEqual(found.skipped, [
        { uri: session.uri('b.js'), reason: 'searching it did not finish within 5 s' },
      ]);
      assert.equal(found.uses, 2);
    } finally {
      await session.stop();
    }
  });

  it('is skipped and told by --check and --fix, which go on with the other files', async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'invoke-async-check-'));
    try {
      for (const [name, text] of [
        ['a.js', use],
        ['b.js', endless],
        ['c.js', use],
      ] as const) {
        await writeFile(join(workspace, name), text);
      }
      const check = (...words: readonly string[]) =>
        new Promise<{ status: number | null; out: string; error: string }>((resolve) => {
          const server = join(folder, 'server.js');
          const child = execFile(
            process.execPath,
            [server, '--check', workspace, ...words],
            (_, out, error) => resolve({ status: child.exitCode, out, error }),
          );
        });
      const found = await check();
      assert.equal(found.out.match(/deprecated\.invoke-async/g)?.length, 2, found.out);
      assert.match(found.error, /Skipped .*b\.js: searching it did not finish within 5 s\./);
      const fixed = await check('--fix');
      assert.match(fixed.error, /Skipped .*b\.js: [^]*2 uses replaced\. 0 uses left/);
    } finally {
      await rm(workspace, { recursive: true, force: true });
    }
  }).timeout(60_000);
});
