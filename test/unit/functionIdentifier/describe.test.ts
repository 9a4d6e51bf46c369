import assert from 'node:assert/strict';
import { describeIdentifier, identifierHover } from '../../../src/core/functionIdentifier/describe';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:orders';

describe('describeIdentifier', () => {
  const lines: readonly (readonly [text: string, line: string])[] = [
    ['', ''],
    ['my function', ''],
    ['orders', 'function orders'],
    ['orders:live', 'function orders · alias live'],
    ['orders:7', 'function orders · version 7'],
    ['123456789012:function:orders', 'account 123456789012 · function orders'],
    ['us-east-1:orders', 'region us-east-1 · function orders'],
    ['arn:', 'next: the partition (such as aws)'],
    ['arn:aw', 'here: the partition (such as aws)'],
    ['arn:aws', 'partition aws · next: the service (lambda)'],
    ['arn:aws:', 'partition aws · next: the service (lambda)'],
    ['arn:aws:lam', 'partition aws · here: the service (lambda)'],
    ['arn:aws:lambda', 'partition aws · next: the region (such as us-east-1)'],
    ['arn:aws:lambda:us-ea', 'partition aws · here: the region (such as us-east-1)'],
    [
      'arn:aws:lambda:us-east-1',
      'partition aws · region us-east-1 · next: the account (12 digits)',
    ],
    [
      'arn:aws:lambda:us-east-1:1234',
      'partition aws · region us-east-1 · here: the account (12 digits)',
    ],
    [
      'arn:aws:lambda:us-east-1:123456789012:',
      'partition aws · region us-east-1 · account 123456789012 · next: the word "function"',
    ],
    [
      'arn:aws:lambda:us-east-1:123456789012:function:',
      'partition aws · region us-east-1 · account 123456789012 · next: the function name',
    ],
    [arn, 'partition aws · region us-east-1 · account 123456789012 · function orders'],
    [
      `${arn}:`,
      'partition aws · region us-east-1 · account 123456789012 · function orders · next: an alias or version',
    ],
    [
      `${arn}:$LATEST`,
      'partition aws · region us-east-1 · account 123456789012 · function orders · version $LATEST',
    ],
  ];
  for (const [text, line] of lines) {
    it(text === '' ? 'says nothing of nothing' : text, () => {
      assert.equal(describeIdentifier(text), line);
    });
  }
});

describe('identifierHover', () => {
  it('names the parts, and links to the console', () => {
    assert.deepEqual(identifierHover(`${arn}:live`), [
      '**Lambda function** `orders`',
      [
        '- partition `aws`',
        '- region `us-east-1`: US East (N. Virginia)',
        '- account `123456789012`',
        '- function `orders`',
        '- alias `live`: a name that can be moved from one version to another',
      ].join('\n'),
      '[Open in the AWS console](https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/orders/aliases/live)',
    ]);
  });

  it('says nothing of what is no identifier', () => {
    assert.equal(identifierHover('my function'), undefined);
  });

  const qualifiers: readonly (readonly [text: string, words: RegExp])[] = [
    ['f:$LATEST', /version `\$LATEST`: the unpublished version/],
    ['f:$LATEST.PUBLISHED', /the most recently published version/],
    ['f:12', /version `12`: published/],
    ['f:constructor', /alias `constructor`/],
  ];
  for (const [text, words] of qualifiers) {
    it(`tells what the qualifier of ${text} is`, () => {
      assert.match(identifierHover(text)?.join('\n') ?? '', words);
    });
  }

  const urls: readonly (readonly [
    text: string,
    region: string | undefined,
    url: string | undefined,
  ])[] = [
    ['orders', undefined, undefined],
    [
      'orders',
      'eu-west-1',
      'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders',
    ],
    [
      `${arn}:3`,
      'eu-west-1',
      'https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/orders/versions/3',
    ],
    [
      `${arn}:$LATEST`,
      undefined,
      'https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/orders',
    ],
    [
      'arn:aws-cn:lambda:cn-north-1:123456789012:function:f',
      undefined,
      'https://cn-north-1.console.amazonaws.cn/lambda/home?region=cn-north-1#/functions/f',
    ],
    [
      'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f',
      undefined,
      'https://us-gov-west-1.console.amazonaws-us-gov.com/lambda/home?region=us-gov-west-1#/functions/f',
    ],
    [
      'arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:f',
      undefined,
      'https://eusc-de-east-1.console.amazonaws-eusc.eu/lambda/home?region=eusc-de-east-1#/functions/f',
    ],
    ['arn:aws-iso:lambda:us-iso-east-1:123456789012:function:f', undefined, undefined],
    ['arn:aws:lambda:zz-north-1:123456789012:function:f', undefined, undefined],
  ];
  for (const [text, region, url] of urls) {
    it(`links ${text}${region ? ` in ${region}` : ''} to ${url ?? 'nothing'}`, () => {
      const markdown = identifierHover(text, region)?.join('\n') ?? '';
      assert.equal(/\]\((.*)\)$/.exec(markdown)?.[1], url);
    });
  }
});
