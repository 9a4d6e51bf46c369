import assert from 'node:assert/strict';
import { findIdentifiers, identifierAt } from '../../../src/core/functionIdentifier/find';
import { identifierProblems } from '../../../src/core/functionIdentifier/problems';
import { targetIdentifierProblems } from '../../../src/core/targetIdentifiers';
import { applyFixes } from '../payload/applyFixes';

/** A line of each language in which a value is whole. */
const languages: readonly (readonly [languageId: string, line: (value: string) => string])[] = [
  ['typescript', (value) => `await client.send(new InvokeCommand({ FunctionName: '${value}' }));`],
  ['javascript', (value) => `const params = { FunctionName: "${value}", Payload: body };`],
  ['python', (value) => `client.invoke(FunctionName='${value}', Payload=body)`],
  ['go', (value) => `input := lambda.InvokeInput{FunctionName: "${value}"}`],
  ['java', (value) => `InvokeRequest.builder().functionName("${value}").build();`],
  ['csharp', (value) => `var request = new InvokeRequest { FunctionName = "${value}" };`],
  ['ruby', (value) => `client.invoke(function_name: '${value}')`],
  ['rust', (value) => `client.invoke().function_name("${value}").send().await?;`],
  ['swift', (value) => `let input = InvokeInput(functionName: "${value}")`],
  ['php', (value) => `$client->invoke(['FunctionName' => '${value}']);`],
  ['kotlin', (value) => `val request = InvokeRequest { functionName = "${value}" }`],
  ['terraform', (value) => `  function_name = "${value}"`],
  ['yaml', (value) => `FunctionName: "${value}"`],
  ['json', (value) => `{ "FunctionName": "${value}" }`],
  ['toml', (value) => `function_name = "${value}"`],
];

/** In brackets what is underlined, and what its fix makes of the value. */
const slips: readonly (readonly [value: string, code: string, fixed?: string])[] = [
  [
    'arn:aws:lambda:us-east-1:[12345678901O]:function:f',
    'malformed',
    'arn:aws:lambda:us-east-1:123456789010:function:f',
  ],
  ['arn:aws:lambda:us-east-1:[12345a789012]:function:f', 'malformed'],
  ['arn:aws:lambda:[us-east]:123456789012:function:f', 'malformed'],
  [
    'arn:aws:lambda:[fips-us-east-1]:123456789012:function:f',
    'malformed',
    'arn:aws:lambda:us-east-1:123456789012:function:f',
  ],
  [
    'arn:[azure]:lambda:us-east-1:123456789012:function:f',
    'partition',
    'arn:aws:lambda:us-east-1:123456789012:function:f',
  ],
  [
    'arn:[aws-cn]:lambda:us-east-1:123456789012:function:f',
    'partition',
    'arn:aws:lambda:us-east-1:123456789012:function:f',
  ],
  [
    'arn:aws:lambda:us-east-1:123456789012:function[/]f',
    'malformed',
    'arn:aws:lambda:us-east-1:123456789012:function:f',
  ],
  ['arn:aws:lambda:us-east-1:123456789012:function:team[/]orders', 'malformed'],
  ['arn:aws:lambda:us-east-1:123456789012:function:orders[#]1', 'malformed'],
  ['arn:aws:lambda:us-east-1:123456789012:function:gr[ö]ssen', 'malformed'],
  [
    'arn:aws:lambda:us-east-1:123456789012:function:orders[@]live',
    'malformed',
    'arn:aws:lambda:us-east-1:123456789012:function:orders:live',
  ],
  [
    'arn:aws:lambda:us-east-1:123456789012:function:f:[$LATES]',
    'qualifier',
    'arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST',
  ],
  [
    'arn:aws:lambda:us-east-1:123456789012:function[::]f',
    'malformed',
    'arn:aws:lambda:us-east-1:123456789012:function:f',
  ],
  [
    'arn:aws:lambda:us-east-1:123456789012[::]function:f:live',
    'malformed',
    'arn:aws:lambda:us-east-1:123456789012:function:f:live',
  ],
  ['arn:aws:lambda:us-east-1:123456789012:[function]:', 'incomplete-arn'],
  [
    'arn:aws:lambda:us-east-1:123456789012:function:[function]:orders',
    'name',
    'arn:aws:lambda:us-east-1:123456789012:function:orders',
  ],
];

