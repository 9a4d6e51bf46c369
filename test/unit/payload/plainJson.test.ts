import assert from 'node:assert/strict';
import { offsetInSource, plainJson } from '../../../src/core/payload/plainJson';
import { selectedJson } from '../../../src/core/payload/selectedJson';

describe('JSON with comments', () => {
  const commented = [
    '// An order',
    '{',
    '  "id": 1, /* of the shop */ "url": "https://example.com/*", // no comment in it',
    '  /* two',
    '     lines */',
    '  "items": [1, 2,],',
    '}',
    '',
  ];

  it('is sent without them and without trailing commas, each line where it was', () => {
    assert.deepEqual(plainJson(commented.join('\n')).text.split('\n'), [
      '',
      '{',
      '  "id": 1,   "url": "https://example.com/*", ',
      '  ',
      '',
      '  "items": [1, 2]',
      '}',
      '',
    ]);
    const crlf = plainJson(commented.join('\r\n'));
    assert.equal(crlf.text.split('\r\n').length, commented.length);
    assert.deepEqual(JSON.parse(crlf.text), { id: 1, url: 'https://example.com/*', items: [1, 2] });
  });

  it('says what was left out', () => {
    assert.equal(plainJson('{ "a": [1,] } // x').leftOut, 'both');
    assert.equal(plainJson('{ "a": 1 } // x').leftOut, 'comments');
    assert.equal(plainJson('{ "a": 1, }').leftOut, 'trailingCommas');
  });

  it('stays as it is, byte for byte, where there is nothing to leave out', () => {
    for (const text of ['{ "a": "// b", "c": ",]" }\n', '', ' 1 ', '"/* */"', '{"a":[],"b":{}}']) {
      assert.deepEqual(plainJson(text), { text, edits: [] });
    }
  });

  it('keeps what is a mistake with comments, too', () => {
    for (const text of [
      '[1,,]',
      '[,]',
      '{,}',
      '{"a":,}',
      ',',
      '{} /* without an end',
      '/*/',
      '{} /* /* /*',
      '{} / 1',
    ]) {
      assert.equal(plainJson(text).text, text);
    }
    assert.equal(plainJson('1/**/2').text, '1 2', 'which are no number');
  });

  it('takes no longer for what never ends', () => {
    for (const text of ['/* '.repeat(500_000), `"${'\\"'.repeat(500_000)}`, '['.repeat(500_000)]) {
      assert.ok(plainJson(text).text === text, text.slice(0, 5));
    }
  });

  it('tells where in the file something stands', () => {
    for (const source of [commented.join('\n'), '/**/[/* a */1/**/,/* b\n */2,// c\n]x']) {
      const { text, edits } = plainJson(source);
      for (const { 0: character, index } of text.matchAll(/\S/g)) {
        assert.equal(source[offsetInSource(index, edits)], character, `at ${index}`);
      }
    }
  });
});

describe('a selection', () => {
  it('is the JSON that is selected, without the space around it and its comments', () => {
    assert.deepEqual(selectedJson(' { "n": 12345678901234567890 }\n'), {
      text: '{ "n": 12345678901234567890 }',
    });
    assert.deepEqual(selectedJson('{ "a": 1, // b\n}'), { text: '{ "a": 1 \n}', leftOut: 'both' });
  });

  it('is what quoted JSON says, and text that says no JSON is a string', () => {
    assert.deepEqual(selectedJson('"{\\"a\\":1}"'), { text: '{"a":1}' });
    assert.deepEqual(selectedJson('"hello"'), { text: '"hello"' });
  });

  it('stays as it is where it is no JSON', () => {
    assert.deepEqual(selectedJson('{ a: 1 } // b'), { text: '{ a: 1 } // b' });
  });
});
