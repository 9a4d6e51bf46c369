import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { targetOfFile } from '../../../src/files/payloadFolder';

describe('the target of a file outside the editor', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payload-folder-'));
    await mkdir(join(folder, '.lambda'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const target = () => targetOfFile(join(folder, 'events/a.json'), folder);
  const write = (text: string) => writeFile(join(folder, '.lambda/targets.json'), text);

  it('is nobody’s to say where the folder has environments', async () => {
    const targets = '"targets":[{"payloads":"events/*.json","function":"orders"}]';
    await write(`{"environments":{"prod":{"profile":"prod"}},${targets}}`);
    const reading = await target();
    assert.match(reading.kind === 'fault' ? reading.reason : '', /has environments/);
    await write(`{"environments":{},${targets}}`);
    assert.equal((await target()).kind, 'target');
  });
});
