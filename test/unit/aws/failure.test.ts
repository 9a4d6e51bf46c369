import assert from 'node:assert/strict';
import { describeError, nameFailure } from '../../../src/aws/failure';

describe('naming a failure', () => {
  for (const opener of ['<', '<style>', '<script>']) {
    it(`reads a page of unclosed ${opener} without hanging`, () => {
      const body = opener.repeat(1_000_000);
      const answer = { status: 400, headers: {}, body };
      const attempted = { thrown: undefined, answer, certificate: undefined } as const;
      assert.equal(nameFailure({ ...attempted, question: 'Event' }).name, 'NotLambda');
    });
  }

  it('leaves scripts, styles and tags out of what it tells of a page', () => {
    const body = '<style>a{}</style><h1 class="x">Sign in</h1><script>x<y</script><p>first</p>';
    const answer = { status: 400, headers: {}, body };
    const attempted = { thrown: undefined, answer, certificate: undefined } as const;
    const { message } = nameFailure({ ...attempted, question: 'Event' });
    assert.equal(message, 'HTTP 400: Sign in first');
  });

  it('says that it leaves out the rest of a long page', () => {
    const answer = { status: 502, headers: {}, body: `<p>${'word '.repeat(1000)}</p>` };
    const attempted = { thrown: undefined, answer, certificate: undefined } as const;
    const { message } = nameFailure({ ...attempted, question: 'Event' });
    assert.equal(message.length, 'HTTP 502: '.length + 200);
    assert.match(message, /…$/);
  });

  it('reads a message of blanks without hanging', () => {
    const message = `${' '.repeat(1_000_000)}x`;
    assert.equal(describeError(new Error(message)).message, message);
  });
});
