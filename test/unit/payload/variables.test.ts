import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fillPayload, placeholdersIn, variableProblems } from '../../../src/core/payload/variables';

describe('variables in payloads', () => {
  const values = {
    uuid: () => 'b2f1',
    now: '2026-11-29T10:00:00.000Z',
    environment: { name: 'dev', variables: { alias: 'latest', quote: '"}\n${now}' } },
    machine: (name: string) => (name === 'USER' ? 'zoe' : undefined),
    answers: new Map([
      ['Which order?', '7'],
      ['Say "x"', 'y'],
    ]),
  };
  const filled = (text: string) => fillPayload(text, values);

  it('are filled in inside strings, keys among them, and nowhere else', () => {
    assert.deepEqual(
      filled(
        '{"id": "${uuid}", "at":"${now}", "${env}": ["a ${env.USER} ${alias}", 1], "q": "${input:Which order?}"}',
      ),
      {
        text: '{"id": "b2f1", "at":"2026-11-29T10:00:00.000Z", "dev": ["a zoe latest", 1], "q": "7"}',
      },
    );
    assert.deepEqual(filled('{"q": "${input: Say \\"x\\" }", "is": "\\u0024{now} $ {now}"}'), {
      text: '{"q": "y", "is": "\\u0024{now} $ {now}"}',
    });
  });

  it('cannot end a string, and what they hold is not filled in again', () => {
    assert.deepEqual(filled('{"a": "${quote}"}'), { text: '{"a": "\\"}\\n${now}"}' });
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, beside) => {
        const text = JSON.stringify({ a: `${beside.replaceAll('$', '')}\${x}`, b: 1 });
        const environment = { name: 'dev', variables: { x: value } };
        const result = fillPayload(text, { ...values, environment });
        assert.ok('text' in result);
        assert.deepEqual(JSON.parse(result.text), {
          a: beside.replaceAll('$', '') + value,
          b: 1,
        });
      }),
    );
  });

  it('that stand for nothing are faults, with their line', () => {
    for (const [text, fault] of [
      ['{\n"a": "${gone}"}', /^Line 2: \$\{gone\} is not a variable of the environment dev\.$/],
      ['"${toString}"', /\$\{toString\} is not a variable/],
      ['"${env.NOT_THERE}"', /no environment variable NOT_THERE/],
      ['"${env.aws_secret_access_key}"', /is a credential/],
      ['"${uuid"', /has no end/],
      ['"${input:}"', /\$\{input:\} is unknown\. There are \$\{uuid\}, /],
      ['"${1}"', /\$\{1\} is unknown/],
      [`"\${${'a'.repeat(400)}}"`, /has no end, or is too long/],
    ] as const) {
      const result = filled(text);
      assert.match('fault' in result ? result.fault : result.text, fault);
    }
  });

  it('of an endless payload end', () => {
    const environment = { name: 'dev', variables: { x: 'y'.repeat(1000) } };
    const many = JSON.stringify('${x}'.repeat(200_000));
    assert.match(JSON.stringify(fillPayload(many, { ...values, environment })), /larger than 2 MB/);
    const questions = JSON.stringify(Array.from({ length: 30 }, (_, n) => `\${input:${n}}`));
    assert.match(JSON.stringify(filled(questions)), /more than 20 questions/);
  });

  it('are looked for in any text, in time', () => {
    const hostile = ['"${', '${'.repeat(500_000), '"'.repeat(500_000), '"\\'.repeat(300_000)];
    for (const text of hostile) placeholdersIn(text);
    for (const text of hostile) assert.ok(placeholdersIn(`"${text.replaceAll(/["\\]/g, '')}"`));
    fc.assert(fc.property(fc.string(), (text) => void placeholdersIn(text)));
    const environments = new Map(
      Array.from({ length: 2000 }, (_, n) => [`e${n}`, { variables: { x: 'y' } }]),
    );
    const many = JSON.stringify('${x}'.repeat(200_000));
    assert.deepEqual(variableProblems(many, environments), []);
  }).timeout(60_000);

  it('are checked in each environment', () => {
    const environments = new Map([
      ['dev', { variables: { alias: 'latest' } }],
      ['prod', {}],
    ]);
    const codes = (text: string, known = environments) =>
      variableProblems(text, known).map(({ message, range }) => [
        text.slice(range.start, range.end),
        message.slice(0, 40),
      ]);
    assert.deepEqual(codes('{"a": "${uuid} ${env} ${env.ANY} ${input:What?} ${alias}"}'), [
      ['${alias}', '${alias} is not a variable of the enviro'],
    ]);
    assert.deepEqual(codes('"${env} ${x"', new Map()), [
      ['${env}', '${env} is unknown. There are ${uuid}, ${'],
      ['${x', 'The placeholder has no end, or is too lo'],
    ]);
  });
});
