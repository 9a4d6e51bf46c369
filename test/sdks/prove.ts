import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { languageIdOfPath } from '../../src/migration/languages';
import { applyEdits } from '../../src/core/edits';
import { fixAll } from '../../src/migration/rewrite';
import { startLocalLambda } from '../../src/local/main';
import { createFinder, fixtures } from '../unit/migration/finder';
import { type Compilation, compilations } from './compilations';
import { type Parser, parsers } from './parsers';
import { type Needs, type Proof, proofs } from './proofs';
import { type Recorded, Recorder } from './recorder';

const execute = promisify(execFile);
/** Where Debian puts the sources of Go's packages. */
const goEnv = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' };
const programs = path.resolve('test/fixtures/sdks');

/** The function that every program sends to: it says what it got. */
const handler = `exports.handler = async (event) => {
  await fetch(process.env.RECORDER + '/event', { method: 'POST', body: JSON.stringify(event) });
};`;

/** Runs every proof whose name holds `part`; false when one failed. */
export async function proveAll(handlerProcess: string, part: string): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sdks-'));
  let endpoint = '';
  const recorder = new Recorder(() => endpoint);
  const address = await recorder.start();
  await mkdir(path.join(folder, '.lambda'));
  await writeFile(path.join(folder, 'record.js'), handler);
  const record = { handler: 'record.handler', environment: { RECORDER: address } };
  await writeFile(
    path.join(folder, '.lambda/local.json'),
    JSON.stringify({ functions: { record } }),
  );
  const local = await startLocalLambda({ folders: [folder], handlerProcess, log: () => {} });
  endpoint = local.endpoint;
  const rows = [
    ...proofs.map((row) => ({ ...row, tried: () => prove(row, recorder, address, folder) })),
    ...compilations.map((row) => ({ ...row, tried: () => compile(row, folder) })),
    ...parsers.map((row) => ({ ...row, tried: () => parseFixtures(row, folder) })),
  ];
  let failed = 0;
  for (const { name, tried } of rows.filter((row) => row.name.includes(part))) {
    const outcome = await tried().catch((error: unknown) => error);
    if (outcome instanceof Error) failed++;
    say(rowOf(name, outcome));
  }
  await local.stop();
  recorder.stop();
  await rm(folder, { recursive: true, force: true });
  return failed === 0;
}

const rowOf = (name: string, outcome: unknown) =>
  `${name.padEnd(30)} ${outcome instanceof Error ? `FAILED: ${outcome.message}` : String(outcome)}`;

/** Compiles a program as it stands, and once more with every fix that its uses have: at least one. */
async function compile(compilation: Compilation, folder: string): Promise<string> {
  const { program, commands } = compilation;
  const place = path.join(folder, `compiled-${program.replaceAll(/\W/g, '-')}`);
  if (!(await isInstalled(compilation, place))) {
    const reason = await install(compilation, place);
    if (reason !== undefined) return `skipped: ${reason}`;
  }
  await cp(path.join(programs, path.dirname(program)), place, { recursive: true });
  const compileAll = async () => {
    for (const [command = '', ...args] of commands)
      await execute(command, args, {
        cwd: place,
        timeout: 300_000,
        env: { ...process.env, ...goEnv },
      });
  };
  const file = path.join(place, path.basename(program));
  const text = await readFile(file, 'utf8');
  await compileAll();
  const { problems } = await findIn(program, text);
  const fixed = problems.filter(({ fixes }) => fixes.length > 0);
  assert.ok(fixed.length > 0, 'nothing has a fix');
  await writeFile(file, applyEdits(text, fixAll(problems)));
  await compileAll();
  return `${fixed.length} of ${problems.length} uses fixed: compiles before and after`;
}

/** Parses the fixtures of a language as they stand, and as they are after their fixes. */
async function parseFixtures(parser: Parser, folder: string): Promise<string> {
  const place = path.join(folder, `parsed-${parser.name.replaceAll(/\W/g, '-')}`);
  if (!(await isInstalled(parser, place))) {
    const reason = await install(parser, place);
    if (reason !== undefined) return `skipped: ${reason}`;
  }
  const parses = async (file: string, name: string) => {
    const program = path.join(place, name);
    await cp(file, program);
    const [command = '', ...args] = commandOf(parser.run, program);
    return execute(command, args, { cwd: place, timeout: 60_000 }).then(
      () => true,
      () => false,
    );
  };
  let parsed = 0;
  const notBefore: string[] = [];
  for (const fixed of await readdir(fixtures, { recursive: true })) {
    const source = fixed.slice(0, -'.fixed'.length);
    if (!fixed.endsWith('.fixed') || !parser.extensions.includes(path.extname(source))) continue;
    const name = path.basename(source);
    if (!(await parses(path.join(fixtures, source), name))) notBefore.push(source);
    else if (await parses(path.join(fixtures, fixed), name)) parsed++;
    else assert.fail(`${source} does not parse any more`);
  }
  assert.ok(parsed > 0, 'nothing parses');
  const left = notBefore.length === 0 ? '' : `; not before, either: ${notBefore.join(', ')}`;
  return `${parsed} fixtures parse before and after${left}`;
}

