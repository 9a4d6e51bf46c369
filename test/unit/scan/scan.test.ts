import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanThreads } from '../../../src/server/search/scan';

describe('a search whose threads cannot start', () => {
  it('ends, and tells of each file and folder that was not searched', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'invoke-async-scan-'));
    // Beside the bundle of the tests lies no finderWorker.js.
    const threads = new ScanThreads(2);
    try {
      const file = join(folder, 'send.js');
      await writeFile(file, 'lambda.invokeAsync({});\n');
      const skipped = new Map<string, string | undefined>();
      const filesDone = await threads.scan(
        { files: [file], folders: [folder] },
        { onBatch: (found) => found.forEach((one) => skipped.set(one.path, one.skipped)) },
      );
      assert.equal(filesDone, 0);
      assert.deepEqual([...skipped.keys()].toSorted(), [folder, file]);
      for (const reason of skipped.values())
        assert.match(reason ?? '', /^searching it failed \(.*[^.]$/s);
    } finally {
      threads.dispose();
      await rm(folder, { recursive: true });
    }
  });
});
