import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type LocalWorkspace, sendEvents, startLocalWorkspace } from '../../support/localLambda';

/** Each appends the number of its event to a file of its own process. */
const handlers = `
  const { appendFileSync, existsSync } = require('node:fs');
  const note = (n) => appendFileSync('ran-' + process.pid, n + '\\n');
  exports.count = async ({ n }) => note(n);
  exports.waiting = async ({ n }) => {
    while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 10));
    note(n);
  };
  exports.failing = async ({ n }) => { note(n); throw new RangeError('out of stock'); };`;

const functions = {
  count: { handler: 'handlers.count' },
  waiting: { handler: 'handlers.waiting', timeout: 900 },
  failing: { handler: 'handlers.failing' },
};

const upTo = (count: number): number[] => [...Array(count).keys()];
const bodies = (count: number): string[] => upTo(count).map((n) => JSON.stringify({ n }));

/** The numbers of the events that ran, sorted. */
async function ran(folder: string): Promise<number[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('ran-'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.trim().split('\n').map(Number)).toSorted((a, b) => a - b);
}

describe('a long queue of Local Lambda', () => {
  let temporaryFolder: string;
  let workspace: LocalWorkspace;
  /** How long the queue was, each time that it was told to have changed. */
  let lengths: number[];

  beforeEach(async () => {
    temporaryFolder = await mkdtemp(join(tmpdir(), 'queue-'));
    lengths = [];
    workspace = await startLocalWorkspace({
      functions,
      files: { 'handlers.js': handlers },
      temporaryFolder,
      queueLimits: { memoryEvents: 100 },
      onQueueChange: () => lengths.push(workspace.local.queued()),
    });
  });
  afterEach(async () => {
    await workspace.stop();
    await rm(temporaryFolder, { recursive: true });
  });

  async function untilEmpty(): Promise<void> {
    // Only a length that lasts is told of.
    while (workspace.local.queued() > 0) await wait(5);
  }

  it('takes 10,000 events, hands each to the handler once, and tells of its length', async function () {
    this.timeout(600_000);
    const statuses = await sendEvents(workspace.local.endpoint, 'count', bodies(10_000));
    assert.deepEqual(new Set(statuses), new Set([202]));
    await untilEmpty();
    assert.deepEqual(await ran(workspace.folder), upTo(10_000));
    assert.ok(Math.max(...lengths) > 100, `at most ${Math.max(...lengths)}`);
    assert.ok(lengths.length < 1000, `told ${lengths.length} times`);
    while (lengths.at(-1) !== 0) await wait(5);
    assert.deepEqual(workspace.local.queueRoom(), {
      memoryEvents: 0,
      memoryBytes: 0,
      diskBytes: 0,
    });
    assert.deepEqual(workspace.local.deadLetters(), []);
    const lines = workspace.log.lines.filter(({ text }) => / queued\.$|queue is empty/.test(text));
    assert.ok(lines.length < 10, `${lines.length} lines`);
  });

  it('runs other functions while one of them does not return, and answers who waits for a result', async () => {
    const { endpoint } = workspace.local;
    await sendEvents(endpoint, 'waiting', bodies(1000));
    await sendEvents(endpoint, 'count', bodies(500));
    const answer = await workspace.sdk.invoke({ FunctionName: 'count', Payload: '{"n":500}' });
    assert.equal(answer.StatusCode, 200);
    while (workspace.local.queuedByFunction().has('count')) await wait(5);
    assert.deepEqual(await ran(workspace.folder), upTo(501));
    assert.deepEqual([...workspace.local.queuedByFunction()], [['waiting', 1000]]);
    assert.equal(workspace.local.queued(), 1000);
  });

  it('keeps every event through a change of the configuration, and what it cannot run as a dead letter', async () => {
    const { endpoint } = workspace.local;
    await sendEvents(endpoint, 'waiting', bodies(300));
    await workspace.configure({ waiting: functions.count });
    await workspace.write('go', '');
    await untilEmpty();
    assert.deepEqual(await ran(workspace.folder), upTo(300));
    await workspace.configure(functions);
    await rm(join(workspace.folder, 'go'));
    await sendEvents(endpoint, 'waiting', bodies(300));
    await workspace.configure({});
    await workspace.write('go', '');
    await untilEmpty();
    // Those that ran when the function left the configuration are no longer stopped.
    const ranTwice = (await ran(workspace.folder)).length - 300;
    const letters = workspace.local.deadLetters();
    assert.ok(ranTwice <= 4, `${ranTwice} ran`);
    assert.equal(letters.length, 300 - ranTwice);
    assert.match(letters[0]?.reason ?? '', /^FunctionRemoved/);
    assert.equal(letters[0]?.attempts, 3);
  });

  it('retries each of 500 events that fail, and keeps all as dead letters', async () => {
    await sendEvents(workspace.local.endpoint, 'failing', bodies(500));
    await untilEmpty();
    assert.deepEqual(
      await ran(workspace.folder),
      upTo(500).flatMap((n) => [n, n, n]),
    );
    const letters = workspace.local.deadLetters();
    const numbers = letters.map(
      ({ invocation }) => JSON.parse(Buffer.from(invocation.payload).toString()).n,
    );
    assert.deepEqual(
      numbers.toSorted((a, b) => a - b),
      upTo(500),
    );
  });
});
