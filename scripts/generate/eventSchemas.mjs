// Writes generated/eventSchemas/: a JSON Schema for each AWS event that is named in src/core/events/events.json. It has
// two witnesses, the Zod schemas of Powertools for AWS Lambda and @types/aws-lambda, and refuses only what both refuse;
// eventFacts.json adds what AWS documents beyond them.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alone, joined, schemaOf, shapeOf } from './eventShape.mjs';
import { withFacts } from './eventFacts.mjs';

const events = new URL('../../src/core/events/events.json', import.meta.url);
const facts = new URL('eventFacts.json', import.meta.url);
/** What the schemas are made of, and by. */
const sources = [
  events,
  facts,
  new URL('../../package-lock.json', import.meta.url),
  ...['eventFacts.mjs', 'eventShape.mjs', 'eventTypes.mjs', 'eventTypes.ts'].map(
    (name) => new URL(name, import.meta.url),
  ),
  new URL(import.meta.url),
];

/**
 * Writes one compact file an event into `eventSchemas/` of the folder (`aws:sqs` → `sqs.json`). Does nothing when the
 * tables, the scripts and the packages are the same as at the last time.
 * Throws when a package no longer exports what the table names, and for a fact about a place that is not there.
 */
export async function generateEventSchemas(folder) {
  const out = join(folder, 'eventSchemas');
  const stampFile = join(folder, 'eventSchemas.stamp');
  const stamp = await currentStamp();
  if ((await readFile(stampFile, 'utf8').catch(() => undefined)) === stamp) return;
  const schemas = await eventSchemas();
  // Nothing stays of an event that has left the table: all of the folder is packaged.
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  for (const [name, schema] of schemas)
    await writeFile(join(out, `${name.replace('aws:', '')}.json`), JSON.stringify(schema));
  await writeFile(stampFile, stamp);
}

async function eventSchemas() {
  // Loaded only when there is something to write: TypeScript takes a second.
  const [{ toJSONSchema }, powertools, { schemasOfTypes }] = await Promise.all([
    import('zod'),
    import('@aws-lambda-powertools/parser/schemas'),
    import('./eventTypes.mjs'),
  ]);
  const table = JSON.parse(await readFile(events, 'utf8'));
  const known = JSON.parse(await readFile(facts, 'utf8'));
  const ofTypes = schemasOfTypes([...new Set(table.flatMap(({ types }) => types ?? []))]);
  return table.map((event) => {
    const witnesses = [];
    if (event.powertools) {
      const source = powertools[event.powertools];
      if (!source) throw new Error(`@aws-lambda-powertools/parser has no ${event.powertools}`);
      // Events as they arrive, not as Powertools hands them on; what JSON Schema cannot say is left open.
      witnesses.push(toJSONSchema(source, { io: 'input', unrepresentable: 'any' }));
    }
    if (event.types) witnesses.push(ofTypes.get(event.types));
    const shapes = witnesses.map((schema) => shapeOf(schema, schema));
    const shape = withFacts(
      shapes.length === 1 ? alone(shapes[0]) : joined(...shapes),
      event,
      known,
    );
    const $schema = 'https://json-schema.org/draft/2020-12/schema';
    return [event.name, { $schema, title: event.title, ...schemaOf(shape) }];
  });
}

async function currentStamp() {
  const hash = createHash('sha256');
  for (const file of sources) hash.update(await readFile(file));
  return hash.digest('hex');
}
