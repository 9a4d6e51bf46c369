// Makes the VSIX and tests it as a stranger would meet it: `node scripts/packageTests.mjs [oldest|newest]`.
import Mocha from 'mocha';
import { makePackage } from './package.mjs';
import { root } from './setUp.mjs';

process.env.VSIX = await makePackage();
process.env.EDITOR_VERSION = process.argv[2] === 'oldest' ? 'oldest' : 'newest';
const mocha = new Mocha({ timeout: 100_000 });
mocha.addFile(`${root}test/package/installed.test.mjs`);
await mocha.loadFilesAsync();
const { stats } = await new Promise((resolve) => {
  const runner = mocha.run(() => resolve(runner));
});
process.send?.({ passed: stats.passes, failed: stats.failures });
process.exitCode = stats.failures > 0 || stats.passes === 0 ? 1 : 0;
process.exit();
