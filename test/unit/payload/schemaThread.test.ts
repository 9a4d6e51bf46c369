import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { UnusableSchemaError } from '../../../src/core/payload/schema';
import { SchemaThread } from '../../../src/server/schemas/schemaThread';

describe('SchemaThread', () => {
  let folder: string;
  let thread: SchemaThread;
  let schemas: Record<string, object>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schema-worker-'));
    await build({
      entryPoints: ['src/server/schemas/schemaWorker.ts'],
      outfile: join(folder, 'schemaWorker.js'),
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
    });
  });

  beforeEach(() => {
    schemas = {};
    const resolve = async (uri: string) => JSON.stringify(schemas[uri]);
    thread = new SchemaThread(join(folder, 'schemaWorker.js'), resolve, 3000);
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
      assert.match(error.message, /took longer than 3 s/);
      return true;
    });
    assert.equal((await kind).length, 1);
  });

  it('checks the next payload by a schema that another payload was too much for, in less time', async () => {
    schemas['file:///s.json'] = { pattern: '^(a+)+$' };
    const hostile = `"${'a'.repeat(60)}!"`;
    await assert.rejects(thread.problems('file:///s.json', hostile), /longer than 3 s/);
    assert.equal((await thread.problems('file:///s.json', '"b"')).length, 1);
    await assert.rejects(thread.problems('file:///s.json', hostile), /longer than 3 s/);
    await assert.rejects(thread.problems('file:///s.json', hostile), /longer than 1 s/);
    schemas['file:///s.json'] = { pattern: '^a+$' };
    thread.forget();
    assert.equal((await thread.problems('file:///s.json', hostile)).length, 1);
  });

  it('is not thrown off by schemas that cannot be used', async () => {
    schemas['file:///good.json'] = { type: 'number' };
    for (const [index, schema] of unusable.entries()) {
      const uri = `file:///unusable${index}.json`;
      schemas[uri] = schema;
      const [failed, next] = await Promise.allSettled([
        thread.problems(uri, '{"a":{"b":[1]}}'),
        thread.problems('file:///good.json', '"x"'),
      ]);
      assert.equal(failed.status, 'rejected', JSON.stringify(schema));
      assert.equal(next.status === 'fulfilled' && next.value.length, 1, JSON.stringify(schema));
    }
  });
});

const unusable: readonly object[] = [
  { type: 'text' },
  { $schema: 'https://json-schema.org/draft/2030-01/schema' },
  { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'file:///good.json', type: 1 },
  { $async: true },
  { allOf: [{ $ref: 'none.json' }, { $ref: 'neither.json' }, { $ref: 'nothing.json' }] },
  { $ref: '#/definitions/none' },
  { $ref: 'https://example.com/none.json' },
  { pattern: '(' },
  { properties: { a: { properties: { b: { items: { multipleOf: 0 } } } } } },
  { $ref: 'file:///unusable0.json' },
];
