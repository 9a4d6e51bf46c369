import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { escapeGlob, matchesGlob } from '../../../src/core/patterns/glob';
import { parseTargets, targetOf } from '../../../src/core/targets';
import {
  difference,
  emptyTargets,
  withPayloadMoved,
  withTarget,
} from '../../../src/core/targetsEdit';

const commented = `{
\t// Most specific first.
\t"targets": [
\t\t{ "payloads": "events/a.json", "function": "a" }, // one of its own
\t\t{ "payloads": "events/**/*.json", "function": "all", "region": "eu-west-1", "schema": "aws:sqs" },
\t],
}
`;

describe('withTarget', () => {
  it('begins a file', () => {
    assert.equal(
      withTarget(emptyTargets, 'events/a.json', { function: 'orders' }),
      `{
  "targets": [
    {
      "payloads": "events/a.json",
      "function": "orders"
    }
  ]
}
`,
    );
  });

  it('changes the entry of the payload alone, and keeps comments', () => {
    assert.equal(
      withTarget(commented, 'events/a.json', { function: 'b' }),
      commented.replace('"function": "a"', '"function": "b"'),
    );
  });

  it('puts a new entry first, where it wins, with what has held so far', () => {
    const text = withTarget(commented, 'events/x/b.json', { function: 'all', api: 'Invoke' });
    assert.ok(text.includes('// Most specific first.') && text.includes('// one of its own'));
    assert.match(
      text,
      /^\t\t\t"payloads": "events\/x\/b\.json",$/m,
      'indented by tabs, as the file is',
    );
    assert.deepEqual(targetOf('events/x/b.json', parseTargets(text)), {
      payloads: 'events/x/b.json',
      function: 'all',
      region: 'eu-west-1',
      schema: 'aws:sqs',
      api: 'Invoke',
    });
    assert.equal(targetOf('events/x/c.json', parseTargets(text))?.api, undefined);
  });

  it('takes the folder as the function that has held so far', () => {
    const path = '.lambda/payloads/orders/a.json';
    const text = withTarget(emptyTargets, path, { function: 'orders', api: 'Invoke' });
    assert.deepEqual(targetOf(path, parseTargets(text)), {
      payloads: path,
      function: 'orders',
      api: 'Invoke',
    });
  });

  it('adds to an empty file and an empty object', () => {
    for (const text of ['', '{}', '{ "targets": [] }']) {
      const targets = parseTargets(withTarget(text, 'a.json', { function: 'f' }));
      assert.equal(targetOf('a.json', targets)?.function, 'f', text);
    }
  });

  it('finds the list behind brackets of other things', () => {
    const text = '// [draft]\n{ "tags": ["a"], "targets": [] }';
    const after = withTarget(text, 'a.json', { function: 'f' });
    assert.equal(targetOf('a.json', parseTargets(after))?.function, 'f');
    assert.ok(after.startsWith('// [draft]\n'), after);
  });

  it('refuses to change what holds no list of targets', () => {
    for (const text of ['[]', '{ "targets": {} }', '"x"']) {
      assert.throws(
        () => withTarget(text, 'a.json', { function: 'f' }),
        /no array "targets"/,
        text,
      );
    }
  });

  it('gives the payload its target and changes no other', () => {
    const name = fc.constantFrom('a', 'b', 'c(1)', 'd[e]', 'f!', '{g}', 'h*');
    const path = fc.tuple(name, name).map(([folder, file]) => `${folder}/${file}.json`);
    const glob = fc.oneof(
      path.map(escapeGlob),
      fc.constantFrom('**/*.json', 'a/*.json', '*/a.json'),
    );
    const list = fc.array(fc.tuple(glob, fc.constantFrom('x', 'y')), { maxLength: 5 });
    fc.assert(
      fc.property(list, path, path, (entries, changed, other) => {
        const before = JSON.stringify({
          targets: entries.map(([payloads, functionName]) => ({
            payloads,
            function: functionName,
          })),
        });
        const after = withTarget(before, changed, { function: 'new' });
        assert.equal(targetOf(changed, parseTargets(after))?.function, 'new');
        if (other === changed) return;
        assert.equal(
          targetOf(other, parseTargets(after))?.function,
          targetOf(other, parseTargets(before))?.function,
        );
      }),
    );
  });
});

describe('withPayloadMoved', () => {
  it('lets the entry of one payload follow it, and no glob', () => {
    const moved = withPayloadMoved(commented, 'events/a.json', 'events/z.json');
    assert.equal(moved, commented.replace('events/a.json', 'events/z.json'));
    assert.equal(withPayloadMoved(commented, 'events/b.json', 'events/z.json'), commented);
  });
});

describe('escapeGlob', () => {
  it('matches the path and nothing else', () => {
    for (const path of [
      'a/[id].json',
      'a(1)/b+.json',
      '{x}/*.json',
      '!a.json',
      'a?.json',
      'ü @.json',
    ]) {
      assert.ok(matchesGlob(path, escapeGlob(path)), path);
    }
    assert.ok(!matchesGlob('a/i.json', escapeGlob('a/[id].json')));
  });
});

describe('difference', () => {
  it('is one edit that gives the other text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const edit = difference(before, after);
        if (!edit) return before === after;
        const { start, end } = edit.range;
        return before.slice(0, start) + edit.newText + before.slice(end) === after;
      }),
    );
  });

  it('does not part the halves of a character, which editors do not do either', () => {
    for (const [before, after] of [
      ['a😀b', 'a😁b'],
      ['a😀b', 'a\u{1f900}b'],
      ['a\u{10400}b', 'a\u{10800}b'],
    ] as const) {
      assert.deepEqual(difference(before, after), {
        range: { start: 1, end: 3 },
        newText: after.slice(1, 3),
      });
    }
  });
});
