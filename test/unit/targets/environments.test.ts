import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { environmentsIn, renderFunction } from '../../../src/core/environments';
import { targetIdentifierProblems } from '../../../src/core/targetIdentifiers';
import { tolerantTree } from '../../../src/core/targets';
import { readTargets } from '../../../src/core/targetsReading';

describe('environments', () => {
  const file = (environments: unknown, functionIdentifier = 'orders-${env}:${alias}') =>
    JSON.stringify({ environments, targets: [{ payloads: 'a', function: functionIdentifier }] });
  const two = {
    dev: { profile: 'shop-dev', variables: { alias: 'latest' } },
    prod: { region: 'eu-west-1', endpoint: 'local', variables: { alias: 'live' } },
  };

  it('are read in the order of the file', () => {
    const reading = readTargets(file(two));
    assert.ok(reading.kind === 'targets');
    assert.deepEqual([...reading.environments], Object.entries(two));
  });

  it('fill in their name and variables, once', () => {
    const environment = { name: 'dev', variables: { a: '${b}', b: 'x' } };
    const rendered = (text: string) => renderFunction(text, environment);
    assert.deepEqual(rendered('f-${env}-${a}:${b}'), { functionName: 'f-dev-${b}:x' });
    assert.deepEqual(rendered('f-${stage}-${b}'), { unknown: '${stage}' });
    assert.deepEqual(rendered('f-${b'), { unknown: '${b' });
    assert.deepEqual(rendered('f-${toString}'), { unknown: '${toString}' });
    assert.deepEqual(renderFunction('f-${env}', undefined), { unknown: '${env}' });
  });

  it('leave all text outside of placeholders as it is', () => {
    const part = fc.string().filter((text) => !text.includes('${') && !text.endsWith('$'));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), fc.string(), (parts, value) => {
        const environment = { name: 'dev', variables: { x: value } };
        assert.deepEqual(renderFunction(parts.join('${x}'), environment), {
          functionName: parts.join(value),
        });
      }),
    );
  });

  it('make no function of what is too long for one', () => {
    const half = 'x'.repeat(600);
    const environment = { name: 'dev', variables: { a: half, none: '' } };
    assert.deepEqual(renderFunction('${a}', environment), { functionName: half });
    assert.deepEqual(renderFunction('${a}${a}', environment), { functionName: '${a}${a}' });
    const long = '${none}'.repeat(1000);
    assert.deepEqual(renderFunction(long, environment), { functionName: long.slice(0, 1000) });
  });

  // Each would take minutes, or more memory than there is, if it were filled in all the way.
  const many = (count: number, of: (n: number) => unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`e${n}`, of(n)]));
  const targetsOf = (count: number, functionIdentifier: string) =>
    Array.from({ length: count }, () => ({ payloads: 'a', function: functionIdentifier }));
  for (const [what, environments, targets] of [
    ['as many environments as a file can have', many(20_000, () => ({})), targetsOf(1, 'f')],
    [
      'as many variables as a file can have',
      { dev: { variables: many(20_000, () => '') } },
      targetsOf(1, 'f'),
    ],
    ['many environments for many targets', many(12_000, () => ({})), targetsOf(3000, 'f-${env}')],
    [
      'a long function in many environments',
      many(4000, () => ({})),
      targetsOf(1, '${env}'.repeat(30_000)),
    ],
    [
      'a long value in many places',
      { dev: { variables: { a: 'x'.repeat(120_000) } } },
      targetsOf(3, '${a}'.repeat(10_000)),
    ],
    [
      'many variables for many targets',
      { dev: { variables: many(8000, () => '') } },
      targetsOf(2000, 'f-${e1}'),
    ],
  ] as const) {
    it(`are checked in no time with ${what}`, () => {
      const text = JSON.stringify({ environments, targets });
      assert.ok(text.length < 300_000, `${text.length}`);
      assert.equal(readTargets(text).kind, text.length > 262_144 ? 'fault' : 'targets');
      assert.ok(targetIdentifierProblems(text).length <= 1000);
    });
  }

  it('have one fault for each thing that is not as it should be', () => {
    for (const [environments, reason] of [
      [[], /"environments" must be an object/],
      [{ dev: 1 }, /"dev" must be an object/],
      [{ 'a b': {} }, /name of an environment/],
      [{ dev: { stage: 'x' } }, /Unknown key "stage"/],
      [{ dev: { profile: 1 } }, /"profile" must be a string/],
      [{ dev: { variables: { env: 'x' } } }, /name of a variable/],
      [{ dev: { variables: { '1a': 'x' } } }, /name of a variable/],
      [{ dev: { variables: { a: 1 } } }, /"a" must be a string/],
      [{ dev: { variables: 'a' } }, /"variables" must be an object/],
    ] as const) {
      const reading = readTargets(file(environments));
      assert.ok(reading.kind === 'fault', JSON.stringify(environments));
      assert.match(reading.reason, reason);
    }
    const twice = readTargets('{"environments":{"dev":{},"dev":{}},"targets":[]}');
    assert.match(twice.kind === 'fault' ? twice.reason : '', /Duplicate key "dev"/);
  });

  it('of half a file are those that are there', () => {
    assert.deepEqual(
      [...environmentsIn(tolerantTree('{"environments":{"dev":{"profile":"d"},"prod"'))],
      [['dev', { profile: 'd' }]],
    );
  });

  it('are held against what every function becomes', () => {
    const problems = (environments: unknown, name?: string) =>
      targetIdentifierProblems(file(environments, name)).map(({ code, message }) => [
        code,
        message,
      ]);
    assert.deepEqual(problems(two), []);
    assert.deepEqual(problems({ ...two, test: {} }), [
      ['target.variable', '${alias} is not a variable of the environment test.'],
    ]);
    const [[code = '', message = ''] = []] = problems({ dev: { variables: { alias: 'a b' } } });
    assert.equal(code, 'target.variable');
    assert.match(message, /^In the environment dev, orders-dev:a b: /);
    assert.match(problems(undefined)[0]?.[1] ?? '', /no "environments" in this file/);
  });
});
