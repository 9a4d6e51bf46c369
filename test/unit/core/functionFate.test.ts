import assert from 'node:assert/strict';
import { functionFate } from '../../../src/core/functionFate';
import type {
  FunctionHealth,
  FunctionMetrics,
  FunctionSettings,
} from '../../../src/core/invocation/functionHealth';

const quiet: FunctionMetrics = {
  averageDurationMs: undefined,
  p95DurationMs: undefined,
  mostConcurrent: undefined,
  throttles: 0,
  droppedEvents: 0,
  queueAgeSeconds: undefined,
};

function health(
  settings: Partial<FunctionSettings> = {},
  more: Partial<FunctionHealth> = {},
): FunctionHealth {
  const value = { state: 'Active', timeoutSeconds: 3, deadLetterTarget: undefined, ...settings };
  return {
    configuration: { kind: 'known', value },
    eventHandling: {
      kind: 'known',
      value: { maxRetries: 2, maxAgeSeconds: 21_600, failureDestination: undefined },
    },
    concurrency: { kind: 'known', value: { reserved: undefined } },
    metrics: { kind: 'known', value: quiet },
    ...more,
  };
}

const denied = (missingAction: string) => ({ kind: 'denied', missingAction }) as const;
const queue = 'arn:aws:sqs:eu-west-1:123456789012:orders-dlq';

describe('what will become of an event', () => {
  const rows: readonly [what: string, health: Partial<FunctionHealth>, text: string | undefined][] =
    [
      ['of which nothing is known', {}, undefined],
      [
        'of a function as it is by default',
        health({ updateStatus: 'Successful' }),
        '2 retries after an error · given up after 6 hours · a failed event is lost',
      ],
      [
        'of a function with dead letters',
        health({ deadLetterTarget: queue }),
        '2 retries after an error · given up after 6 hours · a failed event goes to orders-dlq',
      ],
      [
        'of a function with a destination, one retry and a short life',
        health(
          {},
          {
            eventHandling: {
              kind: 'known',
              value: {
                maxRetries: 1,
                maxAgeSeconds: 60,
                failureDestination: 'arn:aws:lambda:eu-west-1:123456789012:function:mend',
              },
            },
          },
        ),
        '1 retry after an error · given up after 60 seconds · a failed event goes to mend',
      ],
      [
        'of a bucket as destination',
        health(
          {},
          {
            eventHandling: {
              kind: 'known',
              value: {
                maxRetries: 0,
                maxAgeSeconds: 3600,
                failureDestination: 'arn:aws:s3:::failed',
              },
            },
          },
        ),
        '0 retries after an error · given up after 60 minutes · a failed event goes to failed',
      ],
      [
        'of a durable function, which retries its steps itself',
        health({ isDurable: true }),
        'a failed event is lost',
      ],
      [
        'of a function that never runs',
        health(
          { deadLetterTarget: queue },
          { concurrency: { kind: 'known', value: { reserved: 0 } } },
        ),
        'Reserved concurrency is 0: it will not run · 2 retries after an error · given up after 6 hours · a failed event goes to orders-dlq',
      ],
      [
        'of a function that is not ready',
        health({ state: 'Pending', updateStatus: 'InProgress' }),
        'The function is Pending · Its last update is InProgress · 2 retries after an error · given up after 6 hours · a failed event is lost',
      ],
      [
        'behind a queue that is late and drops events',
        health(
          {},
          {
            metrics: {
              kind: 'known',
              value: { ...quiet, droppedEvents: 34, queueAgeSeconds: 720 },
            },
          },
        ),
        'Events wait 12 minutes in its queue · 34 events were dropped in the last hour · 2 retries after an error · given up after 6 hours · a failed event is lost',
      ],
      [
        'of which a part may not be read',
        health(
          {},
          {
            eventHandling: denied('lambda:GetFunctionEventInvokeConfig'),
            metrics: denied('cloudwatch:GetMetricData'),
          },
        ),
        'Missing permissions: lambda:GetFunctionEventInvokeConfig, cloudwatch:GetMetricData',
      ],
      [
        'of which a part could not be read',
        { concurrency: { kind: 'failed', reason: 'offline', remedy: '' } },
        undefined,
      ],
    ];
  for (const [what, known, text] of rows) {
    it(`says that ${what}`, () => {
      assert.equal(functionFate(known)?.text, text);
    });
  }

  it('warns of what is wrong already', () => {
    assert.equal(functionFate(health())?.isWarning, false);
    assert.equal(functionFate(health({ state: 'Failed' }))?.isWarning, true);
  });
});
