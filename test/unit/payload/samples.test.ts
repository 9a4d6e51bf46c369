import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { eventProblems } from '../../../src/core/events/checkEvent';
import { recognizedEvent } from '../../../src/core/events/events';
import { samplePath, sampleEvents } from '../../../src/core/payload/samples';
import { sizeProblem } from '../../../src/core/payload/size';
import { checkSyntax } from '../../../src/core/payload/syntax';
import { shapeOf } from '../events/shapeOf';

describe('sample events', () => {
  for (const sample of sampleEvents) {
    it(`${sample.title} (${sample.schema ?? 'no schema'}) is free of problems`, async () => {
      const text = await readFile(samplePath(sample), 'utf8');
      assert.deepEqual(checkSyntax(text).problems, []);
      assert.equal(sizeProblem(text, 'InvokeAsync'), undefined);
      const event = recognizedEvent(JSON.parse(text));
      assert.equal(event?.name, sample.schema, 'it is recognized as what it is');
      if (event)
        assert.deepEqual(eventProblems(text, JSON.parse(text), event, await shapeOf(event)), []);
    });
  }

  it('are all offered, each once', async () => {
    const files = (await readdir('media/samples')).map((file) => `media/samples/${file}`);
    assert.deepEqual(sampleEvents.map(samplePath).toSorted(), files.toSorted());
  });
});
