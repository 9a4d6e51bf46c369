import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { InvokeApi } from '../../../src/core/invocation/outcome';
import { invoke, resolveConnection } from '../../../src/aws/main';
import { type ReceivedRequest, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';

const execute = promisify(execFile);
const payload = '{ "name": "Zoë 🦊", "lines": [] }\n';
const environment = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
};

/** By the name of a function: how the AWS CLI writes it into the path. */
const names: Readonly<Record<string, string>> = {
  orders: 'orders',
  'orders:live': 'orders%3Alive',
  'arn:aws:lambda:us-east-1:123456789012:function:orders':
    'arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Aorders',
};

describe('what is sent', function () {
  this.timeout(120_000);
  let folder: string;
  let hasCli: boolean;
  before(async () => {
    hasCli = await execute('aws', ['--version']).then(
      () => true,
      () => false,
    );
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-cli-'));
    await writeFile(join(folder, 'payload.json'), payload);
  });
  after(() => rm(folder, { recursive: true }));

  for (const [functionName, inPath] of Object.entries(names)) {
    for (const api of ['InvokeAsync', 'Invoke'] as const) {
      const expected = {
        method: 'POST',
        path:
          api === 'Invoke'
            ? `/2015-03-31/functions/${inPath}/invocations`
            : `/2014-11-13/functions/${inPath}/invoke-async/`,
        body: payload,
        invocationType: api === 'Invoke' ? 'Event' : undefined,
        sessionToken: 'token',
        algorithm: 'AWS4-HMAC-SHA256',
        scope: ['AKIDEXAMPLE', 'us-east-1/lambda/aws4_request'],
      };

      it(`is the ${api} request of the AWS CLI for ${functionName}`, async () => {
        assert.deepEqual(await sentByUs(api, functionName), expected);
      });

      it(`is what the AWS CLI of this machine sends as ${api} for ${functionName}`, async function () {
        if (!hasCli) this.skip();
        assert.deepEqual(await sentByCli(api, functionName), expected);
      });
    }
  }

  async function sentByUs(api: InvokeApi, functionName: string) {
    return received(async (endpoint) => {
      const choice = { region: 'us-east-1', endpoint, timeoutMs: 10_000, environment };
      await invoke(await resolveConnection(choice), { api, functionName, payload });
    });
  }

  async function sentByCli(api: InvokeApi, functionName: string) {
    const file = join(folder, 'payload.json');
    const call =
      api === 'InvokeAsync'
        ? ['invoke-async', '--invoke-args', file]
        : ['invoke', '--invocation-type', 'Event', '--payload', `fileb://${file}`, devNull];
    return received(async (endpoint) => {
      const place = ['--endpoint-url', endpoint, '--region', 'us-east-1'];
      await execute('aws', [...place, 'lambda', ...call, '--function-name', functionName], {
        env: { ...process.env, ...environment },
      });
    });
  }
});

/** What matters of the one request that arrives: who signs what, for which place, is part of it; the date is not. */
async function received(send: (endpoint: string) => Promise<void>) {
  const server = await startFaultServer(faults.accepts);
  try {
    await send(server.url);
    assert.equal(server.requests.length, 1);
    const [request] = server.requests;
    return request && essence(request);
  } finally {
    await server.stop();
  }
}

function essence({ method, path, headers, body }: ReceivedRequest) {
  const signature = headers['authorization'] ?? '';
  return {
    method,
    // The newer model of the CLI has lost the slash that the API reference writes.
    path: path.replace(/\/invoke-async$/, '$&/'),
    body: body.toString(),
    invocationType: headers['x-amz-invocation-type'],
    sessionToken: headers['x-amz-security-token'],
    algorithm: signature.split(' ')[0],
    scope: /Credential=(\w+)\/\d{8}\/([^,]+)/.exec(signature)?.slice(1),
  };
}
