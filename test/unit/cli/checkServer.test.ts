import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../support/localLambda';

describe('the server that checks files without an editor', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-server-'));
  });
  after(async () => {
    child?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('leaves nothing behind that keeps the process alive when it is ended amid a message', async () => {
    const serverFile = join(folder, 'server.js');
    await writeFile(serverFile, serverThatStopsAmidAMessage);
    const program = await bundle('test/support/checkServerChild.ts');
    child = fork(program, [serverFile], { execArgv: [] });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });
});

/** Answers the first request, and writes no more than the head of what follows, all at once. */
const serverThatStopsAmidAMessage = `
process.stdin.once('data', () => {
  const answer = JSON.stringify({ jsonrpc: '2.0', id: 0, result: { capabilities: {} } });
  process.stdout.write(\`Content-Length: \${answer.length}\\r\\n\\r\\n\${answer}Content-Length: 99\\r\\n\\r\\n{\`);
});
process.stdin.resume();
`;
