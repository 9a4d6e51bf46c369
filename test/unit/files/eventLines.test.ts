import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdtemp,
  open,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import {
  EventFile,
  EventFileChanged,
  type EventLine,
  EventLineSplitter,
  type LinePosition,
  longestLineBytes,
} from '../../../src/files/eventLines';

const megabyte = 1024 * 1024;

/** What a line says, its bytes as text. */
function shown({ number, offset, length, bytes }: EventLine): unknown[] {
  return [number, offset, length, bytes && Buffer.from(bytes).toString('latin1')];
}

/** The lines of a whole file, found in the plainest way. */
function naiveLines(file: Buffer): unknown[][] {
  const text = file.toString('latin1');
  const mark = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  let offset = mark;
  return text
    .slice(mark)
    .split('\n')
    .flatMap((raw, index) => {
      const line = raw.replace(/\r$/, '');
      const found = /[^ \t\r]/.test(line) ? [[index + 1, offset, line.length, line]] : [];
      offset += raw.length + 1;
      return found;
    });
}

function splitAt(file: Buffer, cuts: readonly number[]): unknown[][] {
  const splitter = new EventLineSplitter();
  const ends = [...cuts.toSorted((a, b) => a - b), file.length];
  let from = 0;
  const lines = ends.flatMap((to) => {
    const found = splitter.split(file.subarray(from, to));
    from = to;
    return found;
  });
  const last = splitter.end();
  return [...lines, ...(last ? [last] : [])].map(shown);
}

const files = fc
  .array(
    fc.constantFrom('\n', '\r\n', '\r', ' ', '\t', '\ufeff', '{"a":1}', '"ü"', 'x', '\u00a0'),
    { maxLength: 14 },
  )
  .map((parts) => Buffer.from(parts.join('')));

