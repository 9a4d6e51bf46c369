import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutText, lineLimitBytes, responseLimitBytes } from '../../../src/local/byteLimits';
import { encodeFrame, FrameError, FrameReader } from '../../../src/local/frames';
import { LineSplitter } from '../../../src/local/lineSplitter';
import { LogStore } from '../../../src/local/logStore';

/** Bytes in pieces that end anywhere. */
const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 40 });

function pieces(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  let at = 0;
  const parts = sizes.map((size) => bytes.subarray(at, (at += size)));
  return [...parts, bytes.subarray(at)];
}

describe('the lines of a stream', () => {
  it('are the same wherever its pieces end', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '€', '🦊', '\0') });
    fc.assert(
      fc.property(text, cuts, (whole, sizes) => {
        const splitter = new LineSplitter();
        const lines = pieces(Buffer.from(whole), sizes).flatMap((part) =>
          Array.from(splitter.split(part)),
        );
        const rest = splitter.rest();
        const expected = whole.split(/\r?\n/).filter((line) => line !== '');
        const found = [...lines, ...(rest ? [rest] : [])];
        assert.deepEqual(
          found,
          expected.map((line) => ({ text: line, omittedBytes: 0 })),
        );
        assert.equal(splitter.rest(), undefined);
      }),
    );
  });

  it('lose no byte uncounted when they are long', () => {
    for (const unit of ['x', 'é', '€', '🦊']) {
      const splitter = new LineSplitter();
      const part = Buffer.from(unit.repeat(100_000));
      for (let n = 0; n < 5; n += 1) assert.deepEqual(Array.from(splitter.split(part)), []);
      const [line] = splitter.split(Buffer.from('\n'));
      const kept = Buffer.byteLength(line?.text ?? '');
      assert.equal(line?.text, unit.repeat(kept / Buffer.byteLength(unit)));
      assert.ok(kept <= lineLimitBytes && kept > lineLimitBytes - 4);
      assert.equal(kept + line.omittedBytes, 5 * part.byteLength);
    }
  });
});

describe('a text that is cut', () => {
  it('is its beginning, without half a character, and what is omitted is counted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (whole, limit) => {
        const { text, omittedBytes } = cutText(whole, limit);
        const bytes = Buffer.byteLength(text);
        assert.ok(whole.startsWith(text));
        assert.equal(bytes + omittedBytes, Buffer.byteLength(whole));
        assert.ok(bytes <= limit);
        assert.ok(omittedBytes === 0 || bytes > limit - 4);
      }),
    );
  });
});

describe('the frames of a stream', () => {
  it('are the same wherever its pieces end', () => {
    const frame = fc.record({ n: fc.nat(), body: fc.string({ unit: 'binary' }) });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 4 }), cuts, (frames, sizes) => {
        const stream = Buffer.concat(frames.map(({ n, body }) => encodeFrame({ n }, body)));
        const reader = new FrameReader();
        const read = pieces(stream, sizes).flatMap((part) => [...reader.read(part)]);
        assert.deepEqual(
          read.map(({ header, body }) => [header, body.toString()]),
          frames.map(({ n, body }) => [{ n }, Buffer.from(body).toString()]),
        );
      }),
    );
  });

  const lengths = (header: number, body: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(header, 0);
    bytes.writeUInt32BE(body, 4);
    return bytes;
  };
  const broken = [
    { what: 'no header', bytes: lengths(0, 1) },
    { what: 'a header of gigabytes', bytes: lengths(0xffffffff, 0) },
    { what: 'a body over the limit', bytes: lengths(2, responseLimitBytes + 1) },
    { what: 'a header that is no JSON', bytes: Buffer.concat([lengths(2, 0), Buffer.from('{x')]) },
    {
      what: 'a header that is no object',
      bytes: Buffer.concat([lengths(2, 0), Buffer.from('[]')]),
    },
  ];
  for (const { what, bytes } of broken) {
    it(`end with ${what}`, () => {
      assert.throws(() => [...new FrameReader().read(bytes)], FrameError);
    });
  }
});

describe('the logs that are kept', () => {
  it('are the newest, and those of a silent function stay beside a flood', () => {
    const store = new LogStore();
    store.append('quiet', 's', 'kept');
    for (let n = 0; n < 200; n += 1)
      store.append('loud', 's', `${n} ${'x'.repeat(lineLimitBytes)}`);
    assert.deepEqual(
      store.events('quiet')?.map(({ message }) => message),
      ['kept'],
    );
    const loud = store.events('loud') ?? [];
    const characters = loud.reduce((sum, { message }) => sum + message.length, 0);
    assert.ok(characters <= 16 * 1024 * 1024 && characters > 8 * 1024 * 1024);
    assert.match(loud.at(-1)?.message ?? '', /^199 /);
    assert.ok(loud.every(({ message }) => message.length <= lineLimitBytes));
  });

  it('are 20,000 of a group at most', () => {
    const store = new LogStore();
    for (let n = 0; n < 50_000; n += 1) store.append('loud', 's', String(n));
    const loud = store.events('loud') ?? [];
    assert.ok(loud.length <= 20_000 && loud.length > 15_000);
    assert.equal(loud.at(-1)?.message, '49999');
  });
});
