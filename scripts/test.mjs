// `npm test`: all set-up, then static checks, unit and protocol tests, the suite in the real editor, the tests of the package.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { printResults } from './results.mjs';
import { root, runNode } from './setUp.mjs';

runNode('scripts/check.mjs');
runNode('esbuild.mjs');

const total = { passed: 0, failures: [] };
for (const suite of ['scripts/unit.mjs', 'scripts/editorTests.mjs', 'scripts/packageTests.mjs']) {
  console.log(`── ${suite}`);
  const { passed, failures } = await run(suite);
  total.passed += passed;
  total.failures.push(...failures);
}
printResults(total);
process.exitCode = total.failures.length > 0 ? 1 : 0;

/**
 * Runs a suite, which sends its results; one that ends without them, or badly, has failed.
 *
 * @returns {Promise<import('./results.mjs').Results>}
 */
async function run(suite) {
  const child = fork(suite, { cwd: root });
  let results = { passed: 0, failures: [] };
  child.on('message', (message) => {
    results = message;
  });
  const [code, signal] = await once(child, 'close');
  if (code === 0 || results.failures.length > 0) return results;
  const reason = `ended with ${signal ?? `code ${code}`} after ${results.passed} passed tests; its own lines above say why`;
  return { ...results, failures: [{ test: suite, reason }] };
}
