import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Glances } from '../../../src/core/payload/losses';
import type { Problem } from '../../../src/core/problem';
import { scanJson } from '../../../src/core/payload/scan';
import { checkSyntax } from '../../../src/core/payload/syntax';
import { applyFixes } from './applyFixes';

/** Pieces of JSON and of what people take for JSON, to be inserted anywhere. */
const pieces =
  String.raw`{ } [ ] , : " ' \ / - + . 0 e1 null True NaN 01 1e999 “ ” //x /* */ \u12 \ud83d "a": 𝒳`
    .split(' ')
    .concat(' ', '\n', '\r\n', '\t', '\u00a0', '\ufeff', '\u2028', '\u0001', '\ud83d', '\ude00');

const mutations = fc.array(
  fc.record({
    at: fc.nat(),
    remove: fc.nat({ max: 3 }),
    insert: fc.oneof(fc.constant(''), fc.constantFrom(...pieces)),
  }),
  { maxLength: 5 },
);

/** JSON texts with up to five insertions and deletions. */
const nearlyJson = fc
  .tuple(fc.json({ maxDepth: 3 }), fc.constantFrom(undefined, 2), mutations)
  .map(([json, indent, changes]) =>
    changes.reduce(
      (text, { at, remove, insert }) => {
        const offset = at % (text.length + 1);
        return text.slice(0, offset) + insert + text.slice(offset + remove);
      },
      JSON.stringify(JSON.parse(json), null, indent),
    ),
  );

const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));

describe('checkSyntax, for any text', () => {
  it('finds an error exactly when JSON.parse refuses the text', () => {
    forAny((text) => {
      const errors = errorsOf(text);
      assert.equal(errors.length === 0, isJson(text), describeProblems(text, errors));
    });
  });

  it('marks places inside the text, in order', () => {
    forAny((text) => {
      let last = 0;
      for (const { range } of checkSyntax(text).problems) {
        assert.ok(
          range.start >= last && range.end >= range.start && range.end <= text.length,
          text,
        );
        last = range.start;
      }
    });
  });

  it('leads to JSON when its fixes are applied', () => {
    forAny((text) => {
      let fixed = text;
      for (let round = 0; round < 20 && !isJson(fixed); round++)
        fixed = applyFixes(fixed, errorsOf(fixed));
      assert.ok(isJson(fixed), `${JSON.stringify(text)} became ${JSON.stringify(fixed)}`);
    });
  });
});

/** Elements of an array, of which some do not arrive as they are written. */
const elements = [
  ...'1 -0.5 9007199254740993 1e400 "a" "9007199254740993" {} [] null "\\":" "\\\\"'.split(' '),
  '{"a": 1}',
  '{"a": 1, "a": 2}',
  '{"a" :{"a":\n1}}',
  '{\n"a": 1,\r\n"b": [2]}',
  '{\n"a": "b",\n"a": 9007199254740993\n}',
  '{"\\u0061":\n1,\n"a": "c: d"}',
];
const arrays = fc
  .tuple(fc.constantFrom('', '\n'), fc.array(fc.constantFrom(...elements), { maxLength: 6 }))
  .map(([start, items]) => `${start}[${items.join(',\n')}]`);

describe('checkSyntax, for one version of a text after the other', () => {
  it('finds in each what it finds in that alone', () => {
    const versions = fc.array(fc.oneof(arrays, nearlyJson), { maxLength: 8 });
    const check = (texts: readonly string[]) => {
      const glances = new Glances();
      for (const text of texts)
        assert.deepEqual(checkSyntax(text, glances), checkSyntax(text), JSON.stringify(texts));
    };
    fc.assert(fc.property(versions, check), { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2000) });
  });
});

function forAny(check: (text: string) => void): void {
  fc.assert(fc.property(fc.oneof(nearlyJson, soup, fc.string({ unit: 'binary' })), check), {
    numRuns: Number(process.env['FUZZ_RUNS'] ?? 2000),
  });
}

const ignore = () => {};
const nobody = { open: ignore, close: ignore, key: ignore, scalar: ignore };

/** By the scan itself: checkSyntax asks it only when JSON.parse has refused. */
function errorsOf(text: string): Problem[] {
  return scanJson(text, nobody).filter(({ severity }) => severity === 'error');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function describeProblems(text: string, problems: readonly Problem[]): string {
  return `${JSON.stringify(text)}: ${problems.map(({ message }) => message).join(' ')}`;
}
