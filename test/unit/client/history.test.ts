import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { History, type HistoryHost } from '../../../src/client/invocations/history';
import type { HistoryEntry } from '../../../src/client/invocations/historyEntry';
import { HistoryFiles } from '../../../src/client/invocations/historyFiles';

const deadProcess = 2 ** 30;

describe('the history', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-history-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A window on the folder, whose watcher is told by the test. */
  function open(more: Partial<HistoryHost> = {}) {
    const warnings: string[] = [];
    const watcher = { written: (_id: string) => {}, deleted: (_id: string) => {} };
    const history = new History(new HistoryFiles(folder), {
      limit: () => 100,
      processId: process.pid,
      isRunning: (id) => id !== deadProcess,
      warn: (message) => warnings.push(message),
      watch: (written, deleted) => {
        Object.assign(watcher, { written, deleted });
        return { dispose: () => {} };
      },
      show: () => {},
      ...more,
    });
    return { history, watcher, warnings };
  }

  const event = {
    sentAt: 1000,
    api: 'Invoke',
    functionName: 'orders',
    payload: { label: 'typed JSON', bytes: 2 },
    region: 'us-east-1',
  } as const;
  const accepted = { kind: 'accepted', status: 202, requestId: 'r' } as const;

  const names = async (history: History) =>
    (await history.entries()).map(({ functionName }) => functionName);
  const written = async () =>
    Promise.all(
      (await readdir(folder)).map(
        async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as HistoryEntry,
      ),
    );

  it('has an event on disk before it is sent, and its outcome after', async () => {
    const { history } = open();
    const entry = await history.begin(event);
    assert.deepEqual(await written(), [entry]);
    assert.equal(entry.kind, 'sending');
    const settled = await history.settle(entry, accepted);
    assert.deepEqual(await written(), [settled]);
    assert.deepEqual(await history.entries(), [{ ...event, id: entry.id, ...accepted }]);
  });

  it('says of an event whose window was closed that nobody knows', async () => {
    const { history } = open({ processId: deadProcess });
    const entry = await history.begin(event);
    const { history: next } = open();
    const [row] = await next.entries();
    const { sender: _, ...rest } = entry;
    assert.deepEqual(row, { ...rest, kind: 'unknown', errorName: 'WindowClosed' });
    assert.deepEqual(await written(), [row]);
  });

  it('leaves an event alone that another window is sending, and shows what becomes of it', async () => {
    const theirs = open({ processId: 4711 });
    const entry = await theirs.history.begin(event);
    const mine = open();
    assert.deepEqual(await mine.history.entries(), [entry]);
    const settled = await theirs.history.settle(entry, accepted);
    const changed = new Promise((resolve) => mine.history.onDidChange(resolve));
    mine.watcher.written(entry.id);
    assert.deepEqual(await changed, settled);
    mine.history.dispose();
  });

  it('shows what another window learns of an event that this one sent', async () => {
    const mine = open();
    const entry = await mine.history.settle(await mine.history.begin(event), accepted);
    const theirs = open();
    await theirs.history.entries();
    await theirs.history.update(entry.id, { followed: 'succeeded' });
    const changed = new Promise<HistoryEntry | undefined>((resolve) =>
      mine.history.onDidChange(resolve),
    );
    mine.watcher.written(entry.id);
    assert.equal((await changed)?.followed, 'succeeded');
  });

  it('hears of its own writes without a change', async () => {
    const { history, watcher } = open();
    const entry = await history.settle(await history.begin(event), accepted);
    let changes = 0;
    history.onDidChange(() => changes++);
    watcher.written(entry.id);
    // Reads the same file, after the one that the watcher has begun.
    await new HistoryFiles(folder).read(entry.id);
    await history.update(entry.id, { logGroup: 'g' });
    assert.equal(changes, 1);
  });

  it('keeps the newest after the clock was set back', async () => {
    const { history } = open({ limit: () => 1 });
    await history.settle(await history.begin({ ...event, functionName: 'old' }), accepted);
    const back = { ...event, functionName: 'new', sentAt: event.sentAt - 500 };
    await history.settle(await history.begin(back), accepted);
    assert.deepEqual(await names(history), ['new']);
    assert.equal((await written()).length, 1);
  });

  it('applies a lower limit at once', async () => {
    let limit = 3;
    const { history } = open({ limit: () => limit });
    for (const functionName of ['a', 'b', 'c']) {
      await history.settle(await history.begin({ ...event, functionName }), accepted);
    }
    limit = 1;
    await history.trim();
    assert.deepEqual(await names(history), ['c']);
    assert.equal((await written()).length, 1);
  });

  it('clears all that is there, half-written files and those of other versions too', async () => {
    const { history } = open();
    await history.settle(await history.begin(event), accepted);
    await writeFile(join(folder, '5-half.json.tmp'), '{"payload":{"text":"secr');
    await writeFile(join(folder, '6-future.json'), '{"version":9,"payload":"secret"}');
    await history.clear();
    assert.deepEqual(await readdir(folder), []);
  });

  it('keeps an event that is being sent when it is cleared', async () => {
    const { history } = open();
    const entry = await history.begin(event);
    await history.clear();
    await history.settle(entry, accepted);
    assert.deepEqual(await names(history), ['orders']);
    assert.equal((await written()).length, 1);
  });

  it('skips a file of another version, and shows the others', async () => {
    const { history } = open();
    await history.settle(await history.begin(event), accepted);
    await writeFile(join(folder, '6-future.json'), '{"id":"6-future","kind":"parked"}');
    await writeFile(join(folder, '7-half.json'), '{"id":"7-half"');
    assert.deepEqual(await names(open().history), ['orders']);
  });

  it('sends although the folder cannot be written, and says so', async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, 'no folder');
    const { history, warnings } = open();
    const entry = await history.begin(event);
    assert.equal(entry.functionName, 'orders');
    assert.match(warnings.join(), /could not be saved in the history/);
  });
});
