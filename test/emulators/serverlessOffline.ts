import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { invoke, resolveConnection } from '../../src/aws/main';
import type { InvokeApi } from '../../src/core/invocation/outcome';
import type { Check } from './check';

/** What serverless-offline runs: a service whose one function writes each event that it gets into a file. */
export const service: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true }\n',
  'serverless.yml': `service: shop
frameworkVersion: '3'
provider:
  name: aws
  runtime: nodejs20.x
functions:
  orders:
    handler: orders.handler
plugins:
  - serverless-offline
`,
  'orders.js': `const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
exports.handler = async (event) =>
  appendFileSync(join(__dirname, 'received.jsonl'), JSON.stringify(event) + '\\n');
`,
};

/** @param folder of the service that runs */
export function serverlessOfflineChecks(endpoint: string, folder: string): Check[] {
  const send = async (functionName: string, api: InvokeApi, payload: string) =>
    invoke(
      await resolveConnection({
        endpoint,
        region: 'us-east-1',
        timeoutMs: 60_000,
        environment: { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' },
      }),
      { api, functionName, payload },
    );
  const runs = (api: InvokeApi, sent: number) => async () => {
    const payload = JSON.stringify({ api, name: 'Zoë ✓', nested: [{ n: 1.5 }] });
    const { kind, error } = await send('shop-dev-orders', api, payload);
    assert.deepEqual([kind, error], ['accepted', undefined]);
    let received: string[] = [];
    while (received.length < sent) {
      await sleep(200);
      const text = await readFile(join(folder, 'received.jsonl'), 'utf8').catch(() => '');
      received = text.split('\n').filter(Boolean);
    }
    assert.deepEqual(received.at(-1), payload);
  };
  return [
    { name: 'InvokeAsync runs the function with the event', check: runs('InvokeAsync', 1) },
    { name: 'Invoke (Event) runs the function with the event', check: runs('Invoke', 2) },
    {
      name: 'Invoke (Event) to a function that is not there is rejected',
      async check() {
        const { kind, status } = await send('shop-dev-other', 'Invoke', '{}');
        assert.deepEqual([kind, status], ['rejected', 404]);
      },
    },
    {
      name: 'InvokeAsync to a function that is not there, which it answers with 500, is unknown',
      async check() {
        const { kind, status } = await send('shop-dev-other', 'InvokeAsync', '{}');
        assert.deepEqual([kind, status], ['unknown', 500]);
      },
    },
  ];
}
