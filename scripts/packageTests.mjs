// Makes the VSIX and tests it as a stranger would meet it: `node scripts/packageTests.mjs [oldest|newest]`.
import Mocha from 'mocha';
import { makePackage } from './package.mjs';
import { endWith, runMocha } from './results.mjs';
import { root } from './setUp.mjs';

process.env.VSIX = await makePackage();
process.env.EDITOR_VERSION = process.argv[2] === 'oldest' ? 'oldest' : 'newest';
const mocha = new Mocha({ timeout: 240_000 });
mocha.addFile(`${root}test/package/installed.test.mjs`);
await mocha.loadFilesAsync();
await endWith(await runMocha(mocha));
