import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SendFileReply } from '../../../src/sendFile/messages';
import { repository } from '../../support/repository';

describe('the process that sends a file for an editor', () => {
  it('speaks the language of the editor, and ends with it', async () => {
    const child = fork(join(repository, 'dist/sendFile.js'), ['de-AT']);
    const ended = once(child, 'exit');
    child.send({ kind: 'check', path: join(repository, 'none.jsonl'), api: 'Invoke' });
    const [reply] = (await once(child, 'message')) as [SendFileReply];
    assert.ok(reply.kind === 'failed');
    assert.equal(reply.error.kind, 'unread');
    assert.equal(reply.error.remedy, 'JSON-Lines-Datei auswählen.');
    child.disconnect();
    assert.deepEqual(await ended, [0, null]);
  });
});
