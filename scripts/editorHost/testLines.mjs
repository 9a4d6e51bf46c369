import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const DONE = 'EDITOR TESTS DONE ';

/**
 * @typedef {{ passed: string[], failures: import('../results.mjs').Failure[] }} WindowResults the full titles of the tests that passed
 *
 * @typedef {object} TestLines
 * @property {string} url where the test runner asks for its module, and sends its console
 * @property {(testsModule: string) => Promise<WindowResults>} run has the next window run that module; rejects when the run ends, or falls silent, without the last line
 * @property {() => void} stop
 */

/**
 * Hands out test modules, one for each window, and receives what they log.
 *
 * @param {number} silenceLimitMs how long no line may come, the start of the editor included
 * @param {import('./cache.mjs').Log} log
 * @returns {Promise<TestLines>}
 */
export async function receiveTestLines(silenceLimitMs, log) {
  let current = { testsModule: '', ...outcomeOfTests() };
  const silence = setTimeout(
    () => current.reject(new Error(`no line for ${silenceLimitMs / 1000} s`)),
    silenceLimitMs,
  );

  // One request lasts as long as the tests; Node's own limit is five minutes.
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    if (request.method === 'GET') {
      response.end(current.testsModule);
      return;
    }
    const { resolve, reject } = current;
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

  return {
    url: `http://127.0.0.1:${port}`,
    run(testsModule) {
      silence.refresh();
      current = { testsModule, ...outcomeOfTests() };
      return current.promise;
    },
    stop() {
      clearTimeout(silence);
      server.close();
      server.closeAllConnections();
    },
  };
}

function outcomeOfTests() {
  /** @type {(results: WindowResults) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {Promise<WindowResults>} */
  const promise = new Promise((...functions) => ([resolve, reject] = functions));
  // It may be rejected before anyone waits for it.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
