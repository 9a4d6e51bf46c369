import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DamagedFrame } from '../../../src/sendFile/frames';
import { Journal, NoJournal, readJournal } from '../../../src/sendFile/journal';
import type { JournalHeader, LinePlace } from '../../../src/sendFile/journalEntries';

const header: JournalHeader = {
  format: 1,
  startedAt: '2026-11-29T00:00:00.000Z',
  target: { api: 'Invoke', functionName: 'orders', region: 'us-east-1' },
  file: { path: '/events.jsonl', size: 100, sha256: 'abc', lines: 10 },
};

/** Line `number` of a file whose lines have nine bytes and a line feed. */
function line(number: number): LinePlace {
  return { number, offset: (number - 1) * 10, length: 9 };
}

describe('the journal of a run', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-journal-'));
    path = join(folder, 'run', 'journal');
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('has an intent on disk when it says so', async () => {
    const journal = await Journal.create(path, header);
    await journal.intend(line(1));
    // What a process that is killed now leaves.
    const { state } = await readJournal(path);
    assert.deepEqual([...state.open.values()], [line(1)]);
    await journal.close();
  });

  it('writes the intents of one turn together', async () => {
    const journal = await Journal.create(path, header);
    const { size } = await stat(path);
    await Promise.all([1, 2, 3].map((number) => journal.intend(line(number))));
    const frames = (await readFile(path)).subarray(size);
    assert.equal(frames.readUInt32LE(0), frames.length - 8);
    await journal.close();
  });

  it('adds up what became of the lines, in any order', async () => {
    const journal = await Journal.create(path, header);
    for (const number of [1, 2, 3, 4, 5]) await journal.intend(line(number));
    journal.settle(line(3), { kind: 'accepted', status: 202, requestId: 'id-3' });
    journal.settle(line(1), { kind: 'rejected', status: 400, requestId: 'id-1', name: 'Bad' });
    journal.settle(line(2), { kind: 'unknown', name: 'ECONNRESET' });
    journal.giveBack(line(5));
    await journal.close();

    const again = await Journal.resume(path);
    assert.deepEqual(again.header, header);
    const { state } = again;
    assert.deepEqual(state.counts, { accepted: 1, rejected: 1, unknown: 1, invalid: 0 });
    assert.deepEqual(state.errors, [
      { kind: 'rejected', name: 'Bad', count: 1 },
      { kind: 'unknown', name: 'ECONNRESET', count: 1 },
    ]);
    assert.deepEqual([...state.open.values()], [line(4)]);
    assert.deepEqual([...state.returned.values()], [line(5)]);
    assert.deepEqual(state.last, line(5));
    assert.equal(state.isFinished, false);
    await again.close();
  });

  it('goes on after a crash at any byte, with what was whole', async () => {
    const journal = await Journal.create(path, header);
    const ends = [(await stat(path)).size];
    for (const number of [1, 2, 3]) {
      await journal.intend(line(number));
      ends.push((await stat(path)).size);
    }
    await journal.close();
    const whole = await readFile(path);
    for (let cut = ends[0] ?? 0; cut <= whole.length; cut++) {
      await writeFile(path, whole.subarray(0, cut));
      const again = await Journal.resume(path);
      const lines = ends.filter((end) => end <= cut).length - 1;
      assert.equal(again.state.open.size, lines, `cut at ${cut}`);
      // What is written next is read after the cut.
      await again.intend(line(lines + 1));
      await again.close();
      assert.equal((await readJournal(path)).state.open.size, lines + 1, `cut at ${cut}`);
    }
  });

  it('goes on as what it began, and not with what a newer version wrote', async () => {
    const durable: JournalHeader = { ...header, format: 2, executionSeed: 'abc' };
    await (await Journal.create(path, durable)).close();
    const again = await Journal.resume(path);
    assert.deepEqual(again.header, durable);
    await again.close();
    for (const newer of [
      { ...durable, format: 3 },
      { ...header, format: 2 },
      { ...durable, format: 1 },
    ]) {
      await rm(path);
      await (await Journal.create(path, newer as JournalHeader)).close();
      await assert.rejects(Journal.resume(path), NoJournal);
    }
  });

  it('is none when its beginning is cut', async () => {
    const journal = await Journal.create(path, header);
    await journal.close();
    const whole = await readFile(path);
    for (const cut of [0, 1, 8, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, cut));
      await assert.rejects(Journal.resume(path), NoJournal, `cut at ${cut}`);
    }
  });

  it('takes zeros after a power failure for a torn end', async () => {
    const journal = await Journal.create(path, header);
    await journal.intend(line(1));
    await journal.close();
    await appendFile(path, Buffer.alloc(5000));
    assert.equal((await readJournal(path)).state.open.size, 1);
  });

  it('is damaged when frames follow a wrong one', async () => {
    const journal = await Journal.create(path, header);
    const at = (await stat(path)).size;
    await journal.intend(line(1));
    await journal.intend(line(2));
    await journal.close();
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(at + 12) ^ 1, at + 12);
    await writeFile(path, bytes);
    await assert.rejects(Journal.resume(path), DamagedFrame);
  });

  it('never overwrites a journal', async () => {
    await (await Journal.create(path, header)).close();
    await assert.rejects(Journal.create(path, header), { code: 'EEXIST' });
  });

  it('lets no line pass after one whose intent could not be written', async () => {
    const journal = await Journal.create(path, header);
    await journal.intend(line(1));
    await closeUnder(journal);
    await assert.rejects(journal.intend(line(2)));
    await assert.rejects(journal.intend(line(3)));
    await journal.close().catch(() => {});
    assert.deepEqual([...(await readJournal(path)).state.open.values()], [line(1)]);
  });

  it('reads 100,000 lines of which few are under way', async () => {
    const journal = await Journal.create(path, header);
    for (let number = 1; number <= 100_000; number++) {
      const intended = journal.intend(line(number));
      if (number > 1) journal.settle(line(number - 1), { kind: 'accepted', status: 202 });
      if (number % 100 === 0) await intended;
    }
    await journal.close();
    const { state } = await readJournal(path);
    assert.equal(state.counts.accepted, 99_999);
    assert.equal(state.open.size, 1);
  });
});

/** As if the disk had gone. */
async function closeUnder(journal: Journal): Promise<void> {
  const { file } = journal as unknown as { file: { close(): Promise<void> } };
  await file.close();
}
