// Writes generated/eventSchemas/: a JSON Schema for each AWS event that is named in src/core/payload/eventSchemas.json,
// made of the Zod schemas of Powertools for AWS Lambda by Zod's own export.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const table = new URL('../../src/core/payload/eventSchemas.json', import.meta.url);
const packages = new URL('../../package-lock.json', import.meta.url);

/**
 * Writes one compact file an event into `eventSchemas/` of the folder (`aws:sqs` → `sqs.json`). Does nothing when the
 * table, this script and the packages are the same as at the last time.
 * Throws when Powertools no longer exports a schema that the table names.
 */
export async function generateEventSchemas(folder) {
  const out = join(folder, 'eventSchemas');
  const stampFile = join(folder, 'eventSchemas.stamp');
  const stamp = await currentStamp();
  if ((await readFile(stampFile, 'utf8').catch(() => undefined)) === stamp) return;
  const [{ toJSONSchema }, sources] = await Promise.all([
    import('zod'),
    import('@aws-lambda-powertools/parser/schemas'),
  ]);
  // Nothing stays of an event that has left the table: all of the folder is packaged.
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  for (const { name, title, source } of JSON.parse(await readFile(table, 'utf8'))) {
    if (sources[source] === undefined)
      throw new Error(`@aws-lambda-powertools/parser has no ${source} for ${name}`);
    // Events as they arrive, not as Powertools hands them on; what JSON Schema cannot say is left open.
    const { $schema, ...rules } = toJSONSchema(sources[source], {
      io: 'input',
      unrepresentable: 'any',
    });
    await writeFile(
      join(out, `${name.replace('aws:', '')}.json`),
      JSON.stringify({ $schema, title, ...rules }),
    );
  }
  await writeFile(stampFile, stamp);
}

async function currentStamp() {
  const hash = createHash('sha256');
  for (const file of [table, packages, new URL(import.meta.url)]) hash.update(await readFile(file));
  return hash.digest('hex');
}
