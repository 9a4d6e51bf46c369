// `npm run test:distributed [-- LINES]`: runs the state machine of "Send with Step Functions…" in moto, with Local Lambda
// as its Lambda, and checks the templates with cfn-lint. Both are Python packages, which this script does not install.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './setUp.mjs';

const python = spawnSync('python3', ['-c', 'import moto, moto.server; print(moto.__version__)'], {
  encoding: 'utf8',
});
const version = python.status === 0 ? python.stdout.trim() : '';
if (!version.startsWith('5.')) {
  const found = version ? `moto ${version} is installed` : 'moto is not installed';
  console.error(
    `${found}, and this test needs moto 5: pip install 'moto[server,stepfunctions]==5.*'`,
  );
  console.error('Nothing was tested.');
  process.exit(2);
}

lintTemplates();
const out = `${root}out/distributed/run.cjs`;
await build({
  absWorkingDir: root,
  entryPoints: ['test/distributed/run.ts'],
  outfile: out,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
  define: { 'import.meta.dirname': '__dirname' },
});
const { runDistributed } = await import(pathToFileURL(out).href);
const started = performance.now();
const [lines = 1000] = process.argv.slice(2).map(Number);
const figures = await runDistributed(`${root}test/distributed/motoServer.py`, lines);
console.log({ moto: version, ...figures, seconds: seconds(started) });
process.exit(0);

/** The templates that the unit tests compare with what is generated. */
function lintTemplates() {
  const folder = 'test/fixtures/stepFunctions';
  const templates = readdirSync(root + folder).filter((name) => name.endsWith('.yaml'));
  const paths = templates.map((name) => `${folder}/${name}`);
  const { error, stdout } = spawnSync('cfn-lint', ['--regions', 'eu-west-1', '--', ...paths], {
    cwd: root,
    encoding: 'utf8',
  });
  if (error) {
    console.error('cfn-lint is not installed: the templates were not checked with it.');
    return;
  }
  const found = stdout.split('\n').filter((line) => /^[EW]\d/.test(line));
  // Its pattern for resources knows the partition `aws` alone.
  const faults = found.filter((line) => !/^E3601 'arn:aws-cn:.* does not match/.test(line));
  if (faults.length > 0) throw new Error(`cfn-lint finds faults:\n${faults.join('\n')}`);
  console.log(`cfn-lint finds no fault in ${templates.length} templates.`);
}

function seconds(since) {
  return Math.round((performance.now() - since) / 1000);
}