describe('EventLineSplitter', () => {
  it('finds what splitting the whole file finds, wherever its chunks end', () => {
    fc.assert(
      fc.property(files, (file) => {
        const expected = naiveLines(file);
        assert.deepEqual(splitAt(file, []), expected);
        for (let cut = 0; cut <= file.length; cut++)
          assert.deepEqual(splitAt(file, [cut]), expected);
        assert.deepEqual(splitAt(file, [...file.keys()]), expected);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same lines from each line on', () => {
    fc.assert(
      fc.property(files, (file) => {
        const all = naiveLines(file);
        for (const [index, [number, offset]] of all.entries()) {
          const from = { number: Number(number), offset: Number(offset) };
          const splitter = new EventLineSplitter(from);
          const lines = splitter.split(file.subarray(from.offset));
          const last = splitter.end();
          assert.deepEqual([...lines, ...(last ? [last] : [])].map(shown), all.slice(index));
        }
      }),
    );
  });

  it('skips a byte order mark at the start alone, and takes a part of one for text', () => {
    const mark = [0xef, 0xbb, 0xbf];
    assert.deepEqual(splitAt(Buffer.from([...mark, 0x31]), [1, 2]), [[1, 3, 1, '1']]);
    assert.deepEqual(splitAt(Buffer.from(mark), [1]), []);
    assert.deepEqual(splitAt(Buffer.from([0xef, 0xbb]), [1]), [[1, 0, 2, '\xef\xbb']]);
    assert.deepEqual(splitAt(Buffer.from([0xef, 0xbb, 0x31]), [1]), [[1, 0, 3, '\xef\xbb1']]);
    assert.deepEqual(splitAt(Buffer.from([...mark, ...mark]), []), [[1, 3, 3, '\xef\xbb\xbf']]);
  });

  it('holds a line of the longest length that can be sent, and measures longer ones', () => {
    for (const lineEnd of ['', '\n', '\r\n']) {
      const longest = Buffer.from('x'.repeat(longestLineBytes) + lineEnd);
      const longer = Buffer.from('x'.repeat(longestLineBytes + 1) + lineEnd);
      for (const cuts of [[], [5], [longestLineBytes], [longestLineBytes + 1]]) {
        const [held] = splitAt(longest, cuts);
        assert.deepEqual(held?.slice(0, 3), [1, 0, longestLineBytes]);
        assert.equal(String(held?.[3]).length, longestLineBytes);
        assert.deepEqual(splitAt(longer, cuts), [[1, 0, longestLineBytes + 1, undefined]]);
      }
    }
  });
});

describe('EventFile', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-lines-'));
    path = join(folder, 'events.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function opened(at = path): Promise<EventFile> {
    const file = await EventFile.open(at);
    assert.ok(file instanceof EventFile);
    return file;
  }

  async function linesOf(file: EventFile, from?: LinePosition): Promise<EventLine[]> {
    const lines: EventLine[] = [];
    for await (const found of file.lines(from)) lines.push(...found);
    return lines;
  }

  it('reads a file of many chunks, and each line again by its offset', async () => {
    const text = Array.from(
      { length: 40_000 },
      (_, at) => `{"id":${at},"text":"${'ü'.repeat(40)}"}`,
    );
    const bytes = Buffer.from(`\ufeff${text.join('\r\n')}`);
    assert.ok(bytes.length > 3 * megabyte);
    await writeFile(path, bytes);
    const file = await opened();
    assert.equal(file.size, bytes.length);
    const lines = await linesOf(file);
    assert.deepEqual(lines.map(shown), naiveLines(bytes));
    for (const { offset, length, bytes: held } of [lines[0], lines[29_999]].flatMap((l) => l ?? []))
      assert.deepEqual(await file.read(offset, length), held);
    await file.close();
  });

  it('goes on from any line', async () => {
    await writeFile(path, '1\n\n22\n333');
    const file = await opened();
    const lines = await linesOf(file, { offset: 3, number: 3 });
    assert.deepEqual(lines.map(shown), [
      [3, 3, 2, '22'],
      [4, 6, 3, '333'],
    ]);
    await file.close();
  });

  it('finds no line in a file that is empty or blank', async () => {
    for (const text of ['', '\ufeff', '\n\r\n \t\r\n']) {
      await writeFile(path, text);
      const file = await opened();
      assert.deepEqual(await linesOf(file), []);
      await file.close();
    }
  });

  it('takes binary files for lines of bytes', async () => {
    const bytes = Buffer.from(Array.from({ length: 1024 }, (_, at) => (at * 7) % 256));
    await writeFile(path, bytes);
    const file = await opened();
    assert.deepEqual((await linesOf(file)).map(shown), naiveLines(bytes));
    await file.close();
  });

  it('holds nothing of a line of 2 GB', async () => {
    await writeFile(path, '');
    await truncate(path, 2 * 1024 * megabyte);
    await appendFile(path, '\n{}\n');
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const looks = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 10);
    const file = await opened();
    assert.deepEqual((await linesOf(file)).map(shown), [
      [1, 0, 2 * 1024 * megabyte, undefined],
      [2, 2 * 1024 * megabyte + 1, 2, '{}'],
    ]);
    clearInterval(looks);
    assert.ok(most > 0 && most < 200 * megabyte, `${most} bytes`);
    await file.close();
  });

  it('opens regular files alone, and says why not', async function () {
    const unread = async (at: string) => {
      const reading = await EventFile.open(at);
      assert.ok(!(reading instanceof EventFile));
      return reading;
    };
    assert.deepEqual(await unread(path), { kind: 'missing' });
    assert.deepEqual(await unread(folder), { kind: 'notAFile', what: 'folder' });
    if (process.platform === 'win32') this.skip();
    execFileSync('mkfifo', [path]);
    assert.deepEqual(await unread(path), { kind: 'notAFile', what: 'special' });
    await symlink('/dev/zero', join(folder, 'zero'));
    assert.deepEqual(await unread(join(folder, 'zero')), { kind: 'notAFile', what: 'special' });
    await writeFile(join(folder, 'file'), '1');
    await symlink('file', join(folder, 'link'));
    const file = await opened(join(folder, 'link'));
    assert.equal((await linesOf(file)).length, 1);
    await file.close();
  });

  describe('of a file that is changed while it is read', () => {
    const line = `"${'x'.repeat(1000)}"\n`;
    const changes: Record<string, () => Promise<void>> = {
      grows: () => appendFile(path, line),
      shrinks: () => truncate(path, 10),
      'is emptied': () => writeFile(path, ''),
      'is written over': async () => {
        const handle = await open(path, 'r+');
        await handle.write('{}', 0);
        await handle.close();
        // File systems tell times apart by some milliseconds.
        await utimes(path, new Date(), new Date(Date.now() + 10_000));
      },
    };
    for (const [name, change] of Object.entries(changes)) {
      it(`stops when it ${name}`, async () => {
        await writeFile(path, line.repeat(5000));
        const file = await opened();
        const lines = file.lines();
        assert.ok(!(await lines.next()).done);
        await change();
        await assert.rejects(lines.next(), EventFileChanged);
        await assert.rejects(file.read(0, 5), EventFileChanged);
        await file.close();
      });
    }

    it('reads the old one to its end when another takes its name', async () => {
      await writeFile(path, line.repeat(5000));
      const file = await opened();
      const lines = file.lines();
      let count = (await lines.next()).value?.length ?? 0;
      await writeFile(join(folder, 'new'), '{}');
      await rename(join(folder, 'new'), path);
      for await (const found of lines) count += found.length;
      assert.equal(count, 5000);
      await file.close();
    });
  });
});
