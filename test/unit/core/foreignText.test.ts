import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  labelText,
  markdownCode,
  markdownText,
  messageText,
  oneLine,
  taggedLines,
} from '../../../src/core/foreignText';

/** As VS Code 1.104 and 1.139 read notifications, and lines below input boxes (`base/common/linkedText.ts`). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
/** As they read labels (`base/browser/ui/iconLabel/iconLabels.ts`); the first group is there when it stays text. */
const icon = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/g;

/** Texts that are likely to be read as something else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '[x](command:invokeAsync.openExample)',
        '[',
        ']',
        '(',
        ')',
        '](',
        '\\',
        '$(zap)',
        '$(',
        'sync~spin',
        ' "t"',
        '`',
        '``',
        ' ',
        '\n',
        '\n\n',
        '\r',
        '\u001b[31m',
        '\u2028',
        '\t',
        'https://example.com',
        '![x](https://example.com/x.png)',
        '<img src=x>',
        '&amp;',
        '😀',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('text of others', () => {
  it('is one line in a log, with line ends and control characters written out', () => {
    assert.equal(
      oneLine('no\r\n2026-01-01 [info] 202 Accepted, queued'),
      String.raw`no\r\n2026-01-01 [info] 202 Accepted, queued`,
    );
    assert.equal(oneLine('\u001b[31mred\u009b'), String.raw`\u001b[31mred\u009b`);
    assert.equal(oneLine('a\u2028b\u202ec\ud800'), String.raw`a\u2028b\u202ec\ud800`);
    assert.equal(oneLine('größer\t→ 👩‍👧 نامه‌ای'), 'größer\t→ 👩‍👧 نامه‌ای');
  });

  it('is no longer than 2,000 characters in a line, and no half character', () => {
    assert.equal(oneLine('x'.repeat(2000)), 'x'.repeat(2000));
    assert.equal(oneLine('x'.repeat(2001)), `${'x'.repeat(1999)}…`);
    assert.equal(oneLine(`${'x'.repeat(1998)}😀${'x'.repeat(9)}`), `${'x'.repeat(1998)}…`);
    fc.assert(
      fc.property(hostile, fc.nat(2100), (text, padding) => {
        const line = oneLine('x'.repeat(padding) + text);
        assert.ok(line.length <= 2000 && line.isWellFormed());
        assert.doesNotMatch(line, /(?!\t)[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('has its tag on every line of a log that it may fill, and loses nothing', () => {
    assert.deepEqual(
      taggedLines('[orders]', 'one\n2026-01-01 [info] 202 Accepted\r\n\r\nthree\n\n'),
      [
        '[orders] | one',
        '[orders] | 2026-01-01 [info] 202 Accepted',
        '[orders] | ',
        '[orders] | three',
      ],
    );
    assert.deepEqual(taggedLines('[x]\n[y]', ''), [String.raw`[x]\n[y] | `]);
    const long = Array.from({ length: 3000 }, (_, index) => `${index}😀`).join('');
    const lines = taggedLines('[orders]', long);
    assert.ok(lines.every((line) => line.length <= 2000 && line.isWellFormed()));
    assert.equal(lines.map((line) => line.slice('[orders] | '.length)).join(''), long);
  });

  it('is no link in a notification, and reads the same', () => {
    assert.equal(
      messageText('see [x](command:invokeAsync.openExample)'),
      'see [x] (command:invokeAsync.openExample)',
    );
    fc.assert(
      fc.property(hostile, (text) => {
        assert.doesNotMatch(messageText(text), link);
        assert.equal(withoutBlanks(messageText(text)), withoutBlanks(oneLine(text)));
      }),
    );
  });

  it('is no icon in a label, and reads the same', () => {
    assert.equal(labelText('$(zap) $(sync~spin) $5 $()'), String.raw`\$(zap) \$(sync~spin) $5 $()`);
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = labelText(text).replaceAll(icon, (found, escape, name) => {
          assert.ok(escape, `${found} is an icon`);
          return `$(${name})`;
        });
        assert.equal(shown, oneLine(text));
      }),
    );
  });

  it('is nothing but text in Markdown', () => {
    assert.equal(markdownText('[x](y) <b> &lt; 1.'), String.raw`\[x\]\(y\) \<b\> \&lt\; 1\.`);
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = markdownText(text);
        // Nothing but letters, digits, blanks and escaped punctuation.
        assert.match(escaped, /^(?:\\[!-/:-@[-`{-~]|[^!-/:-@[-`{-~])*$/);
        assert.equal(escaped.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1'), oneLine(text));
      }),
    );
  });

  it('stays in its code span', () => {
    assert.equal(markdownCode('a.json'), '`a.json`');
    assert.equal(markdownCode('a`b'), '``a`b``');
    assert.equal(markdownCode('`a` '), '`` `a`  ``');
    assert.equal(markdownCode('x\n\n[y](command:z)'), '`x\\n\\n[y](command:z)`');
    fc.assert(
      fc.property(hostile, (text) => {
        const code = markdownCode(text);
        if (text === '') return assert.equal(code, '');
        const fence = /^`+/.exec(code)?.[0] ?? '';
        const inner = code.slice(fence.length, -fence.length);
        assert.ok(code.endsWith(fence) && fence !== '');
        // A span ends at the first run of as many backticks.
        assert.ok((inner.match(/`+/g) ?? []).every((run) => run.length < fence.length));
        assert.doesNotMatch(inner, /^`|`$/);
        const isPadded = /^ .* $/.test(inner) && /[^ ]/.test(inner);
        assert.equal(isPadded ? inner.slice(1, -1) : inner, oneLine(text));
      }),
    );
  });
});

function withoutBlanks(text: string): string {
  return text.replaceAll(' ', '');
}