/** What is to be filled in, matches many, or is right though it looks otherwise. */
const leftAlone: readonly string[] = [
  'arn:aws:lambda:REGION:ACCOUNT:function:NAME',
  'arn:aws:lambda:your-region:your-account-id:function:your-function',
  'arn:aws:lambda:us-east-1:account-id:function:f',
  'arn:aws:lambda:us-east-1:REDACTED:function:f',
  'arn:aws:lambda:us-east-1:XXXXXXXXXXXX:function:f',
  'arn:aws:lambda:us-east-1:1234567890xx:function:f',
  'arn:aws:lambda:us-east-1:12345678901X:function:f',
  'arn:aws:lambda:us-east-1:acct:function:f',
  'arn:aws:lambda:aws-region:123456789012:function:f',
  'arn:aws:lambda:xx-region-1:123456789012:function:f',
  'arn:partition:lambda:us-east-1:123456789012:function:f',
  'arn:your-partition:lambda:us-east-1:123456789012:function:f',
  'arn:aws:lambda:us-east-1:123456789012:function:@project.name@',
  'arn:aws:lambda:us-east-1:123456789012:function:#{name}',
  'arn:aws:lambda:us-east-1:123456789012:function:__NAME__',
  'arn:aws:lambda:us-east-1:123456789012:function:<name>',
  'arn:aws:lambda:us-east-1:123456789012:function:[name]',
  'arn:aws:lambda:us-east-1:123456789012:function:{name}',
  'arn:aws:lambda:us-east-1:123456789012:function:%s',
  'arn:aws:lambda:us-east-1:123456789012:function:orders-*',
  'arn:aws:lambda:us-east-1:123456789012:function:orders*:*',
  'arn:aws:lambda:us-east-1:123456789012:function:.+',
  'arn:aws:lambda:us-east-1:123456789012:function:f|Statement1',
  'arn:aws:lambda:us-east-1:123456789012:function:f/invocations',
  'arn:aws:lambda:us-east-1:123456789012:function:함수이름',
  'arn:aws:lambda:us-east-1:123456789012:function:nombre-de-función',
  'arn:aws:lambda:us-east-1:123456789012:function:a/b/c',
  'arn:aws:lambda:us-east-1:123456789012:layer:l:1',
  'arn:aws:lambda:::function:GGIPDetector:1',
  'arn:aws:lambda:us-east-2:123456789012:function:us-east-1.resize-image:2',
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations',
];

describe('slips in an ARN', () => {
  for (const [languageId, line] of languages) {
    it(`are underlined in ${languageId}`, () => {
      for (const [marked, code, fixed] of slips) {
        const start = marked.indexOf('[');
        const value = marked.replaceAll(/[[\]]/g, '');
        const text = line(value);
        const found = problemsIn(text, languageId);
        assert.deepEqual(
          found.map((one) => [
            one.code,
            text.slice(one.range.start, one.range.end),
            one.range.start,
          ]),
          [
            [
              `identifier.${code}`,
              marked.slice(start + 1, marked.indexOf(']')),
              text.indexOf(value) + start,
            ],
          ],
          text,
        );
        if (fixed !== undefined) assert.equal(applyFixes(text, found), line(fixed));
      }
    });

    it(`are no placeholders, in ${languageId}`, () => {
      for (const value of leftAlone) {
        const text = line(value);
        assert.deepEqual(problemsIn(text, languageId), [], text);
      }
    });
  }

  it('are none where a language may have a variable', () => {
    const value = 'arn:aws:lambda:us-east-1:123456789012:function:f:$latest';
    assert.equal(problemsIn(`call("${value}")`, 'kotlin').length, 0);
    assert.equal(problemsIn(`call("${value}")`, 'go').length, 1);
  });

  it('are found by the place in a document as in the whole of it', () => {
    for (const [value] of slips) {
      if (value.endsWith(':')) continue;
      const text = `${'x = 1\n'.repeat(1000)}f("${value.replaceAll(/[[\]]/g, '')}")\n${'y = 2\n'.repeat(1000)}`;
      const [found] = findIdentifiers(text, 'python');
      assert.ok(found);
      for (const offset of [found.range.start, found.range.end])
        assert.deepEqual(identifierAt(text, offset, 'python'), found);
      assert.equal(identifierAt(text, found.range.start - 1, 'python'), undefined);
    }
  });
});

