import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { cached, withProgress } from './cache.mjs';
import { npmInstall } from './npm.mjs';

/** @typedef {import('./cache.mjs').Log} Log */

const COMMANDS = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
];

const WINDOWS_ROOTS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(
  (name) => process.env[name] ?? '',
);
/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const APPLICATIONS = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: WINDOWS_ROOTS.flatMap((root) => [
    join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
  ]),
};

/** A page of a local editor needs neither a sandbox (which root cannot have) nor a GPU nor the browser's own services. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts the browser of CHROME_PATH; without it the first installed Chrome, Chromium or Edge that starts; without
 * any, on Linux, the Chromium of an npm package, which needs no system library.
 *
 * @param {{ log: Log, headed?: boolean }} options
 * @returns {Promise<import('playwright-core').Browser>}
 * @throws when no browser starts, with what to do
 */
export async function launchBrowser({ log, headed = false }) {
  const launch = (
    /** @type {string} */ executablePath,
    /** @type {NodeJS.ProcessEnv} */ env = process.env,
  ) =>
    chromium.launch({
      executablePath,
      headless: !headed,
      args: ARGUMENTS,
      env: /** @type {any} */ (env),
    });

  if (process.env.CHROME_PATH) return launch(process.env.CHROME_PATH);
  for (const executablePath of installedBrowsers()) {
    try {
      return await launch(executablePath);
    } catch (error) {
      // A launcher without its browser (a snap stub, say) is common: the next one may work.
      log(`${executablePath} does not start: ${String(error).split('\n')[0]}`);
    }
  }
  if (process.platform !== 'linux' || process.arch !== 'x64' || headed) {
    throw new Error(
      'No browser found. Install Chrome, Chromium or Edge, or set CHROME_PATH to one.',
    );
  }
  const folder = await unpackChromium(log);
  return launch(join(folder, 'chromium'), {
    ...process.env,
    FONTCONFIG_PATH: join(folder, 'fonts'),
    LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH]
      .filter(Boolean)
      .join(':'),
  });
}

function installedBrowsers() {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  return [...(APPLICATIONS[process.platform] ?? []), ...onPath].filter((path) => existsSync(path));
}

const CHROMIUM = '@sparticuz/chromium';
/** Chromium's package brings Open Sans alone: code needs a font of fixed width, and symbols. */
const FONTS = 'dejavu-fonts-ttf';
const FONTS_VERSION = '2.37.3';

/**
 * @param {Log} log
 * @returns {Promise<string>} the folder of the binary, its libraries and fonts
 */
async function unpackChromium(log) {
  const manifest = new URL('../../package.json', import.meta.resolve(CHROMIUM));
  const { version } = JSON.parse(await readFile(manifest, 'utf8'));

  return cached(`chromium-${version}`, (folder) =>
    withProgress(log, `Unpacking Chromium ${version}`, async () => {
      await promisify(execFile)(
        process.execPath,
        [
          '--input-type=module',
          '--eval',
          `await (await import('${CHROMIUM}')).default.executablePath()`,
        ],
        {
          cwd: import.meta.dirname,
          // The package unpacks into the temporary folder, and system libraries only where it takes itself to be on Lambda.
          env: {
            ...process.env,
            TMPDIR: folder,
            AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
            AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x',
          },
        },
      );
      await npmInstall(folder, [`${FONTS}@${FONTS_VERSION}`]);
      await writeFile(join(folder, 'fonts', 'fonts.conf'), FONT_CONFIGURATION);
    }),
  );
}

/** Folders are relative to this file: the cache may be anywhere, and is renamed when complete. */
const FONT_CONFIGURATION = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<dir>/usr/share/fonts</dir>
	<dir prefix="relative">fonts</dir>
	<dir prefix="relative">../node_modules/${FONTS}/ttf</dir>
	<cachedir prefix="xdg">fontconfig</cachedir>
	<alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
	<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`;
