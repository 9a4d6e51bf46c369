import { spawnSync } from 'node:child_process';

/** Whether this machine can run Python handlers. Without Python their tests are skipped: Node is all that they need. */
export const hasPython =
  spawnSync(process.platform === 'win32' ? 'python' : 'python3', ['--version']).status === 0;

/** For the title of what is skipped without it. */
export const needsPython = hasPython ? '' : ' (skipped: there is no python3 on the PATH)';
