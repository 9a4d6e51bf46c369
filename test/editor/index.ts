import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/**
 * Runs the suite in the extension host that loads this module: VS Code in a browser, or on the desktop.
 * Logs a line for each test and the results at the end; rejects when a test failed.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 100_000, forbidOnly: Boolean(process.env['CI']) });
  for (const suite of suites()) mocha.addFile(join(__dirname, suite));
  const results: { passed: number; failures: { test: string; reason: string }[] } = {
    passed: 0,
    failures: [],
  };
  await new Promise<void>((resolve) => {
    mocha
      .reporter('base')
      .run(() => resolve())
      .on('pass', (test) => {
        results.passed++;
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

function suites(): string[] {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.test.js'));
  return [
    ...first.filter((file) => files.includes(file)),
    ...files.filter((file) => !first.includes(file)),
  ];
}

/** The line that the runner outside the editor reads. */
function say(line: string): void {
  // oxlint-disable-next-line no-console -- the console is how an extension host speaks to the outside
  console.log(line);
}