async function prove(
  proof: Proof,
  recorder: Recorder,
  endpoint: string,
  folder: string,
): Promise<string> {
  const modules = path.join(folder, 'modules');
  if (!(await isInstalled(proof, modules))) {
    const reason = await install(proof, modules);
    if (reason !== undefined) return `skipped: ${reason}`;
  }
  const source = path.join(programs, proof.program);
  const program = path.join(modules, path.basename(proof.program));
  const run = async (text: string) => {
    recorder.reset();
    await mkdir(modules, { recursive: true });
    await writeFile(program, text);
    await cp(path.join(programs, 'event.json'), path.join(modules, 'event.json'));
    const statuses = statusesIn(await runProgram(proof, program, endpoint, modules));
    await recorder.delivered();
    return { statuses, requests: [...recorder.requests], events: recorder.events.toSorted() };
  };

  const text = await readFile(source, 'utf8');
  const before = await run(text);
  const fixed = await fix(proof.program, text);
  const after = await run(fixed);

  assert.ok(before.requests.length > 0, 'the program sent nothing');
  for (const request of before.requests) assertInvokeAsync(request);
  for (const request of after.requests) assertInvokeEvent(request);
  assert.deepEqual(bodies(after.requests), bodies(before.requests), 'the bytes differ');
  assert.deepEqual(after.events, before.events, 'the function got another event');
  assert.deepEqual(after.statuses, before.statuses, 'the program read another status');
  return `${before.requests.length} calls: the same bytes, now Invoke with Event`;
}

/** The lines that a program prints itself; Go's SDK adds a warning to each deprecated call. */
const statusesIn = (output: string) => output.split('\n').filter((line) => /^\d+$/.test(line));

const bodies = (requests: readonly Recorded[]) =>
  requests.map(({ body }) => body.toString('hex')).toSorted();

function assertInvokeAsync({ path: target }: Recorded): void {
  assert.match(target, /^\/2014-11-13\/functions\/record\/invoke-async\/?$/);
}

function assertInvokeEvent({ path: target, invocationType }: Recorded): void {
  assert.equal(target, '/2015-03-31/functions/record/invocations');
  assert.equal(invocationType, 'Event');
}

const findIn = async (name: string, text: string) =>
  createFinder().find({ uri: name, version: 1, languageId: languageIdOfPath(name) ?? '', text });

/** Every use must have a certain fix, and nothing may be left after it. */
async function fix(name: string, text: string): Promise<string> {
  const { problems } = await findIn(name, text);
  assert.ok(problems.length > 0 && problems.every(({ fixes }) => fixes.length === 1));
  const fixed = applyEdits(text, fixAll(problems));
  assert.deepEqual((await findIn(name, fixed)).problems, []);
  return fixed;
}

async function runProgram(
  proof: Proof,
  program: string,
  endpoint: string,
  modules: string,
): Promise<string> {
  const [command = '', ...args] = commandOf(proof.run, program);
  const { stdout } = await execute(command, args, {
    cwd: modules,
    timeout: 300_000,
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      ENDPOINT: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
      ...goEnv,
    },
  });
  return stdout;
}

const commandOf = (words: readonly string[], program: string) =>
  words.map((word) => word.replace('PROGRAM', program));

async function isInstalled(
  { check: [command = '', ...args] }: Needs,
  modules: string,
): Promise<boolean> {
  await mkdir(modules, { recursive: true });
  return execute(command, args, { cwd: modules }).then(
    () => true,
    () => false,
  );
}

/** Installs what a proof needs; the reason in words when this machine cannot. */
async function install(needs: Needs, modules: string): Promise<string | undefined> {
  const isRoot = process.getuid?.() === 0;
  const [command, ...args] =
    'npm' in needs.install
      ? [
          'npm',
          'install',
          '--no-save',
          '--no-audit',
          '--no-fund',
          '--prefix',
          modules,
          ...needs.install.npm,
        ]
      : ['apt-get', 'install', '-y', '--no-install-recommends', ...needs.install.apt];
  if (command === 'apt-get' && !isRoot) return `needs root to install ${args.slice(3).join(' ')}`;
  say(`${needs.name}: ${[command, ...args].join(' ')}`);
  try {
    if (command === 'apt-get') await execute('apt-get', ['update'], { timeout: 300_000 });
    await execute(command ?? '', args, { timeout: 900_000, maxBuffer: 64 * 1024 * 1024 });
  } catch {
    return `could not install ${args.at(-1) ?? ''}`;
  }
  return (await isInstalled(needs, modules))
    ? undefined
    : `${args.at(-1) ?? ''} does not bring what is needed`;
}

const say = (line: string) => process.stdout.write(`${line}\n`);
