import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { UnusableSchemaError } from '../../../src/core/payload/schema';
import { SchemaThread } from '../../../src/server/schemaThread';

describe('SchemaThread', () => {
  let folder: string;
  let thread: SchemaThread;
  let schemas: Record<string, object>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schema-worker-'));
    await build({
      entryPoints: ['src/server/schemaWorker.ts'],
      outfile: join(folder, 'schemaWorker.js'),
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
    });
  });

  beforeEach(() => {
    schemas = {};
    const resolve = async (uri: string) => JSON.stringify(schemas[uri]);
    thread = new SchemaThread(join(folder, 'schemaWorker.js'), resolve, 1500);
  });

  afterEach(() => thread.dispose());

  after(() => rm(folder, { recursive: true }));

  it('tells the problems of a payload, with schemas that refer to each other', async () => {
    schemas['file:///a.json'] = { items: { $ref: 'b.json' } };
    schemas['file:///b.json'] = { type: 'string' };
    const problems = await thread.problems('file:///a.json', '["x", 1]');
    assert.deepEqual(
      problems.map(({ range }) => range),
      [{ start: 6, end: 7 }],
    );
  });

  it('passes on why a schema cannot be used', async () => {
    await assert.rejects(
      thread.problems('file:///none.json', '{}'),
      /no schema file:\/\/\/none\.json/,
    );
  });

  it('stops a pattern that runs without end, and goes on with other schemas', async () => {
    schemas['file:///hostile.json'] = { pattern: '^(a+)+$' };
    schemas['file:///kind.json'] = { type: 'number' };
    const hostile = thread.problems('file:///hostile.json', `"${'a'.repeat(60)}!"`);
    const kind = thread.problems('file:///kind.json', '"x"');
    await assert.rejects(hostile, (error) => {
      assert.ok(error instanceof UnusableSchemaError);
      assert.equal(error.uri, 'file:///hostile.json');
      assert.match(error.message, /takes longer than 1\.5 s/);
      return true;
    });
    assert.equal((await kind).length, 1);
  });

  it('leaves a stopped schema out until it is forgotten', async () => {
    schemas['file:///s.json'] = { pattern: '^(a+)+$' };
    const hostile = `"${'a'.repeat(60)}!"`;
    await assert.rejects(thread.problems('file:///s.json', hostile), /left out/);
    schemas['file:///s.json'] = { pattern: '^a+$' };
    await assert.rejects(thread.problems('file:///s.json', '"a"'), /left out/);
    thread.forget();
    assert.equal((await thread.problems('file:///s.json', hostile)).length, 1);
  });
});
