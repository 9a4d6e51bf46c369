import assert from 'node:assert/strict';
import { readTargets } from '../../../src/core/targetsReading';

describe('readTargets', () => {
  it('takes comments, trailing commas, and every member that a target has', () => {
    const reading = readTargets(`// Who gets what.
{
  "$schema": "https://example.com/targets.json",
  "targets": [
    { "payloads": "events/*.json", "function": "orders:live", "profile": "dev", "region": "eu-west-1",
      "api": "Invoke", "schema": "aws:sqs", "tenantId": "blue", "durableName": "order-7", }, /* the last */
  ],
}`);
    assert.ok(reading.kind === 'targets');
    assert.deepEqual(
      reading.targets.map(({ target }) => target),
      [
        {
          payloads: 'events/*.json',
          function: 'orders:live',
          profile: 'dev',
          region: 'eu-west-1',
          api: 'Invoke',
          schema: 'aws:sqs',
          tenantId: 'blue',
          durableName: 'order-7',
        },
      ],
    );
    assert.deepEqual(readTargets('{ "targets": [] }'), {
      kind: 'targets',
      targets: [],
      environments: new Map(),
    });
  });

  const good = '{ "payloads": "a/*", "function": "f" }';
  const faults: Readonly<Record<string, readonly [text: string, reason: RegExp, marked: string]>> =
    {
      'an empty file': ['', /Line 1: This is not valid JSON/, ''],
      'half a file': [`{ "targets": [${good}`, /not valid JSON/, ''],
      'text after its end': [`{ "targets": [] }\n}`, /^Line 2: This is not valid JSON/, '}'],
      'a missing comma': [`{ "targets": [${good}\n${good}] }`, /^Line 2: This is not valid/, '{'],
      'another root': ['[]', /must be an object/, '[]'],
      'no list': ['{}', /"targets" is missing/, '{}'],
      'a misspelled list': ['{ "target": [] }', /Unknown key "target"/, '"target"'],
      'two lists': ['{ "targets": [], "targets": [] }', /Duplicate key "targets"/, '"targets"'],
      'a list that is none': ['{ "targets": {} }', /must be an array/, '{}'],
      'an entry that is no object': [`{ "targets": [${good}, "f"] }`, /must be an object/, '"f"'],
      'an entry without a function': [
        `{ "targets": [\n${good},\n{ "payloads": "b/*" }] }`,
        /^Line 3: "function" is missing/,
        '{ "payloads": "b/*" }',
      ],
      'an entry without payloads': [
        '{ "targets": [{ "function": "f" }] }',
        /"payloads" is missing/,
        '{ "function": "f" }',
      ],
      'a function that is no text': [
        '{ "targets": [{ "payloads": "a", "function": 1 }] }',
        /"function" must be a string/,
        '1',
      ],
      'a tenant that Lambda refuses': [
        '{ "targets": [{ "payloads": "a", "function": "f", "tenantId": "blau!" }] }',
        /A tenant ID has 1 to 256/,
        '"blau!"',
      ],
      'a tenant that is no text': [
        '{ "targets": [{ "payloads": "a", "function": "f", "tenantId": 7 }] }',
        /"tenantId" must be a string/,
        '7',
      ],
      'an execution name that is too long': [
        `{ "targets": [{ "payloads": "a", "function": "f", "durableName": "${'a'.repeat(65)}" }] }`,
        /A durable execution name has 1 to 64/,
        `"${'a'.repeat(65)}"`,
      ],
      'an empty function': [
        '{ "targets": [{ "payloads": "a", "function": "" }] }',
        /"function" must not be empty/,
        '""',
      ],
      'a profile that is no text': [
        '{ "targets": [{ "payloads": "a", "function": "f", "profile": null }] }',
        /"profile" must be a string/,
        'null',
      ],
      'an unknown call': [
        '{ "targets": [{ "payloads": "a", "function": "f", "api": "invoke" }] }',
        /"api" must be/,
        '"invoke"',
      ],
      'a misspelled member': [
        '{ "targets": [{ "payloads": "a", "function": "f", "profil": "dev" }] }',
        /Unknown key "profil"/,
        '"profil"',
      ],
      'a member twice': [
        '{ "targets": [{ "payloads": "a", "function": "f", "function": "g" }] }',
        /Duplicate key "function"/,
        '"function"',
      ],
      'too long a glob': [
        `{ "targets": [{ "function": "f", "payloads": "${'*'.repeat(1001)}" }] }`,
        /more than 1,000 characters/,
        `"${'*'.repeat(1001)}"`,
      ],
      'what is larger than any file': [' '.repeat(300_000), /too large/, ''],
      'too deep a nesting': ['['.repeat(200_000), /nested too deeply/, ''],
    };
  for (const [name, [text, reason, marked]] of Object.entries(faults)) {
    it(`refuses ${name}`, () => {
      const reading = readTargets(text);
      assert.ok(reading.kind === 'fault');
      assert.match(reading.reason, reason);
      assert.equal(text.slice(reading.range?.start, reading.range?.end), marked);
    });
  }
});
