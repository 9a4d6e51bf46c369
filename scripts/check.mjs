// All static checks: format, lint with types, types, unused code.
import { spawnSync } from 'node:child_process';
import { root, runNode } from './setUp.mjs';

runNode('scripts/generate.mjs');
runNode('scripts/readmeTables.mjs', '--check');
runNode('scripts/words.mjs', '--check');

const checks = {
  format: ['biome', 'format', '.'],
  lint: ['oxlint', '--type-aware', '--deny-warnings', 'src', 'test'],
  types: ['tsc', '--noEmit', '--project', '.'],
  unused: ['knip'],
};

const failed = Object.entries(checks).filter(([name, [tool, ...args]]) => {
  console.log(`── ${name}`);
  const { status } = spawnSync('npx', ['--no-install', tool, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`Failed: ${failed.map(([name]) => name).join(', ')}`);
  process.exit(1);
}
