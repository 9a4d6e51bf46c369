import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const DONE = 'EDITOR TESTS DONE ';

/**
 * @typedef {object} TestLines
 * @property {string} url where the test runner sends its console
 * @property {Promise<import('../results.mjs').Results>} outcome rejects when the run ends, or falls silent, without the last line
 * @property {() => void} stop
 */

/**
 * Receives what a test module logs.
 *
 * @param {number} silenceLimitMs how long no line may come, the start of the editor included
 * @param {import('./cache.mjs').Log} log
 * @returns {Promise<TestLines>}
 */
export async function receiveTestLines(silenceLimitMs, log) {
  const { promise, resolve, reject } = outcomeOfTests();
  const silence = setTimeout(
    () => reject(new Error(`no line for ${silenceLimitMs / 1000} s`)),
    silenceLimitMs,
  );

  // One request lasts as long as the tests; Node's own limit is five minutes.
  const server = createServer({ requestTimeout: 0 }, (request) => {
    const ended = () => reject(new Error(`the run ended without "${DONE.trim()}"`));
    // The connection ends with the run, and breaks when the extension host dies.
    createInterface(request)
      .on('line', (line) => {
        silence.refresh();
        if (line.startsWith(DONE)) resolve(JSON.parse(line.slice(DONE.length)));
        else log(line);
      })
      .once('error', ended)
      .once('close', ended);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  const stop = () => {
    clearTimeout(silence);
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, outcome: promise, stop };
}

function outcomeOfTests() {
  /** @type {(results: import('../results.mjs').Results) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {TestLines['outcome']} */
  const promise = new Promise((...functions) => ([resolve, reject] = functions));
  // It may be rejected before anyone waits for it.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
