import assert from 'node:assert/strict';
import { lexes } from '../../../src/migration/lexicon';
import { TimeIsUp, TimeLimit } from '../../../src/core/timeLimit';
import { TokenFile } from '../../../src/migration/tokens';

function strings(language: keyof typeof lexes, text: string): string[] {
  return new TokenFile(text, lexes[language], new TimeLimit(20_000)).tokens.flatMap((token) =>
    token.kind === 'string' ? [token.text] : [],
  );
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

  it('breaks off when its time is up', () => {
    const text = `${'=/['.repeat(10_000)}\n`.repeat(10);
    assert.throws(() => new TokenFile(text, lexes.javascript, new TimeLimit(1)), TimeIsUp);
  });
});
