import assert from 'node:assert/strict';
import { lexes } from '../../../src/migration/lexicon';
import { TimeIsUp, TimeLimit } from '../../../src/core/timeLimit';
import { TokenFile } from '../../../src/migration/tokens';
import { oneAtRandom, randomOf } from '../../support/random';

function strings(language: keyof typeof lexes, text: string): string[] {
  const file = new TokenFile(text, lexes[language], new TimeLimit(20_000));
  return file.strings().map(([, token]) => token.text);
}

const languages = Object.keys(lexes) as (keyof typeof lexes)[];

/** What begins and ends words, strings and comments, alone and where it does not belong. */
const pieces = [
  '" \' ` # / \\ * - = ; ( ) { } [ ] < > @ $ ? % | : ~ ^ . , ! & +'.split(' '),
  'a r b br f rem 0 _ é 日本 😀 // /* */ <# #> ### #= =# {- -} (* *)'.split(' '),
  '""" \'\'\' <?php ?> <? =begin =end =cut -- :: r#" "# @" $" b\''.split(' '),
  [' ', '\n', '\r\n', '\t', '\u00a0', '\ufeff', '\u2028', '\v', '\n REM ', '\u0301', '\ud800'],
].flat();

/** The tokens of a text by what they are said to be: the first of comment, string, word and mark, at each place. */
function tokensByOneExpression(language: keyof typeof lexes, text: string) {
  const { comment, string } = lexes[language];
  const parts = `(?<isComment>${comment})|(?<isString>${string})|(?<isWord>[\\p{L}\\d_$@]+)|\\S`;
  return [...text.matchAll(new RegExp(parts, 'gmu'))].flatMap(({ 0: found, groups, index }) => {
    if (groups?.['isComment'] !== undefined) return [];
    const isWord = groups?.['isWord'] !== undefined;
    const kind = groups?.['isString'] !== undefined ? 'string' : isWord ? 'word' : 'mark';
    return [[kind, found, index]];
  });
}

describe('TokenFile', () => {
  it('reads a raw string of Rust to its own end, whatever quotes are in it', () => {
    const text = 'let a = r#"5" wide"#; let b = br##"x"# y"##; send(r"z", "last");';
    assert.deepEqual(strings('rust', text), ['5" wide', 'x"# y', 'z', 'last']);
    assert.deepEqual(strings('rust', 'let a = r#"open" ended'), ['open" ended']);
  });

  it('knows a regular expression of JavaScript by what stands before its slash', () => {
    assert.deepEqual(strings('javascript', `a = /"/; b = 1 / c; d = [\n  /'"/, "x"]; e("y")`), [
      'x',
      'y',
    ]);
  });

  it('reads any number of blanks and of strings without an end', () => {
    const blanks = `a${`${' '.repeat(40_000)}\n`.repeat(25)}"x"`;
    assert.deepEqual(strings('javascript', blanks), ['x']);
    assert.equal(strings('rust', 'r##" '.repeat(200_000)).length, 1);
  });

  it('takes a text apart as one expression for everything would', () => {
    const random = randomOf(20);
    for (let round = 0; round < 20_000; round++) {
      const language = oneAtRandom(random, languages);
      const text = Array.from({ length: 1 + Math.floor(random() * 12) }, () =>
        oneAtRandom(random, pieces),
      ).join('');
      const file = new TokenFile(text, lexes[language], new TimeLimit(20_000));
      const tokens = file
        .slice(0, file.length)
        .map(({ kind, start, end }) => [kind, text.slice(start, end), start]);
      assert.deepEqual(tokens, tokensByOneExpression(language, text), `${language}: ${text}`);
    }
  });

  it('breaks off when its time is up', () => {
    const text = `${'=/['.repeat(10_000)}\n`.repeat(10);
    assert.throws(() => new TokenFile(text, lexes.javascript, new TimeLimit(1)), TimeIsUp);
  });
});
