import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { payloadLimitBytes } from '../../../src/core/limits';
import {
  checkEventFile,
  type EventFileCheck,
  type EventFileCheckOptions,
  maySend,
} from '../../../src/files/eventFileCheck';
import { EventFile, EventFileChanged } from '../../../src/files/eventLines';

describe('checkEventFile', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-check-'));
    path = join(folder, 'events.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function opened(content: string | Uint8Array): Promise<EventFile> {
    await writeFile(path, content);
    const file = await EventFile.open(path);
    assert.ok(file instanceof EventFile);
    return file;
  }

  async function checked(
    content: string | Uint8Array,
    options: Partial<EventFileCheckOptions> = {},
  ): Promise<EventFileCheck> {
    const file = await opened(content);
    try {
      return await checkEventFile(file, { api: 'Invoke', ...options });
    } finally {
      await file.close();
    }
  }

  it('counts lines, blank lines and bytes, and hashes the file', async () => {
    const text = '\ufeff{"a":1}\r\n\r\n  \n"ü"\n12';
    assert.deepEqual(await checked(text), {
      size: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
      lines: 3,
      blankLines: 2,
      bytes: 7 + 4 + 2,
      invalid: 0,
      problems: [],
      largest: { line: 1, bytes: 7 },
    });
  });

  it('finds no line in an empty file', async () => {
    const { largest, sha256, ...counts } = await checked('');
    assert.equal(largest, undefined);
    assert.equal(sha256, createHash('sha256').digest('hex'));
    const none = { size: 0, lines: 0, blankLines: 0, bytes: 0, invalid: 0, problems: [] };
    assert.deepEqual(counts, none);
  });

  it('says of each invalid line why it is', async () => {
    const notUtf8 = Buffer.from([0x22, 0xff, 0x22, 0x0a]);
    const lines = Buffer.from(`{"a":1,}\n{}\n{} {}\n\n'x'\n`);
    const { invalid, problems } = await checked(Buffer.concat([lines, notUtf8]));
    assert.equal(invalid, 4);
    assert.deepEqual(problems, [
      { line: 1, message: 'JSON does not allow trailing commas.' },
      { line: 3, message: 'A payload is a single JSON value, which ends before this.' },
      { line: 5, message: 'JSON strings must be in double quotes.' },
      { line: 6, message: 'This line is not valid UTF-8.' },
    ]);
  });

  it('holds lines against the size limit of the call', async () => {
    const quoted = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;
    const { InvokeAsync, Event } = payloadLimitBytes;
    const text = [InvokeAsync, InvokeAsync + 1, Event, Event + 1].map(quoted).join('\n');
    const messages = async (api: 'InvokeAsync' | 'Invoke') =>
      (await checked(text, { api })).problems.map(({ line, message }) => `${line} ${message}`);
    assert.deepEqual(await messages('InvokeAsync'), [
      '2 This payload has 262,145 bytes; InvokeAsync accepts at most 262,144. Invoke accepts up to 1,048,576.',
      '3 This payload has 1,048,576 bytes; InvokeAsync accepts at most 262,144. Invoke accepts up to 1,048,576.',
      '4 This payload has 1,048,577 bytes; InvokeAsync accepts at most 262,144.',
    ]);
    assert.deepEqual(await messages('Invoke'), [
      '4 This payload has 1,048,577 bytes; Invoke accepts at most 1,048,576.',
    ]);
    const { largest } = await checked(text);
    assert.deepEqual(largest, { line: 4, bytes: Event + 1 });
  });

  it('names the first hundred invalid lines and counts all, letting others have their turn', async () => {
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    const { invalid, problems } = await checked('{"a":}\n'.repeat(50_000));
    clearInterval(others);
    assert.equal(invalid, 50_000);
    assert.deepEqual(
      problems.map(({ line }) => line),
      Array.from({ length: 100 }, (_, at) => at + 1),
    );
    assert.ok(turns > 0);
  });

  it('tells how far it is, and stops when it is told to', async () => {
    const line = `"${'x'.repeat(998)}"\n`;
    const progress: number[] = [];
    const file = await opened(line.repeat(2000));
    await checkEventFile(file, { api: 'Invoke', onProgress: (bytes) => progress.push(bytes) });
    assert.ok(progress.length > 3);
    assert.equal(progress.at(-1), file.size);
    const stop = new AbortController();
    const stopped = checkEventFile(file, {
      api: 'Invoke',
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await assert.rejects(stopped, { name: 'AbortError' });
    await file.close();
  });

  it('says nothing of a file that changes meanwhile', async () => {
    const file = await opened(`"${'x'.repeat(998)}"\n`.repeat(2000));
    let isChanged = false;
    const onProgress = () => {
      if (!isChanged) truncateSync(path, 10);
      isChanged = true;
    };
    await assert.rejects(checkEventFile(file, { api: 'Invoke', onProgress }), EventFileChanged);
    await file.close();
  });

  it('measures a line of gigabytes that does not end', async () => {
    await writeFile(path, '{}\n');
    await truncate(path, 3e8);
    await appendFile(path, '\n[]');
    const file = await EventFile.open(path);
    assert.ok(file instanceof EventFile);
    const { lines, invalid, problems, largest } = await checkEventFile(file, { api: 'Invoke' });
    await file.close();
    assert.deepEqual(
      { lines, invalid, largest },
      { lines: 3, invalid: 1, largest: { line: 2, bytes: 3e8 - 3 } },
    );
    assert.match(problems[0]?.message ?? '', /^This payload has 299,999,997 bytes; Invoke accepts/);
  });
});

describe('maySend', () => {
  it('accepts just the bytes that are UTF-8 and that JSON.parse accepts', () => {
    const pieces = fc.constantFrom(
      ...String.raw`{ } [ ] , : " "a" 1 - null \ ü 😀`.split(' '),
      ...' \t\r\u0001\u007f\u0085\u00a0\u2028\ufeff'.split(''),
    );
    const soup = fc
      .array(fc.oneof(pieces, fc.json()), { maxLength: 6 })
      .map((parts) => Buffer.from(parts.join('')));
    const bytes = fc.oneof(soup, soup.map(withoutOneByte), fc.uint8Array({ maxLength: 6 }));
    fc.assert(
      fc.property(bytes, (line) => {
        const found = maySend({ number: 1, offset: 0, length: line.length, bytes: line }, 'Invoke');
        assert.equal(found, isUtf8Json(line), JSON.stringify(Buffer.from(line).toString()));
      }),
      { numRuns: 3000 },
    );
  });
});

function withoutOneByte(bytes: Buffer): Buffer {
  const at = bytes.length >> 1;
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
}

function isUtf8Json(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}
