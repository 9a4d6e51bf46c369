import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compareTestEvents } from '../../../src/core/testEventComparison';
import { eventName, fileNames } from '../../../src/core/testEventNames';
import {
  compactJson,
  emptyTestEvents,
  isSameJson,
  readTestEvents,
  withTestEvent,
} from '../../../src/core/testEvents';

const eventsIn = (content: string) => {
  const reading = readTestEvents(content);
  assert.ok(reading.kind === 'events');
  return reading.events;
};

describe('a document of test events', () => {
  it('takes and gives back any JSON under any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.json(), fc.json(), (name, one, two) => {
        const wellFormed = Buffer.from(name).toString();
        const first = withTestEvent(emptyTestEvents, wellFormed, one);
        assert.deepEqual(eventsIn(first), [
          { name: wellFormed, text: compactJson(one), invocationType: 'Event' },
        ]);
        const [second] = eventsIn(withTestEvent(first, wellFormed, two));
        assert.equal(second?.text, compactJson(two));
        JSON.parse(withTestEvent(first, wellFormed, two));
      }),
    );
  });

  it('keeps every other byte, and numbers that no program could hold', () => {
    const before = `{ "openapi":"3.0.0", "components" : {"examples":{"a": {"value": {"n": 1.0},
      "x-metadata":{"invocationType":"RequestResponse","note":9007199254740993}},"b":{"value":2}}}}`;
    const after = withTestEvent(before, 'a', '{ "id": 12345678901234567890.0 }');
    assert.equal(after, before.replace('{"n": 1.0}', '{"id":12345678901234567890.0}'));
    assert.deepEqual(eventsIn(after)[0], {
      name: 'a',
      text: '{"id":12345678901234567890.0}',
      invocationType: 'RequestResponse',
    });
  });

  it('of somebody else that is no such document says what is wrong', () => {
    for (const [content, reason] of [
      ['', /not a JSON object/],
      ['openapi: 3.0.0', /not a JSON object/],
      ['[]', /not a JSON object/],
      ['{"components":[]}', /"components" is not an object/],
      ['{"components":{"examples":[1]}}', /"components\.examples" is not an object/],
      [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, /not a JSON object/],
    ] as const) {
      const reading = readTestEvents(content);
      assert.match(reading.kind === 'fault' ? reading.reason : '', reason);
    }
    const odd = '{"components":{"examples":{"a":1,"b":{},"c":{"value":null,"x-metadata":3}}}}';
    assert.deepEqual(eventsIn(odd), [{ name: 'c', text: 'null' }]);
    assert.deepEqual(eventsIn('{"openapi":"3.0.0"}'), []);
  });

  it('is compared without the white space between its parts alone', () => {
    assert.ok(isSameJson('{"a": [1, 2]}', '{ "a":[1,2] }\n'));
    assert.ok(!isSameJson('{"a":" "}', '{"a":""}'));
    assert.ok(!isSameJson('[1.0]', '[1]'));
    assert.ok(!isSameJson('[1 2]', '[12]'));
  });
});

describe('names of test events', () => {
  it('come back from their files, and no two files are one on any system', () => {
    const name = fc
      .string({ unit: 'binary', maxLength: 40 })
      .map((text) => Buffer.from(text).toString());
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 20 }), (names) => {
        const files = fileNames(names);
        const keys = [...files.values()].map((file) => file.normalize('NFC').toLowerCase());
        assert.equal(new Set(keys).size, keys.length);
        for (const [original, file] of files) {
          assert.equal(eventName(file), original);
          assert.doesNotMatch(file, /[\\/:*?"<>|]|^\.|[. ]$/);
        }
      }),
    );
  });

  it('are written out where a file system would refuse or confuse them', () => {
    assert.deepEqual(
      [...fileNames(['Order', 'order', 'a/b: 100%', 'con', '..', 'x'.repeat(300)])],
      [
        ['Order', 'Order'],
        ['order', '%6F%72%64%65%72'],
        ['a/b: 100%', 'a%2Fb%3A 100%25'],
        ['con', '%63%6F%6E'],
        ['..', '%2E%2E'],
      ],
    );
    assert.equal(eventName('50% off'), '50% off');
  });
});

describe('the comparison', () => {
  it('has each event once, by what it is on both sides', () => {
    const there = ['same', 'other', 'a/b', 'y'.repeat(300)].map((name) => ({ name, text: '[1]' }));
    const here = [
      { file: 'same', text: '[ 1 ]' },
      { file: 'other', text: '[2]' },
      { file: 'mine%3F', text: '{' },
    ];
    assert.deepEqual(
      compareTestEvents(here, there).map((event) => [
        event.name.slice(0, 5),
        event.kind,
        event.kind === 'thereOnly' ? event.file : '',
      ]),
      [
        ['same', 'same', ''],
        ['other', 'different', ''],
        ['a/b', 'thereOnly', 'a%2Fb'],
        ['yyyyy', 'thereOnly', undefined],
        ['mine?', 'hereOnly', ''],
      ],
    );
  });
});
