// `npm test`: all set-up, then static checks, unit and protocol tests, the suite in the real editor, the tests of the package.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { root, runNode } from './setUp.mjs';

runNode('scripts/check.mjs');
runNode('esbuild.mjs');

const total = { passed: 0, failed: 0 };
for (const suite of ['scripts/unit.mjs', 'scripts/editorTests.mjs', 'scripts/packageTests.mjs']) {
  console.log(`── ${suite}`);
  const { passed, failed } = await run(suite);
  total.passed += passed;
  total.failed += failed;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Runs a suite, which sends its counts; one that ends without them, or badly, has failed. */
async function run(suite) {
  const child = fork(suite, { cwd: root });
  let counts;
  child.on('message', (message) => {
    counts = message;
  });
  const [code] = await once(child, 'exit');
  if (!counts) return { passed: 0, failed: 1 };
  return code === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}
