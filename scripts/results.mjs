// What a suite of tests came to, told from the process that ran it to `npm test`, which tells it last of all.

/**
 * @typedef {{ test: string, reason: string }} Failure the full title of a test, or of what else failed; its stack
 * @typedef {{ passed: number, failures: Failure[] }} Results
 */

/** What a person needs of a reason; a fuzz test's holds all that it sent. */
const mostReasonCharacters = 4_000;

/**
 * @param {import('mocha')} mocha
 * @returns {Promise<Results>}
 */
export async function runMocha(mocha) {
  const results = { passed: 0, failures: [] };
  await new Promise((resolve) => {
    mocha
      .run(resolve)
      .on('pass', () => results.passed++)
      .on('retry', (test, error) =>
        console.log(`↻ unreliable: ${test.fullTitle()}\n${failure('', error).reason}`),
      )
      .on('fail', (test, error) => results.failures.push(failure(test.fullTitle(), error)));
  });
  return results;
}

/** @returns {Failure} */
export function failure(test, error) {
  return { test, reason: String(error?.stack ?? error) };
}

/**
 * Ends the process of a suite: well if tests passed and none failed.
 *
 * @param {Results} results
 */
export async function endWith(results) {
  // Sent before the end: an exit drops what still waits in the channel.
  if (process.send) await new Promise((resolve) => process.send(results, resolve));
  process.exit(results.failures.length > 0 || results.passed === 0 ? 1 : 0);
}

/**
 * Prints every failure, then only their names and first lines, then the counts: a log that was cut still tells.
 *
 * @param {Results} results
 */
export function printResults({ passed, failures }) {
  for (const { test, reason } of failures) {
    console.log(`\n✗ ${test}\n${reason.slice(0, mostReasonCharacters)}`);
  }
  if (failures.length > 0) console.log();
  for (const { test, reason } of failures) console.log(`✗ ${test}: ${reason.split('\n')[0]}`);
  console.log(`${passed} passed, ${failures.length} failed`);
}
