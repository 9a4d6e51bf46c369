// Makes the packages and tests them as a stranger would meet them: `node scripts/packageTests.mjs [oldest|newest]`.
import Mocha from 'mocha';
import { makeCommandLinePackage } from './commandLinePackage.mjs';
import { makePackage } from './package.mjs';
import { endWith, runMocha } from './results.mjs';
import { root } from './setUp.mjs';

process.env.VSIX = await makePackage();
process.env.TARBALL = makeCommandLinePackage();
process.env.EDITOR_VERSION = process.argv[2] === 'oldest' ? 'oldest' : 'newest';
// Tried twice, as the windows of the editor suite are.
const mocha = new Mocha({ timeout: 240_000, retries: 1 });
for (const name of ['commandLine', 'installed'])
  mocha.addFile(`${root}test/package/${name}.test.mjs`);
await mocha.loadFilesAsync();
await endWith(await runMocha(mocha));
