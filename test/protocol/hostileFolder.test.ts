import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hover } from 'vscode-languageserver/node';
import { findDeprecated, type FindDeprecatedResult } from '../../src/protocol/messages';
import { hostileTargets, makeHostileFolder } from '../support/hostileFolder';
import { repository } from '../support/repository';
import { Session } from './session';

const targetsPath = '.lambda/targets.json';

describe('a folder that is made to stop the language server', function () {
  this.timeout(120_000);
  let secrets: string;
  before(async function () {
    if (process.platform === 'win32') this.skip();
    secrets = await mkdtemp(join(tmpdir(), 'invoke-async-secrets-'));
  });
  after(() => rm(secrets, { recursive: true, force: true }));

  for (const targets of hostileTargets) {
    it(`is checked and searched all the same: targets.json is ${targets}`, async () => {
      const session = await Session.start({
        settings: { payloads: { include: ['events/**/*.json', '{a,aa}'.repeat(40)] } },
      });
      try {
        await makeHostileFolder(session.folder, secrets, targets);
        const payload = await session.open('events/a.json', 'json', '{');
        assert.equal(payload[0]?.code, 'payload.syntax');
        const found = await session.connection.sendRequest<FindDeprecatedResult>(findDeprecated);
        assert.ok(found.uses >= 3, `${found.uses} uses`);
        const skipped = found.skipped.map(({ uri }) => uri.slice(session.uri('').length));
        for (const path of ['.gitignore', 'tools/.gitignore', 'src/huge.js'])
          assert.ok(
            skipped.some((one) => one.endsWith(path)),
            `${path} is skipped: ${skipped.join(' ')}`,
          );
        assert.ok((await memoryOf(session.processId)) < 700, 'megabytes');
      } finally {
        await session.stop();
      }
    });
  }

  it('gets no word of what lies behind a link out of it', async () => {
    const session = await Session.start();
    try {
      await makeHostileFolder(session.folder, secrets);
      const text = await readFile(join(session.folder, targetsPath), 'utf8');
      const problems = await session.open(targetsPath, 'json', text);
      const told = JSON.stringify(problems);
      assert.match(told, /outside the workspace folder/);
      assert.match(told, /larger than 4 MB/);
      const long = text.replace('linked/', `${'x'.repeat(1000)}/`);
      const tooLong = JSON.stringify(await session.change(targetsPath, long));
      assert.match(tooLong, /more than 1,000 characters/);
      await session.change(targetsPath, text);
      const hover = await session.hover(targetsPath, text, 'linked/*.json');
      assert.ok(hover);
      assert.doesNotMatch(contents(hover), /secret/);
      const events = await session.hover(targetsPath, text, 'events/*.json');
      assert.match(contents(events), /a\.json/);
    } finally {
      await session.stop();
    }
  });

  it('has the editor watch no more patterns than it can bear', async () => {
    const session = await Session.start();
    try {
      const entries = Array.from({ length: 500 }, (_, index) => ({
        payloads: `events${index}/*.json`,
        function: 'orders',
      }));
      await session.open(targetsPath, 'json', JSON.stringify({ targets: entries }));
      await session.eventuallyWatches((globs) => globs.includes('**/*') && globs.length < 10);
    } finally {
      await session.stop();
    }
  });

  it('says why no target is read from a file that is too large', async () => {
    const session = await Session.start();
    try {
      const [problem] = await session.open(targetsPath, 'json', `{"targets":[${' '.repeat(3e5)}]}`);
      assert.match(JSON.stringify(problem?.message), /No targets are read .* larger than 256 KB\./);
    } finally {
      await session.stop();
    }
  });
});

describe('node dist/server.js --check', function () {
  this.timeout(60_000);

  it('searches a hostile folder to its end, and waits for no pipe that is named', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = await mkdtemp(join(tmpdir(), 'invoke-async-hostile-'));
    const secrets = await mkdtemp(join(tmpdir(), 'invoke-async-secrets-'));
    try {
      await makeHostileFolder(folder, secrets);
      const { status, out, error } = await check(folder, '.');
      assert.equal(status, 1);
      assert.match(out, /^src\/use\.js:2:18 /m);
      assert.match(error, /^Skipped .*src\/huge\.js: the file is larger than 4 MB\.$/m);
      assert.match(error, /^Skipped .*\.gitignore: .*\.$/m);
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      for (const path of ['pipe', '/dev/zero']) {
        const refused = await check(folder, path);
        assert.equal(refused.status, 2, path);
        assert.match(refused.error, /is neither a file nor a folder/);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
      await rm(secrets, { recursive: true, force: true });
    }
  });
});

function contents(hover: Hover | null): string {
  return (hover?.contents as { value: string } | undefined)?.value ?? '';
}

/** Resident memory of a process, in megabytes. */
async function memoryOf(processId: number): Promise<number> {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(processId)]);
  return Number(kilobytes.toString()) / 1024;
}

async function check(cwd: string, ...paths: readonly string[]) {
  return new Promise<{ status: number | null; out: string; error: string }>((resolve) => {
    const server = join(repository, 'dist/server.js');
    const child = execFile(
      process.execPath,
      [server, '--check', ...paths],
      { cwd, maxBuffer: 1e8 },
      (_, out, error) => resolve({ status: child.exitCode, out, error }),
    );
  });
}