/** What is no function, with words for what it is, and what its fix makes of it. */
const targets: readonly (readonly [written: string, words: RegExp, fixed?: string])[] = [
  ['https://abc.lambda-url.eu-central-1.on.aws/', /function URL/],
  [
    'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders?tab=code',
    /page of the AWS console/,
    'orders',
  ],
  [
    'https://console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders/aliases/live?tab=code',
    /page of the AWS console/,
    'orders:live',
  ],
  ['https://example.com/orders', /is a URL/],
  ['${self:service}-dev-orders', /"\$\{self:service\}" is not filled in/],
  ['<function-name>', /"<function-name>" is not filled in/],
  ['{{ name }}', /not filled in/],
  ['$FUNCTION', /not filled in/],
  ['orders\\n', /spaces around/, 'orders'],
  ['\\u006frders\\t', /spaces around/, '\\u006frders'],
  ['orders@live', /follows a colon, not "@"/, 'orders:live'],
  ['/aws/lambda/orders', /log group/, 'orders'],
  [
    'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders:*',
    /log group/,
    'arn:aws:lambda:eu-west-1:123456789012:function:orders',
  ],
  [
    'arn:aws:lambda:us-east-1:123456789012:function::orders',
    /one colon too many/,
    'arn:aws:lambda:us-east-1:123456789012:function:orders',
  ],
  [
    'arn:aws:lambda:us-east-1:123456789012:function:function:orders',
    /given twice/,
    'arn:aws:lambda:us-east-1:123456789012:function:orders',
  ],
  ['us-east-1.resize-image', /replica of Lambda@Edge/],
  ['x'.repeat(100_000), /at most 256 characters/],
  ['<' + 'x'.repeat(1000) + '>', /"<x{59}…" is not filled in/],
];

describe('targets', () => {
  for (const [written, words, fixed] of targets) {
    it(`say what ${written.slice(0, 60)} is`, () => {
      const text = targetsWith(written);
      const problems = targetIdentifierProblems(text);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(problems[0]?.message ?? '', words);
      assert.ok((problems[0]?.message.length ?? 0) < 200);
      if (fixed === undefined) assert.deepEqual(problems[0]?.fixes, []);
      else assert.equal(applyFixes(text, problems), targetsWith(fixed));
    });
  }

  const regions: readonly (readonly [string, RegExp | undefined, string?])[] = [
    ['eu-central-1', undefined],
    ['xx-north-1', undefined],
    ['eu-central1', /looks like "eu-central-1"/, 'eu-central-1'],
    ['eu-centrall-1', /Did you mean "eu-central-1"/, 'eu-central-1'],
    ['fips-us-east-1', /FIPS/, 'us-east-1'],
    ['us-east', /lacks its number/],
    ['x'.repeat(100_000), /looks like/],
  ];
  for (const [region, words, fixed] of regions) {
    it(`${words ? 'doubt' : 'take'} the region ${region.slice(0, 20)}`, () => {
      const text = targetsWith('orders', region);
      const problems = targetIdentifierProblems(text);
      if (!words) return assert.deepEqual(problems, []);
      assert.deepEqual(
        problems.map(({ severity }) => severity),
        ['warning'],
      );
      assert.match(problems[0]?.message ?? '', words);
      assert.ok((problems[0]?.message.length ?? 0) < 200);
      if (fixed) assert.equal(applyFixes(text, problems), targetsWith('orders', fixed));
    });
  }

  it('have a thousand problems at most', () => {
    const entry = '{"payloads":"a","function":"a b"},';
    assert.equal(targetIdentifierProblems(`{"targets":[${entry.repeat(5000)}]}`).length, 1000);
  });
});

function targetsWith(written: string, region?: string): string {
  const more = region === undefined ? '' : `, "region": "${region}"`;
  return `{ "targets": [ { "payloads": "a/*.json", "function": "${written}"${more} } ] }`;
}

function problemsIn(text: string, languageId: string) {
  return findIdentifiers(text, languageId).flatMap(({ text: value, range }) =>
    identifierProblems(value, { offset: range.start, isTarget: false }),
  );
}
