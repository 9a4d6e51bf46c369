import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { scanJson } from '../../../src/core/payload/scan';
import { type JsonVisitor, walkJson } from '../../../src/core/payload/walk';

describe('walkJson', () => {
  it('tells the parts of a text in their order', () => {
    assert.deepEqual(partsOf(walkJson, '{"a": [-1.5, "x\\"]"], "b":{}}'), [
      ['open', 0],
      ['key', 1, 4],
      ['open', 6],
      ['scalar', 7, 11],
      ['scalar', 13, 19],
      ['close', 20],
      ['key', 22, 25],
      ['open', 26],
      ['close', 28],
      ['close', 29],
    ]);
  });

  it('tells of any JSON what the scan tells that looks for faults', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        assert.deepEqual(partsOf(walkJson, text), partsOf(scanJson, text));
      }),
      { numRuns: 1000 },
    );
  });

  it('comes to the end of any text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, length) => {
        const text = JSON.stringify(value);
        const cutOff = text.slice(0, length % (text.length + 1));
        let parts = 0;
        const count = () => assert.ok(++parts <= cutOff.length, cutOff);
        walkJson(cutOff, { open: count, close: count, key: count, scalar: count });
      }),
    );
  });
});

function partsOf(read: (text: string, visitor: JsonVisitor) => unknown, text: string): unknown[] {
  const parts: unknown[] = [];
  read(text, {
    open: (start) => parts.push(['open', start]),
    close: (end) => parts.push(['close', end]),
    key: (start, end) => parts.push(['key', start, end]),
    scalar: (start, end) => parts.push(['scalar', start, end]),
  });
  return parts;
}
