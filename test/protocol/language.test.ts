import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageIdOfPath } from '../../src/migration/languages';
import { findDeprecated, type FindDeprecatedResult } from '../../src/protocol/messages';
import { repository } from '../support/repository';
import { languageOf } from '../unit/functionIdentifier/languageOf';
import { accepted, lost, refused, unbracket } from '../unit/functionIdentifier/problemCases';
import { refused as refusedJson } from '../unit/payload/jsonCases';
import { positions } from '../unit/payload/schemaCases';
import { faults } from '../unit/payload/syntaxFaults';
import { unmarked } from '../unit/payload/unmarked';
import { notGerman, notGermanIn } from './bundleWords';
import { Session } from './session';

const fixtures = join(repository, 'test/fixtures');
const targetsPath = '.lambda/targets.json';
const use = 'aws lambda invoke-async --function-name orders --invoke-args event.json\n';

/** Schemas that show one sentence each, and the payloads that they refuse. */
const schemaCases: readonly (readonly [schema: unknown, payload: string])[] = [
  ...positions.map(([, schema, marked]) => [schema, unmarked(marked).text] as const),
  ...'date-time date time duration email hostname ipv4 ipv6 uri uuid base64 regex json-pointer'
    .split(' ')
    .map((format) => [{ format }, '"("'] as const),
  [{ propertyNames: { minLength: 2 } }, '{ "a": 1 }'],
  [{ propertyNames: { maxLength: 2 } }, '{ "abc": 1 }'],
  [
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      contains: { type: 'null' },
      maxContains: 2,
    },
    '[]',
  ],
  [{ $schema: 'http://json-schema.org/draft-04/schema#' }, '1'],
  [{ $async: true }, '1'],
  [{ $ref: '#/definitions/a', definitions: { a: { $ref: '#/definitions/a' } } }, '1'],
  [{ items: { $ref: 'gone.json' } }, '[1]'],
  [{ type: ['boolean', 'number'] }, '"x"'],
  [{ type: 'order' }, '1'],
  [[], '1'],
];

