/**
 * An extension that runs a test module in the extension host, once VS Code has started. VS Code's own way, a page with
 * `extensionTestsPath`, hides notifications and refuses dialogs; here tests meet what a person meets.
 *
 * The address of EDITOR_TESTS_LINES says which module; the console goes there, as the body of one request that ends
 * with the run.
 */
const { get, request } = require('node:http');
const { text } = require('node:stream/consumers');
const { format } = require('node:util');

exports.activate = () => {
  const { EDITOR_TESTS_LINES } = process.env;
  if (!EDITOR_TESTS_LINES) throw new Error('There are no tests to run.');

  const lines = request(EDITOR_TESTS_LINES, { method: 'POST' });
  // VS Code has made the methods of its console read-only: a console of our own takes its place.
  const write = (/** @type {unknown[]} */ ...args) => lines.write(`${format(...args)}\n`);
  globalThis.console = Object.create(console, {
    log: { value: write },
    info: { value: write },
    warn: { value: write },
    error: { value: write },
  });
  // Not awaited: VS Code waits for an activation before it answers some calls, which tests may make.
  void run(EDITOR_TESTS_LINES).finally(() => lines.end());
};

/** @param {string} url */
async function run(url) {
  try {
    await require(await read(url)).run();
  } catch (error) {
    console.error(error);
  }
}

/**
 * @param {string} url
 * @returns {Promise<string>}
 */
function read(url) {
  return new Promise((resolve, reject) => {
    get(url, (response) => resolve(text(response))).on('error', reject);
  });
}
