import assert from 'node:assert/strict';
import { checkSyntax } from '../../../src/core/payload/syntax';
import { applyFixes } from './applyFixes';
import { accepted, refused } from './jsonCases';
import { unmarked } from './unmarked';

describe('checkSyntax, by the cases of JSONTestSuite', () => {
  for (const [name, text] of Object.entries(accepted)) {
    it(`accepts ${name}, as JSON.parse does`, () => {
      assert.deepEqual(checkSyntax(text).value, JSON.parse(text));
      assert.deepEqual(errorsOf(text), []);
    });
  }

  for (const [name, text] of Object.entries(refused)) {
    it(`refuses ${name}, as JSON.parse does`, () => {
      assert.throws(() => JSON.parse(text), SyntaxError);
      assert.equal(checkSyntax(text).value, undefined);
      assert.ok(errorsOf(text).length > 0);
    });
  }
});

/** Each text, the places that are marked («…») in it, and what its fixes make of it. */
const faults: readonly (readonly [name: string, marked: string, fixed: string])[] = [
  ['an empty file', '«»', '{}'],
  ['blanks only', '« \n»', ' \n{}'],
  ['a byte order mark', '«\ufeff»{"a":1}', '{"a":1}'],
  ['a line comment', '{«// why»\n"a":1}', '{\n"a":1}'],
  ['a comment that has lines for itself', '{\n  «/* why\n  not */»\n  "a":1\n}', '{\n  "a":1\n}'],
  ['a comment after the end', '{} «// end»', '{}'],
  ['a comment that is never closed', '[1] «/* end»', '[1]'],
  ['trailing commas', '{"a":[1«,»],"b":2«,»\n}', '{"a":[1],"b":2\n}'],
  ['commas with nothing before them', '[«,»1,«,»2]', '[1,2]'],
  ['a missing comma', '{"a":1 «"»b":2}', '{"a":1, "b":2}'],
  ['a missing colon', '{"a" «1»}', '{"a": 1}'],
  ['a colon for a comma', '["a"«:»1]', '["a",1]'],
  ['two colons', '{"a":«:»1}', '{"a":1}'],
  ['a key without a value', '{«"a"»,«"b":»}', '{"a": null,"b": null}'],
  ['a value without a key', '{«{»}}', '{"": {}}'],
  ['single quotes', `{«'a'»: «'it\\'s "so"'»}`, `{"a": "it's \\"so\\""}`],
  ['typographic quotes', '{«“a”»: «‘b’»}', '{"a": "b"}'],
  ['bare keys', '{«a»: 1, «$b-c»: 2}', '{"a": 1, "$b-c": 2}'],
  ['NaN and its like', '[«NaN», «-Infinity», «undefined»]', '[null, null, null]'],
  ['literals of Python', '[«None», «True», «False»]', '[null, true, false]'],
  ['numbers of other notations', '[«+1», «.5», «-5.», «007»]', '[1, 0.5, -5.0, 7]'],
  ['bare words', '[«hello», «0x1F»]', '["hello", "0x1F"]'],
  ['bad escapes', '["«\\x»41 «\\u12»"]', '["\\\\x41 \\\\u12"]'],
  ['raw control characters', '["a«\t»b«\u0001»"]', '["a\\tb\\u0001"]'],
  ['a string that is not closed', '{"a": «"b»,\n"c": 1}', '{"a": "b",\n"c": 1}'],
  ['brackets that are not closed', '{"a": «[»1, 2', '{"a": [1, 2]}'],
  ['the wrong bracket', '{"a": [1, 2«}», "b": 3}', '{"a": [1, 2], "b": 3}'],
  ['a bracket too many', '{}«}»', '{}'],
  ['text after the end', '{"a":1}\n«{"b":2}»\n', '{"a":1}\n\n'],
  ['a no-break space', '{«\u00a0»"a":1}', '{ "a":1}'],
  [
    'halves of surrogate pairs',
    '["«\\ud83d» «\ude00»😀\\ud83d\\ude00"]',
    '["\\ufffd \\ufffd😀\\ud83d\\ude00"]',
  ],
  ['several at once', `{«'a'»: 1«,»}«// x»`, '{"a": 1}'],
];

describe('checkSyntax', () => {
  for (const [name, marked, fixed] of faults) {
    it(`marks and mends ${name}`, () => {
      const { text, ranges } = unmarked(marked);
      const { problems } = checkSyntax(text);
      assert.deepEqual(
        problems.map(({ range }) => range),
        ranges,
      );
      assert.ok(problems.every(({ code }) => code === 'payload.syntax'));
      assert.equal(applyFixes(text, problems), fixed);
    });
  }

  it('warns of half a surrogate pair, which Lambda accepts', () => {
    assert.deepEqual(severitiesOf('["\\ud83d"]'), ['warning']);
    assert.deepEqual(severitiesOf('["\\\\ud83d", "😀"]'), []);
  });

  it('finds a key that is there twice, however it is written', () => {
    const { text, ranges } = unmarked(
      '{"a":{"a":1},"b":[{"a":1},{"a":2}],«"\\u0061"»:2,"c":{«"__proto__"»:1}}',
    );
    const twice = text.replace('"c":{', '"c":{"__proto__":0,');
    const found = checkSyntax(twice).problems;
    assert.deepEqual(
      found.map(({ code }) => code),
      ['payload.duplicate-key', 'payload.duplicate-key'],
    );
    assert.deepEqual(found[0]?.range, ranges[0]);
    assert.match(found[1]?.message ?? '', /"__proto__" is already a key/);
  });

  it('finds the numbers that a handler reads otherwise', () => {
    const { text, ranges } = unmarked(
      '[«9007199254740993», «-12345678901234567890», «3.14159265358979323846», «1e400», «1e-400», ' +
        '0.1, 1.10, 1e2, -0.0, 9007199254740992, 123456789012345, 1E+22, 0.000001]',
    );
    const { problems } = checkSyntax(text);
    assert.deepEqual(
      problems.map(({ range }) => range),
      ranges,
    );
    assert.ok(
      problems.every(
        ({ code, severity }) => code === 'payload.number-precision' && severity === 'warning',
      ),
    );
    assert.match(problems[0]?.message ?? '', /JavaScript reads this number as 9007199254740992\./);
    assert.match(
      problems[2]?.message ?? '',
      /JavaScript or Python reads this number as 3\.141592653589793\./,
    );
  });

  it('tells losses and faults of one text together', () => {
    const codes = checkSyntax('{"a":1,"a":9007199254740993,}').problems.map(({ code }) => code);
    assert.deepEqual(codes, [
      'payload.duplicate-key',
      'payload.number-precision',
      'payload.syntax',
    ]);
  });

  it('takes nesting of any depth', () => {
    const depth = 100_000;
    assert.deepEqual(errorsOf(`${'['.repeat(depth)}${']'.repeat(depth)}`), []);
    assert.equal(errorsOf(`${'['.repeat(depth)}x${']'.repeat(depth)}`).length, 1);
  });

  it('stops after a hundred errors, and no number of warnings hides an error', () => {
    assert.equal(errorsOf('[,'.repeat(5000)).length, 100);
    assert.equal(errorsOf(`["${'\\ud800'.repeat(5000)}",]`).length, 1);
  });
});

function errorsOf(text: string) {
  return checkSyntax(text).problems.filter(({ severity }) => severity === 'error');
}

function severitiesOf(text: string): string[] {
  return checkSyntax(text).problems.map(({ severity }) => severity);
}
