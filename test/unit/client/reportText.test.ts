import assert from 'node:assert/strict';
import { causeAndRemedy } from '../../../src/client/invoke/reportText';

describe('a cause and its remedy', () => {
  const written = [
    ['getaddrinfo ENOTFOUND lambda.aws', 'getaddrinfo ENOTFOUND lambda.aws. Check the network.'],
    ['There is no profile "dev"', 'There is no profile "dev". Check the network.'],
    ['The network is down.', 'The network is down. Check the network.'],
    ['Is this a proxy?', 'Is this a proxy? Check the network.'],
  ] as const;
  for (const [cause, text] of written) {
    it(`are sentences of their own: ${cause}`, () => {
      assert.equal(causeAndRemedy(cause, 'Check the network.'), text);
    });
  }

  it('are as the cause is without a remedy', () => {
    assert.equal(causeAndRemedy('Cancelled', ''), 'Cancelled');
  });
});
