import assert from 'node:assert/strict';
import { laidOut } from '../../../src/core/logLines';

const stack = ['TypeError: no such order', '    at price (/var/task/orders.js:3:9)'];

describe('an event of a log, laid out', () => {
  const cases: readonly {
    readonly of: string;
    readonly text: string;
    readonly level: string;
    readonly lines: readonly string[];
  }[] = [
    {
      of: 'a line of text',
      text: 'all is well\n',
      level: 'info',
      lines: ['all is well'],
    },
    {
      of: 'a warning of Node.js',
      text: '2026-11-29T14:03:12.123Z\t7f0c\tWARN\tlow on stock\n',
      level: 'warn',
      lines: ['2026-11-29T14:03:12.123Z\t7f0c\tWARN\tlow on stock'],
    },
    {
      of: 'an error that Node.js did not catch',
      text: `2026-11-29T14:03:12.123Z\t7f0c\tERROR\tInvoke Error \t${JSON.stringify({ errorType: 'TypeError', errorMessage: 'no such order', stack })}\n`,
      level: 'error',
      lines: ['2026-11-29T14:03:12.123Z\t7f0c\tERROR\tInvoke Error', ...stack],
    },
    {
      of: 'an error of Python',
      text: '[ERROR] ValueError: no\nTraceback (most recent call last):\r  File "a.py", line 1\n',
      level: 'error',
      lines: [
        '[ERROR] ValueError: no',
        'Traceback (most recent call last):',
        '  File "a.py", line 1',
      ],
    },
    {
      of: 'a time-out',
      text: '2026-11-29T14:03:12.123Z 7f0c Task timed out after 3.00 seconds\n\n',
      level: 'error',
      lines: ['2026-11-29T14:03:12.123Z 7f0c Task timed out after 3.00 seconds'],
    },
    {
      of: 'a record of Lambda’s JSON format',
      text: '{"timestamp":"2026-11-29T14:03:12.123Z","level":"DEBUG","requestId":"7f0c","message":"one order"}',
      level: 'debug',
      lines: ['one order'],
    },
    {
      of: 'a record whose message is an object',
      text: '{"timestamp":"t","level":"INFO","message":{"order":{"id":1}}}',
      level: 'info',
      lines: ['{"order":{"id":1}}'],
    },
    {
      of: 'an error in Lambda’s JSON format',
      text: JSON.stringify({
        timestamp: 't',
        level: 'ERROR',
        message: { errorType: 'TypeError', errorMessage: 'no such order', stackTrace: stack },
        requestId: '7f0c',
      }),
      level: 'error',
      lines: stack,
    },
    {
      of: 'an error of Python in Lambda’s JSON format',
      text: JSON.stringify({
        level: 'ERROR',
        message: 'no',
        errorType: 'ValueError',
        errorMessage: 'no',
        stackTrace: ['  File "a.py", line 1, in f\n    raise\n'],
      }),
      level: 'error',
      lines: ['no', 'ValueError: no', '  File "a.py", line 1, in f', '    raise', ''],
    },
    {
      of: 'a record of Powertools, its other members folded',
      text: '{"level":"WARN","message":"late","timestamp":"t","service":"shop","orders":[1,2]}',
      level: 'warn',
      lines: ['late {"service":"shop","orders":[1,2]}'],
    },
    {
      of: 'a record of pino with an error',
      text: JSON.stringify({
        level: 50,
        time: 1,
        msg: 'failed',
        err: { type: 'TypeError', message: 'no such order', stack: stack.join('\n') },
      }),
      level: 'error',
      lines: ['failed', ...stack],
    },
    {
      of: 'a record of the platform',
      text: '{"time":"t","type":"platform.report","record":{"requestId":"7f0c","status":"error"}}',
      level: 'error',
      lines: ['platform.report {"requestId":"7f0c","status":"error"}'],
    },
    {
      of: 'JSON that is no record of a log',
      text: '{"Records":[{"message":"x"}]}',
      level: 'info',
      lines: ['{"Records":[{"message":"x"}]}'],
    },
  ];
  for (const { of, text, level, lines } of cases) {
    it(`is that of ${of}`, () => {
      assert.deepEqual(laidOut(text), { level, lines });
    });
  }

  it('takes a bounded time for what is made to be slow', () => {
    for (const text of [
      `{${'"a":{'.repeat(40_000)}`,
      `\t{`.repeat(100_000),
      'x\n'.repeat(100_000),
    ]) {
      assert.ok(laidOut(text).lines.length <= 500);
    }
  });
});
