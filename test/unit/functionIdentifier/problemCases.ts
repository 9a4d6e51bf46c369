import type { Severity } from '../../../src/core/problem';

export const place = 'arn:aws:lambda:us-east-1:123456789012';

/** A value with the range in brackets, the problem's severity and code, words of its message, and the fixed values. */
type Case = readonly [
  value: string,
  severity: Severity,
  code: string,
  words: RegExp,
  ...fixed: readonly string[],
];

/** What the service refuses: a ValidationException, by the pattern of the service model. */
export const refused: readonly Case[] = [
  ['[]', 'error', 'malformed', /missing/],
  ['my[ ]function', 'error', 'malformed', /not " "/],
  ['my[/]function', 'error', 'malformed', /not "\/"/],
  ['f[\0]', 'error', 'malformed', /U\+0000/],
  ['f[\ud83d\ude00]', 'error', 'malformed', /can contain only/],
  ['f[\ud83d]', 'error', 'malformed', /U\+D83D/],
  ['f[\u200b]oo', 'error', 'malformed', /U\+200B/],
  ['[ ]f', 'error', 'malformed', /spaces around/, 'f'],
  ['[ ]f ', 'error', 'malformed', /spaces around/, 'f'],
  ['f[\n]', 'error', 'malformed', /spaces around/, 'f'],
  ['f[:]', 'error', 'qualifier', /remove the colon/, 'f'],
  ['f:[$latest]', 'error', 'qualifier', /"\$LATEST", not "\$latest"/, 'f:$LATEST'],
  ['f:[$latest.published]', 'error', 'qualifier', /PUBLISHED/, 'f:$LATEST.PUBLISHED'],
  ['f:[$live]', 'error', 'qualifier', /only "\$LATEST"/],
  ['f:v1[.]2', 'error', 'qualifier', /not "\."/],
  ['f:prod[:prod]', 'error', 'qualifier', /given twice/, 'f:prod'],
  ['f:1[:2]', 'error', 'qualifier', /Only one alias or version/, 'f:1', 'f:2'],
  ['f:1[:]', 'error', 'qualifier', /remove the colon/, 'f:1'],
  ['f:a[:b:c]', 'error', 'qualifier', /"b", "c"/],
  ['[$LATEST]', 'error', 'malformed', /put the function name before it/],
  ['[12345]:function:f', 'error', 'malformed', /12 digits; this one has 5/],
  [
    '[1234-5678-9012]:function:f',
    'error',
    'malformed',
    /without dashes/,
    '123456789012:function:f',
  ],
  ['123456789012:[Function]:f:1', 'error', 'malformed', /"function"/, '123456789012:function:f:1'],
  [
    '[us-east-1a]:123456789012:function:f',
    'error',
    'malformed',
    /looks like/,
    'us-east-1:123456789012:function:f',
  ],
  [
    '[aws]:lambda:us-east-1:123456789012:function:f',
    'error',
    'malformed',
    /starts with "arn:"/,
    `${place}:function:f`,
  ],
  [
    '[ARN]:aws:lambda:us-east-1:123456789012:function:f',
    'error',
    'malformed',
    /"arn"/,
    `${place}:function:f`,
  ],
  [
    'arn:[AWS]:lambda:us-east-1:123456789012:function:f',
    'error',
    'partition',
    /starts with "aws"/,
    `${place}:function:f`,
  ],
  [
    'arn:[asw]:lambda:us-east-1:123456789012:function:f',
    'error',
    'partition',
    /starts with "aws"/,
    `${place}:function:f`,
  ],
  [
    'arn:aws:[Lambda]:us-east-1:123456789012:function:f',
    'error',
    'malformed',
    /"lambda"/,
    `${place}:function:f`,
  ],
  [
    'arn:aws:[lamda]:us-east-1:123456789012:function:f',
    'error',
    'malformed',
    /"lambda"/,
    `${place}:function:f`,
  ],
  ['arn:aws:[sns]:us-east-1:123456789012:topic', 'error', 'not-a-function', /service "sns"/],
  [
    'arn:aws:lambda:[US-EAST-1]:123456789012:function:f',
    'error',
    'malformed',
    /looks like/,
    `${place}:function:f`,
  ],
  [
    'arn:aws:lambda:[us_east_1]:123456789012:function:f',
    'error',
    'malformed',
    /looks like/,
    `${place}:function:f`,
  ],
  [
    'arn:aws:lambda:[useast1]:123456789012:function:f',
    'error',
    'malformed',
    /looks like/,
    `${place}:function:f`,
  ],
  ['arn:aws:lambda:[nowhere]:123456789012:function:f', 'error', 'malformed', /looks like/],
  [
    'arn:aws:lambda:us-east-1:[1234-5678-9012]:function:f',
    'error',
    'malformed',
    /dashes/,
    `${place}:function:f`,
  ],
  ['arn:aws:lambda:us-east-1:[12345678901]:function:f', 'error', 'malformed', /this one has 11/],
  ['arn:aws:lambda:us-east-1:[1234567890123]:function:f', 'error', 'malformed', /this one has 13/],
  ['arn:aws:lambda:us-east-1:[ACCOUNT_ID]:function:f', 'error', 'malformed', /"ACCOUNT_ID" is not/],
  [
    'arn:aws:[lambda]::123456789012:function:f',
    'error',
    'incomplete-arn',
    /after "lambda": the region/,
  ],
  [
    'arn:aws:lambda:[us-east-1]::function:f',
    'error',
    'incomplete-arn',
    /after "us-east-1": the account \(12 digits\)\./,
  ],
  [`${place}:[layer]:l:3`, 'error', 'not-a-function', /has "layer" instead/],
  [
    `${place}:[functon]:f:1`,
    'error',
    'malformed',
    /"function", not "functon"/,
    `${place}:function:f:1`,
  ],
  [`${place}:function[/]f`, 'error', 'malformed', /not a slash/, `${place}:function:f`],
  [`${place}:[function]:`, 'error', 'incomplete-arn', /after "function": the function name\./],
  [`${place}:function:f[:]`, 'error', 'qualifier', /remove the colon/, `${place}:function:f`],
  [`${place}:function:f:prod[:prod]`, 'error', 'qualifier', /twice/, `${place}:function:f:prod`],
  [
    'arn:aws:[lambda]',
    'error',
    'incomplete-arn',
    /after "lambda": the region .*, the account .*, the word "function", the function name\./,
  ],
  [`${'f'.repeat(256)}[f]`, 'error', 'too-long', /at most 256 .* has 257/],
  // The documentation of Invoke: a bare name has at most 64 characters.
  [`${'f'.repeat(64)}[f]`, 'error', 'too-long', /at most 64 .* has 65/],
];

