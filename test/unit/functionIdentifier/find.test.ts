import assert from 'node:assert/strict';
import { findIdentifiers } from '../../../src/core/functionIdentifier/find';
import { mayHoldIdentifier } from '../../../src/core/functionIdentifier/prefilter';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
const wrong = 'arn:aws:lambda:us-east-1:1234:function:orders';
/** In characters. To look through all of it again for each candidate would take minutes. */
const size = 2_000_000;
/** Far above what reading it once takes on a busy machine. */
const hangMs = 30_000;

function found(text: string, languageId: string): string[] {
  return findIdentifiers(text, languageId).map(({ range }) => text.slice(range.start, range.end));
}

describe('findIdentifiers', () => {
  const values: readonly (readonly [
    languageId: string,
    text: string,
    ...found: readonly string[],
  ])[] = [
    ['json', `{"a":"${arn}","b":["${wrong}"]}`, arn, wrong],
    ['json', `{"a":" ${arn} "}`, ` ${arn} `],
    ['json', `{"a":"${arn}:"}`, `${arn}:`],
    ['json', `["${arn}:", "live"]`],
    ['json', `{"a":"see ${arn}"}`],
    ['json', `{"a":"{\\"b\\":\\"${wrong}\\"}"}`],
    ['yaml', `a: ${arn}\nb:\n  - ${wrong} # old\nc: [${arn}, ${wrong}]`, arn, wrong, arn, wrong],
    ['yaml', `a: ${arn} and more`],
    ['yaml', `a: >\n  ${wrong}\n`],
    ['yaml', `a: ${arn}\r\nb: ${wrong}\r\n`, arn, wrong],
    ['typescript', `f('${arn}'); g("${wrong}"); h(\`${arn}\`)`, arn, wrong, arn],
    ['typescript', `f('${arn}' + x)`],
    ['typescript', `f(x + '${wrong}')`],
    ['typescript', `x || '${wrong}'; y && '${arn}'`, wrong, arn],
    ['typescript', `f('${arn} ')`],
    ['typescript', `f('${arn}:')`],
    ['typescript', `f('${wrong}'.replace('1234', account))`],
    ['typescript', `// f('${wrong}')`],
    ['typescript', ` * f('${wrong}')`],
    ['typescript', `f(x) // '${wrong}'`],
    ['typescript', `f("${arn}')`],
    ['cpp', `#define ARN "${wrong}"`, wrong],
    ['kotlin', `f("${arn}:$latest")`],
    ['dotenv', `ARN=${wrong}`, wrong],
    ['dotenv', `#ARN=${wrong}`],
    ['shellscript', `aws lambda invoke --function-name ${arn} o.json`, arn],
    ['shellscript', `echo deploying ${wrong}`],
    ['shellscript', `x=${arn}; y=1`, arn],
    ['xml', `<arn>${wrong}</arn>`, wrong],
    ['html', `<p>Use ${wrong}</p>`],
    ['markdown', `Use ${wrong}.`],
    ['markdown', `Use \`${arn}\`.`, arn],
    ['log', `arn=${wrong}`],
    ['json', '{"a":"arn:aws:lambda:us-east-1:123456789012:function"}'],
    ['json', '{"a":"arn:aws:lambda:us-east-1:123456789012:function:"}'],
    ['json', '{"a":"12345:function:orders"}'],
    // Runs of a durable function: as AWS writes them, and with colons, as test data of tools does.
    ['json', `{"a":"${arn}:1/durable-execution/reminder/0b1f"}`],
    ['json', `{"a":"${arn}:$LATEST/durable-execution/reminder/0b1f"}`],
    ['json', `{"a":"${arn}:$LATEST:durable-execution:reminder"}`],
    ['json', `{"a":"${arn}:execution:reminder"}`],
    ['json', `{"a":"${arn}:execution"}`, `${arn}:execution`],
    ['json', '{"a":"urn:x:function:orders"}'],
    ['json', '{"a":"123456789012:function:orders"}', '123456789012:function:orders'],
  ];
  for (const [languageId, text, ...expected] of values) {
    it(`${languageId}: ${JSON.stringify(text)} holds ${expected.length}`, () => {
      assert.deepEqual(found(text, languageId), expected);
      if (expected.length > 0) assert.ok(mayHoldIdentifier(text));
    });
  }

  it('gives the same answer every time: no search remembers the last', () => {
    const text = `"${arn}"`;
    for (let round = 0; round < 3; round += 1) {
      assert.equal(mayHoldIdentifier(text), true);
      assert.equal(findIdentifiers(text, 'json').length, 1);
    }
  });

  for (const unit of [
    'a:',
    'arn:',
    '7',
    '\ud800',
    '\0',
    ':lambda:',
    ':function:',
    `"${arn}" `,
    `"arn:aws:lambda:`,
    `x=${wrong} `,
    `:lambda:${' '.repeat(300)}"`,
  ]) {
    it(`reads through a text of ${JSON.stringify(unit).slice(0, 40)}`, () => {
      const text = unit.repeat(Math.ceil(size / unit.length));
      const started = performance.now();
      findIdentifiers(text, 'yaml');
      assert.ok(performance.now() - started < hangMs);
    });
  }
});
