import assert from 'node:assert/strict';
import { checkSyntax } from '../../../src/core/payload/syntax';
import { applyFixes } from './applyFixes';
import { encodedPayloads, unwrappedPayloads, wrappedPayloads } from './wrappedPayloads';
import { accepted, refused } from './jsonCases';
import { faults } from './syntaxFaults';
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

const hostileUnits = [
  '"',
  '"\n',
  '"\n\\"',
  "'",
  '`"',
  '\\',
  '\\"',
  '""',
  '"a"b',
  '"a: ',
  'a: ',
  'a ',
  'a"',
  'f(',
  'f("\\"',
  'new ',
  'a.',
  ':',
  ' ',
  '}',
  '{\\"',
  "u'",
  'eyJh',
  '0',
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

  for (const [name, text, inside] of wrappedPayloads) {
    it(`unwraps ${name}, and says nothing else`, () => {
      const { problems, value } = checkSyntax(text);
      assert.deepEqual(
        problems.map(({ code, severity, range }) => [
          code,
          severity,
          text.slice(range.start, range.end),
        ]),
        [['payload.syntax', 'error', text.trim()]],
      );
      assert.equal(value, undefined);
      assert.equal(applyFixes(text, problems).trim(), inside);
      assert.equal(problems[0]?.fixes[0]?.preferred, true);
    });
  }

  for (const [name, text, inside] of encodedPayloads) {
    it(`hints at a string that holds ${name}`, () => {
      const { problems } = checkSyntax(text);
      assert.deepEqual(
        problems.map(({ code, severity }) => [code, severity]),
        [['payload.encoded', 'hint']],
      );
      assert.equal(applyFixes(text, problems).trim(), inside);
    });
  }

  for (const text of unwrappedPayloads) {
    it(`does not take ${JSON.stringify(text)} for a wrapped payload`, () => {
      const { problems } = checkSyntax(text);
      assert.deepEqual(
        problems.filter(({ code }) => code === 'payload.encoded'),
        [],
      );
      assert.deepEqual(
        problems.filter(({ message }) => /shell|Base64|backslash|doubled/.test(message)),
        [],
      );
    });
  }

  it('says nothing of numbers that keep their value, however they are written', () => {
    const text =
      '[1E-2, 1e+2, -0, -0.0, 0e5, 1.0, 1.50, 100.000000000000000000, 1e15, 12E3, 0.1e1]';
    assert.deepEqual(checkSyntax(text).problems, []);
  });

  for (const unit of hostileUnits) {
    it(`takes time that grows with the length of the text: ${JSON.stringify(unit)}`, function () {
      this.timeout(20_000);
      const many = unit.repeat(300_000 / unit.length);
      for (const text of [many, `{"a": ${many}`, `{${many}`, `'{${many}}'`, `"${many}`])
        checkSyntax(text);
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
    assert.match(found[1]?.message ?? '', /Duplicate key "__proto__"/);
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
    assert.match(
      problems[0]?.message ?? '',
      /JavaScript handlers read this number as 9007199254740992\./,
    );
    assert.match(
      problems[2]?.message ?? '',
      /JavaScript and Python handlers read this number as 3\.141592653589793\./,
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