/**
 * What the service accepts, though no function can have that name, or though it reads another function than the writer:
 * a warning in a document, and no target to send an event to.
 */
export const lost: readonly Case[] = [
  ['arn:[aws]', 'error', 'incomplete-arn', /after "aws": the service/],
  [
    'arn:aws:lambda:[us-east-1]',
    'error',
    'incomplete-arn',
    /An ARN needs 7 segments\. Missing after "us-east-1": the account/,
  ],
  [`${place}:[function]`, 'error', 'incomplete-arn', /: the function name\./],
  [
    `${place}:[Function]:f`,
    'error',
    'malformed',
    /"function", not "Function"/,
    `${place}:function:f`,
  ],
  [
    `${place}:[functions]:f`,
    'error',
    'malformed',
    /"function", not "functions"/,
    `${place}:function:f`,
  ],
  [
    `${place}:[functon]:f`,
    'error',
    'malformed',
    /"function", not "functon"/,
    `${place}:function:f`,
  ],
  [
    '123456789012:[Function]:f',
    'error',
    'malformed',
    /"function", not "Function"/,
    '123456789012:function:f',
  ],
  [`${place}:[layer]:l`, 'error', 'not-a-function', /has "layer" instead/],
  [
    `${place}:[event-source-mapping]:a1b2`,
    'error',
    'not-a-function',
    /has "event-source-mapping" instead/,
  ],
  [
    `${place}:[code-signing-config]:csc-1`,
    'error',
    'not-a-function',
    /has "code-signing-config" instead/,
  ],
  [
    `${place}:[capacity-provider]:batch`,
    'error',
    'not-a-function',
    /has "capacity-provider" instead/,
  ],
  ['[a.b]', 'error', 'name', /dot/],
  [`${place}:function:${'f'.repeat(64)}[ff]`, 'error', 'name', /at most 64 .* has 66/],
  ['f:[0]', 'error', 'qualifier', /numbered from 1/],
  [`f:${'a'.repeat(128)}[aa]`, 'error', 'qualifier', /at most 128 .* has 130/],
];

/** What the service accepts, and the writer surely did not mean. */
export const accepted: readonly Case[] = [
  [
    'arn:aws:lambda:[us-east-1]:function:f',
    'warning',
    'incomplete-arn',
    /after "us-east-1": the account \(12 digits\)\./,
  ],
  [
    'arn:aws:[lambda]:123456789012:function:f',
    'warning',
    'incomplete-arn',
    /after "lambda": the region/,
  ],
  [
    `arn:aws:lambda:us-east-1:[123456789012]:f`,
    'warning',
    'incomplete-arn',
    /: the word "function"\./,
    `${place}:function:f`,
  ],
  [
    'arn:aws:lambda:us-east-1:[123456789012]:myfunction:prod',
    'warning',
    'incomplete-arn',
    /: the word "function"\./,
    `${place}:function:myfunction:prod`,
  ],
  [
    `arn:aws:lambda:us-east-1:[123456789012]:f:live`,
    'warning',
    'incomplete-arn',
    /: the word "function"\./,
    `${place}:function:f:live`,
  ],
  [
    'arn[:]:lambda:us-east-1:123456789012:function:f',
    'warning',
    'partition',
    /the region is in "aws"/,
    `${place}:function:f`,
  ],
  [
    'arn:[aws-foo]:lambda:us-east-1:123456789012:function:f',
    'warning',
    'partition',
    /Unknown partition/,
    `${place}:function:f`,
  ],
  [
    'arn:[aws-cn]:lambda:us-east-1:123456789012:function:f',
    'warning',
    'partition',
    /"us-east-1" is in the partition "aws"/,
    `${place}:function:f`,
  ],
  [
    'arn:[aws]:lambda:us-gov-west-1:123456789012:function:f',
    'warning',
    'partition',
    /"aws-us-gov"/,
    'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f',
  ],
  // A region that is new to the table, and named like those of a partition.
  [
    'arn:[aws]:lambda:cn-south-9:123456789012:function:f',
    'warning',
    'partition',
    /"aws-cn"/,
    'arn:aws-cn:lambda:cn-south-9:123456789012:function:f',
  ],
  [
    'arn:aws:lambda:[us-esat-1]:123456789012:function:f',
    'warning',
    'region',
    /mean "us-east-1"/,
    `${place}:function:f`,
  ],
  ['f:[LATEST]', 'hint', 'qualifier', /"\$LATEST"/, 'f:$LATEST'],
];

/** The value without its brackets, and the range that they enclose. */
export function unbracket(value: string) {
  const start = value.indexOf('[');
  const end = value.indexOf(']') - 1;
  return { text: value.replace('[', '').replace(']', ''), range: { start, end } };
}
