import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { resolveConnection } from '../../../src/aws/connection';
import type { SendFileReply, SendFileRequest } from '../../../src/sendFile/messages';
import { listRuns } from '../../../src/sendFile/runList';
import { startEventServer } from '../../support/eventServer';
import { repository } from '../../support/repository';

const program = join(repository, 'dist/sendFile.js');

describe('the process that sends a file for an editor', () => {
  it('speaks the language of the editor, and ends with it', async () => {
    const child = fork(program, ['de-AT']);
    const ended = once(child, 'exit');
    child.send({ kind: 'check', path: join(repository, 'none.jsonl'), api: 'Invoke' });
    const [reply] = (await once(child, 'message')) as [SendFileReply];
    assert.ok(reply.kind === 'failed');
    assert.equal(reply.error.kind, 'unread');
    assert.equal(reply.error.remedy, 'JSON-Lines-Datei auswählen.');
    child.disconnect();
    assert.deepEqual(await ended, [0, null]);
  });

  it('ends its run as it should when it speaks to an editor that has just gone', async function () {
    // Windows has no signal that stops a process.
    if (process.platform === 'win32') this.skip();
    const folder = await mkdtemp(join(tmpdir(), 'editor-link-'));
    const server = await startEventServer();
    const child = fork(program, ['en']);
    try {
      const ended = once(child, 'exit');
      const ask = (request: SendFileRequest) => child.send(request);
      const path = join(folder, 'events.jsonl');
      await writeFile(path, '{}\n'.repeat(1000));
      ask({ kind: 'check', path, api: 'Invoke' });
      const environment = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
      const connection = await resolveConnection({
        region: 'us-east-1',
        endpoint: server.url,
        timeoutMs: 20_000,
        environment,
      });
      for await (const [reply] of on(child, 'message') as AsyncIterable<[SendFileReply]>)
        if (reply.kind === 'checked') break;
      const target = { api: 'Invoke', functionName: 'orders', connection, root: folder } as const;
      ask({ kind: 'begin', request: { ...target, rate: 20, concurrency: 2 } });
      await server.until(2);
      // It wakes up with something to tell, before it learns that nobody listens.
      child.kill('SIGSTOP');
      child.disconnect();
      await passed(300);
      child.kill('SIGCONT');
      assert.deepEqual(await ended, [0, null]);
      const [run] = (await listRuns(folder)).runs;
      assert.equal(run?.progress?.state, 'stopped');
      assert.equal(run.progress.counts.accepted, server.received);
    } finally {
      child.kill('SIGKILL');
      await server.stop();
      await rm(folder, { recursive: true });
    }
  });
});
