import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { resetTo } from './reset';

/**
 * Runs the suite in the extension host that loads this module: VS Code in a browser, or on the desktop.
 * Logs a line for each test and the results at the end; rejects when a test failed.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 240_000, forbidOnly: Boolean(process.env['CI']) });
  const files = suites();
  for (const file of files) mocha.addFile(join(__dirname, file));
  if (files.length > 1) {
    const reset = await resetTo();
    mocha.suite.on('post-require', () => {
      mocha.suite.suites.at(-1)?.afterAll('what it leaves behind is put back', reset);
    });
  }
  const results: { passed: string[]; failures: { test: string; reason: string }[] } = {
    passed: [],
    failures: [],
  };
  await new Promise<void>((resolve) => {
    mocha
      .reporter('base')
      .run(() => resolve())
      .on('pass', (test) => {
        results.passed.push(test.fullTitle());
        say(`✓ ${test.fullTitle()}`);
      })
      .on('pending', (test) => say(`- ${test.fullTitle()}`))
      .on('fail', (test, error: Error) => {
        const failure = { test: test.fullTitle(), reason: error.stack ?? error.message };
        results.failures.push(failure);
        say(`✗ ${failure.test}\n${failure.reason}`);
      });
  });
  say(`EDITOR TESTS DONE ${JSON.stringify(results)}`);
  if (results.failures.length > 0) throw new Error(`${results.failures.length} tests failed`);
}

/** These meet an editor in which nothing has happened yet: activation has loaded nothing, no notice was shown. */
const first = ['activation.test.js', 'palette.test.js', 'window.test.js'];
/** It reads what all the others had the editor write. */
const last = ['written.test.js'];

function suites(): string[] {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.test.js'));
  const isOrdered = (file: string) => first.includes(file) || last.includes(file);
  return [...first, ...files.filter((file) => !isOrdered(file)), ...last].filter((file) =>
    files.includes(file),
  );
}

/** The line that the runner outside the editor reads. */
function say(line: string): void {
  // oxlint-disable-next-line no-console -- the console is how an extension host speaks to the outside
  console.log(line);
}
