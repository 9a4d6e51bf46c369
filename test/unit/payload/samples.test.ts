import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { eventSchemaFile, eventSchemas } from '../../../src/core/payload/eventSchemas';
import { samplePath, sampleEvents } from '../../../src/core/payload/samples';
import { SchemaChecker } from '../../../src/core/payload/schema';
import { sizeProblem } from '../../../src/core/payload/size';
import { checkSyntax } from '../../../src/core/payload/syntax';

const checker = new SchemaChecker((name) =>
  readFile(`generated/eventSchemas/${eventSchemaFile(name)}`, 'utf8'),
);

describe('sample events', () => {
  for (const sample of sampleEvents) {
    it(`${sample.title} (${sample.schema ?? 'no schema'}) is free of problems`, async () => {
      const text = await readFile(samplePath(sample), 'utf8');
      assert.deepEqual(checkSyntax(text).problems, []);
      assert.equal(sizeProblem(text, 'InvokeAsync'), undefined);
      if (sample.schema) assert.deepEqual(await checker.problems(sample.schema, text), []);
    });
  }

  it('are all offered, each once', async () => {
    const files = (await readdir('media/samples')).map((file) => `media/samples/${file}`);
    assert.deepEqual(sampleEvents.map(samplePath).toSorted(), files.toSorted());
  });
});

describe('event schemas', () => {
  for (const { name, title } of eventSchemas) {
    it(`${name} (${title}) takes no empty event`, async () => {
      assert.notDeepEqual(await checker.problems(name, '{}'), []);
    });
  }

  it('have no file for an unknown name', () => {
    assert.equal(eventSchemaFile('aws:nothing'), undefined);
  });
});
