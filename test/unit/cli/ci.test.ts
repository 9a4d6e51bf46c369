import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { version } from '../../../package.json';
import { repository } from '../../support/repository';

const textOf = (path: string) => readFileSync(join(repository, path), 'utf8');
const page = textOf('docs/ci.md');
const hooks = textOf('.pre-commit-hooks.yaml');
const action = textOf('action.yml');

const files: Readonly<Record<string, string>> = {
  'send.js':
    "const AWS = require('aws-sdk');\nnew AWS.Lambda().invokeAsync({ FunctionName: 'f', InvokeArgs: '{}' });\n",
  'deploy.tf': 'arn = "arn:aws:lambda:eu-central-1:12345678901:function:orders"\n',
  '.lambda/payloads/orders/created.json': '{ id: 1 }',
  'tsconfig.json': '{ // a comment\n}\n',
};

/** The samples, run as they are written, with this program in the place of the published one. */
describe('the samples for CI', function () {
  // They are written for the shells of Linux and macOS.
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  let folder: string;
  let programs: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'invoke-async-ci-'));
    programs = mkdtempSync(join(tmpdir(), 'invoke-async-ci-programs-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const cli = `exec "${process.execPath}" "${join(repository, 'dist/cli.js')}" "$@"\n`;
    program('lambda-invoke-async', cli);
    program(
      'npx',
      `[ "$1 $2" = "--yes lambda-invoke-async@${version}" ] || exit 9\nshift 2\n${cli}`,
    );
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    rmSync(programs, { recursive: true });
  });

  const commands = [...page.matchAll(/^ *-(?: run:)? (?<command>npx .*)$/gm)].map(
    ({ groups }) => groups?.['command'] ?? '',
  );

  it('are all found', () => {
    assert.equal(commands.length, 2);
    assert.equal(entries(page).length, 2);
  });

  for (const [index, command] of commands.entries()) {
    it(`finds what is wrong, and fails the job: ${index + 1}. ${command}`, () => {
      const { status, stdout, stderr } = shell(command);
      assert.equal(status, 1, stderr);
      assert.deepEqual(pathsIn(stdout), [
        '.lambda/payloads/orders/created.json',
        'deploy.tf',
        'send.js',
      ]);
    });
  }

  it('has the same hooks on the page and in the repository', () => {
    assert.deepEqual(entries(hooks), entries(page));
    assert.deepEqual(
      [...hooks.matchAll(/^ *files: (.*)$/gm)].map(([, glob]) => glob),
      [...page.matchAll(/^ *files: (.*)$/gm)].map(([, glob]) => glob),
    );
  });

  it('finds by each hook what is wrong in the files that pre-commit passes', () => {
    const [identifiers = '', payloads = ''] = entries(hooks);
    const all = Object.keys(files).map((path) => `'${path}'`);
    const found = shell(`${identifiers} ${all.join(' ')}`);
    assert.equal(found.status, 1, found.stderr);
    assert.deepEqual(pathsIn(found.stdout), ['deploy.tf', 'send.js']);
    const [, glob = ''] = /^ *files: (.*)$/m.exec(hooks) ?? [];
    const concerned = Object.keys(files).filter((path) => new RegExp(glob).test(path));
    assert.deepEqual(concerned, ['.lambda/payloads/orders/created.json']);
    const ofPayloads = shell(`${payloads} '${concerned.join("' '")}'`);
    assert.equal(ofPayloads.status, 1, ofPayloads.stderr);
    assert.deepEqual(pathsIn(ofPayloads.stdout), concerned);
  });

  it('has an action that writes SARIF, and fails the job only where that is wanted', () => {
    const [, block = ''] = /\n {6}run: \|\n((?: {8}.*\n)+)/.exec(action) ?? [];
    const script = block.replaceAll(/^ {8}/gm, '');
    const output = join(folder, 'output.txt');
    const sarif = join(folder, 'results.sarif');
    writeFileSync(output, '');
    const inputs = {
      PACKAGE: inputOf('package'),
      PATHS: inputOf('paths'),
      CHECKS: inputOf('checks'),
      SARIF: sarif,
      GITHUB_OUTPUT: output,
    };
    const { status, stderr } = shell(script, inputs);
    assert.equal(status, 0, stderr);
    assert.equal(readFileSync(output, 'utf8'), `code=1\nsarif=${sarif}\n`);
    const log = JSON.parse(readFileSync(sarif, 'utf8')) as {
      readonly runs: readonly { readonly results: readonly unknown[] }[];
    };
    assert.equal(log.runs[0]?.results.length, 3);
    const gone = shell(script, { ...inputs, PATHS: 'gone' });
    assert.equal(gone.status, 1, 'could not do its work');
  });

  function inputOf(name: string): string {
    const [, value = ''] =
      new RegExp(`\\n  ${name}:\\n(?:    .*\\n)*?    default: (.*)\\n`).exec(action) ?? [];
    return value;
  }

  function program(name: string, text: string): void {
    const path = join(programs, name);
    writeFileSync(path, `#!/bin/sh\n${text}`);
    chmodSync(path, 0o755);
  }

  /** As GitHub runs `shell: bash`. */
  function shell(script: string, environment: Readonly<Record<string, string>> = {}) {
    return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...environment, PATH: `${programs}:${process.env['PATH']}` },
    });
  }
});

function entries(text: string): string[] {
  return [...text.matchAll(/^ *entry: (.*)$/gm)].map(([, entry = '']) => entry);
}

function pathsIn(report: string): string[] {
  return [...new Set(report.match(/^\S+(?=:\d+:\d+ )/gm))];
}
