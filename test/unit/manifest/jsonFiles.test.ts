import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse, type ParseError } from 'jsonc-parser';
import { parseConfiguration } from '../../../src/local/configurationText';
import { repository } from '../../support/repository';

const { contributes } = json('package.json') as {
  contributes: {
    jsonValidation: { fileMatch: string; url: string }[];
    snippets: { path: string }[];
  };
};

/** The schema that the editor holds a file of the user against. */
function validator(file: string): (value: unknown) => boolean {
  const { url } =
    contributes.jsonValidation.find(({ fileMatch }) => fileMatch.endsWith(file)) ?? {};
  assert.ok(url, file);
  return new Ajv({ strict: false }).compile(json(url) as object);
}

describe('the schemas of our own files', () => {
  it('accept what the example has', () => {
    for (const file of ['.lambda/targets.json', '.lambda/local.json']) {
      assert.ok(validator(file)(json(`examples/orders/${file}`)), file);
    }
  });

  it('refuse a misspelled member of a target', () => {
    const isValid = validator('.lambda/targets.json');
    assert.ok(!isValid({ targets: [{ payloads: 'a.json', functon: 'a' }] }));
    assert.ok(!isValid({ targets: [{ payloads: 'a.json', function: 'a', api: 'invoke' }] }));
  });

  it('judge a local function as Local Lambda does', () => {
    const isValid = validator('.lambda/local.json');
    const entries: object[] = [
      { handler: 'handlers/orders.handler' },
      { handler: 'orders' },
      { handler: 'a/b/c.d.e' },
      { handler: './a.b' },
      { handler: '..x.handler' },
      { handler: 'a/.b.c' },
      { handler: 'a\\b.c' },
      {
        handler: 'a.b',
        timeout: 900,
        environment: { A: 'x' },
        logGroup: '/aws/x',
        logFormat: 'JSON',
      },
      { handler: 'a.b', timeout: 0 },
      { handler: 'a.b', timeout: 1.5 },
      { handler: 'a.b', environment: { A: 1 } },
      { handler: 'a.b', environment: { 'A=B': 'x' } },
      { handler: 'a.b', logGroup: 'with space' },
      { handler: 'a.b', logFormat: 'json' },
      { handler: 'a.b', memory: 128 },
      {},
    ];
    for (const entry of entries) {
      const text = JSON.stringify({ functions: { orders: entry } });
      const runs =
        parseConfiguration(text, { folder: '/w', lastModified: 0 }).functions.length === 1;
      assert.equal(isValid(JSON.parse(text)), runs, text);
    }
    assert.ok(!isValid({ functions: { 'my orders': { handler: 'a.b' } } }));
  });
});

describe('the snippets', () => {
  for (const { path } of contributes.snippets) {
    for (const [name, { body }] of Object.entries(
      json(path) as Record<string, { body: string[] }>,
    )) {
      it(`write JSON: ${name}`, () => {
        const errors: ParseError[] = [];
        const text = expanded(body.join('\n'));
        parse(text.startsWith('"') ? `{${text}}` : text, errors);
        assert.deepEqual(errors, [], text);
      });
    }
  }
});

/** A snippet's text with the defaults of its places, as the editor inserts it. */
function expanded(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:\\.|[^}])*)\}/g, (_, text: string) => text.replace(/\\([\\$}])/g, '$1'))
    .replace(/(?<!\\)\$\d/g, '')
    .replace(/\\\$/g, '$');
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(join(repository, path), 'utf8'));
}