describe('language server in an editor that speaks German', () => {
  let session: Session;
  before(async () => {
    const schemas = schemaCases.map(([schema], index) => [
      `schemas/${index}.json`,
      JSON.stringify(schema),
    ]);
    session = await Session.start({
      initialize: () => ({ locale: 'de' }),
      initializationOptions: { commandLinks: true },
      settings: { region: 'us-east-1' },
      files: {
        ...Object.fromEntries(schemas),
        'events/a.json': '{}',
        'events/b.json': '{}',
        'closed/use.sh': use,
        'closed/binary.sh': `\0${use}`,
        [targetsPath]: JSON.stringify({
          targets: [
            ...schemas.map(([path], index) => ({
              payloads: `events/schema-${index}.json`,
              function: 'f',
              schema: path,
            })),
            { payloads: '**/*.json', function: 'f' },
          ],
        }),
      },
    });
  });
  after(() => session.stop());

  /** What is not German of all that is said of a document; fails when nothing is said. */
  async function untranslated(path: string, languageId: string, text: string): Promise<string[]> {
    const diagnostics = await session.open(path, languageId, text);
    assert.ok(diagnostics.length > 0, `${path} has no problem`);
    const actions = await Promise.all(
      diagnostics.slice(0, 20).map((found) => session.fixes(path, found)),
    );
    const said = [
      ...diagnostics.map(({ message }) => plain(message)),
      ...actions.flat().map(({ title }) => title),
    ];
    await session.close(path);
    return [...new Set(said)].flatMap((words) => notGerman(words) ?? []);
  }

  it('tells in German what is wrong with identifiers in documents', async () => {
    const folder = join(fixtures, 'identifiers/seeded');
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8').replace(/⟦[a-z-]+:([^⟧]*)⟧/g, '$1');
      assert.deepEqual(await untranslated(`code/${name}`, languageOf(name), text), [], name);
    }
  });

  it('tells in German what is wrong with the targets', async () => {
    const entry = { payloads: 'events/a.json', region: 'eu-west-1' };
    const targets = [
      ...[...refused, ...lost, ...accepted].map(([value]) => ({
        ...entry,
        function: unbracket(value).text,
      })),
      { ...entry, function: 'arn:aws:lambda:us-east-1:123456789012:function:f' },
      { ...entry, function: 'f', payloads: 'no/such/*.json' },
      ...['aws:sqq', 'gone.json', '../outside.json'].map((schema) => ({
        ...entry,
        function: 'f',
        schema,
      })),
    ];
    assert.deepEqual(await untranslated(targetsPath, 'json', JSON.stringify({ targets })), []);
  });

  it('tells in German what is wrong with payloads', async () => {
    const texts = [
      ...faults.map(([, marked]) => unmarked(marked).text),
      ...Object.values(refusedJson),
      '{ "a": 1, "a": 9007199254740993, "b": 3.14159265358979323846, "c": "\\ud83d" }',
      ...[300, 1200, 2400].map((kilobytes) => JSON.stringify('x'.repeat(kilobytes * 1024))),
    ];
    const faulty: string[] = [];
    for (const [index, text] of texts.entries())
      faulty.push(...(await untranslated(`.lambda/payloads/f/${index}.json`, 'json', text)));
    assert.deepEqual(faulty, []);
  });

  it('tells in German where payloads do not fit their schemas, by the thread that finds it', async () => {
    const faulty: string[] = [];
    for (const [index, [, payload]] of schemaCases.entries())
      faulty.push(...(await untranslated(`events/schema-${index}.json`, 'json', payload)));
    assert.deepEqual(faulty, []);
  });

  it('tells in German of deprecated uses', async () => {
    const folder = join(fixtures, 'migration');
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.expected')) continue;
      const source = path.replace('.expected', '');
      const text = readFileSync(join(folder, source), 'utf8');
      const languageId = languageIdOfPath(source) ?? '';
      assert.deepEqual(await untranslated(source, languageId, text), [], source);
    }
  });

  it('tells in German of deprecated uses in files that are not open, by the threads that search', async () => {
    const { skipped } = await session.connection.sendRequest<FindDeprecatedResult>(findDeprecated);
    assert.deepEqual(
      skipped.map(({ reason }) => notGerman(reason)),
      [undefined],
    );
    const [found] = await session.eventually('closed/use.sh', ({ length }) => length > 0);
    assert.equal(notGerman(plain(found?.message ?? '')), undefined);
  });

  it('answers hovers in German', async () => {
    const place = 'arn:aws:lambda:us-east-9:123456789012:function:f';
    const code = ['', ':$LATEST', ':$LATEST.PUBLISHED', ':1', ':prod']
      .map((qualifier) => `"${place}${qualifier}"\n`)
      .join('');
    await session.open('hover.json', 'json', code);
    const globs = [
      'events/a.json',
      '*/a.json',
      'events/*.json',
      'schemas/*.json',
      '**/*.json',
      'no/*',
    ];
    const targets = JSON.stringify({
      targets: globs.map((payloads) => ({ payloads, function: 'f' })),
    });
    await session.open(targetsPath, 'json', targets);
    const hovers = await Promise.all([
      ...code
        .trim()
        .split('\n')
        .map((line) => session.hover('hover.json', code, line.slice(1))),
      ...globs.map((glob) => session.hover(targetsPath, targets, glob)),
    ]);
    for (const hover of hovers) {
      assert.ok(hover);
      const { value } = hover.contents as { value: string };
      assert.deepEqual(notGermanIn(value), [], value);
    }
  });
});

describe('language server, by the language of the editor', () => {
  for (const [locale, message] of [
    ['de-AT', 'Eine Konto-ID hat 12 Ziffern; diese hat 5.'],
    ['DE', 'Eine Konto-ID hat 12 Ziffern; diese hat 5.'],
    ['xx', 'An account ID has 12 digits; this one has 5.'],
    ['../de', 'An account ID has 12 digits; this one has 5.'],
  ] as const) {
    it(`answers ${locale} with "${message}"`, async () => {
      const session = await Session.start({ initialize: () => ({ locale }) });
      const text = '"arn:aws:lambda:us-east-1:12345:function:orders"';
      const [found] = await session.open('a.json', 'json', text);
      await session.stop();
      assert.equal(found?.message, message);
    });
  }
});

function plain(message: string | { readonly value: string }): string {
  return typeof message === 'string' ? message : message.value;
}
