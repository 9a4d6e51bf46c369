import assert from 'node:assert/strict';
import { isLoopback } from '../../../src/core/invocation/loopback';

describe('loopback', () => {
  const onThisMachine = [
    'http://localhost:3002',
    'https://LOCALHOST',
    'http://lambda.localhost:3002/path',
    'http://127.0.0.1:3002',
    'http://127.255.255.254',
    // The short, hexadecimal and decimal spellings that a URL allows.
    'http://127.1',
    'http://0x7f.0.0.1',
    'http://2130706433',
    'http://[::1]:3002',
    'http://[0:0:0:0:0:0:0:1]',
  ];
  for (const url of onThisMachine) {
    it(`includes ${url}`, () => assert.equal(isLoopback(url), true));
  }

  const elsewhere = [
    'https://lambda.eu-west-1.amazonaws.com',
    'http://128.0.0.1',
    'http://0.0.0.0',
    'http://12.7.0.1',
    'http://127.0.0.1.example.com',
    'http://127.example.com',
    'http://localhost.example.com',
    'http://notlocalhost',
    'http://127.0.0.1@example.com',
    'http://[::2]',
  ];
  for (const url of elsewhere) {
    it(`does not include ${url}`, () => assert.equal(isLoopback(url), false));
  }
});
