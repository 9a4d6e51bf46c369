import assert from 'node:assert/strict';
import type { InvokeCommandInput } from '@aws-sdk/client-lambda';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';

const shop = {
  functions: {
    orders: { handler: 'orders.handler', durable: true },
    fails: { handler: 'fails.handler', durable: true },
    waits: { handler: 'waits.handler', durable: true, timeout: 60 },
    tenants: { handler: 'tenants.handler', tenant: true },
    plain: { handler: 'orders.handler' },
    never: { handler: 'orders.handler', concurrency: 0 },
    neverDurable: { handler: 'orders.handler', concurrency: 0, durable: true },
    old: { handler: 'fails.handler', maximumEventAge: 1 },
    one: { handler: 'orders.handler', concurrency: 1, maximumEventAge: 60 },
  },
  files: {
    'orders.js': 'exports.handler = async (event) => ({ shipped: event.orderId });',
    'fails.js': 'exports.handler = async () => { throw new RangeError("out of stock"); };',
    'waits.js': 'exports.handler = () => new Promise(() => setTimeout(() => {}, 60_000));',
    'tenants.js':
      'let of; exports.handler = async (_, { tenantId }) => [tenantId, of ??= tenantId];',
  },
};

describe('durable functions of Local Lambda', () => {
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace(shop);
  });
  after(() => workspace.stop());

  const send = (input: Partial<InvokeCommandInput>) =>
    workspace.sdk.invoke({
      FunctionName: 'orders:$LATEST',
      InvocationType: 'Event',
      Payload: '{"orderId":7}',
      ...input,
    });
  const get = async (arn: string | undefined) =>
    workspace.sdk.getDurableExecution({ DurableExecutionArn: arn });
  const ended = async (requestId: string | undefined) =>
    workspace.log.until(/^REPORT/, requestId ?? 'none');
  const runsOf = (requestId: string | undefined) =>
    workspace.log.textsOf(requestId).filter((text) => text.startsWith('START')).length;

  it('run the handler once for a name and payload, whichever call brings it', async () => {
    const first = await send({ DurableExecutionName: 'order-7' });
    const second = await send({ DurableExecutionName: 'order-7' });
    const third = await send({
      DurableExecutionName: 'order-7',
      InvocationType: 'RequestResponse',
    });
    assert.deepEqual([first.StatusCode, second.StatusCode], [202, 202]);
    assert.match(
      first.DurableExecutionArn ?? '',
      /^arn:aws:lambda:us-east-1:123456789012:function:orders:\$LATEST\/durable-execution\/order-7\/[\w-]+$/,
    );
    assert.equal(second.DurableExecutionArn, first.DurableExecutionArn);
    assert.equal(Buffer.from(third.Payload ?? []).toString(), '{"shipped":7}');
    assert.deepEqual(
      [first, second, third].map(({ $metadata }) => runsOf($metadata.requestId)),
      [1, 0, 0],
    );
  });

  it('refuse a name that stands for another payload or function', async () => {
    await send({ DurableExecutionName: 'order-8', Payload: '{"orderId":8}' });
    const conflict = { name: 'DurableExecutionAlreadyStartedException' };
    await assert.rejects(send({ DurableExecutionName: 'order-8' }), conflict);
    const other = { FunctionName: 'fails:$LATEST', Payload: '{"orderId":8}' };
    await assert.rejects(send({ DurableExecutionName: 'order-8', ...other }), conflict);
  });

  it('make a name where there is none', async () => {
    const [first, second] = [await send({}), await send({})];
    assert.notEqual(first.DurableExecutionArn, second.DurableExecutionArn);
    await ended(second.$metadata.requestId);
    assert.equal(runsOf(first.$metadata.requestId), 1);
  });

  it('tell what an execution came to', async () => {
    const { DurableExecutionArn: arn, $metadata } = await send({ DurableExecutionName: 'told' });
    await ended($metadata.requestId);
    const execution = await get(arn);
    assert.equal(execution.Status, 'SUCCEEDED');
    assert.equal(execution.DurableExecutionName, 'told');
    assert.deepEqual(
      [execution.InputPayload, execution.Result],
      ['{"orderId":7}', '{"shipped":7}'],
    );
    assert.ok(execution.StartTimestamp && execution.EndTimestamp);
    assert.ok(execution.StartTimestamp <= execution.EndTimestamp);
  });

  it('fail once, with the error, and become a dead letter', async () => {
    const { DurableExecutionArn: arn, $metadata } = await send({ FunctionName: 'fails:$LATEST' });
    await workspace.log.until(/^Dead letter: attempt 1 was the last/, $metadata.requestId);
    const { Status, Error: error, Result } = await get(arn);
    assert.deepEqual([Status, Result], ['FAILED', undefined]);
    assert.deepEqual([error?.ErrorType, error?.ErrorMessage], ['RangeError', 'out of stock']);
    assert.equal(runsOf($metadata.requestId), 1);
  });

  it('are stopped, once', async () => {
    const { DurableExecutionArn: arn } = await send({ FunctionName: 'waits:$LATEST' });
    assert.equal((await get(arn)).Status, 'RUNNING');
    const Error = { ErrorType: 'Cancelled', ErrorMessage: 'wrong order' };
    const stop = () => workspace.sdk.stopDurableExecution({ DurableExecutionArn: arn, Error });
    const { StopTimestamp } = await stop();
    const execution = await get(arn);
    assert.equal(execution.Status, 'STOPPED');
    assert.equal(execution.Error?.ErrorMessage, 'wrong order');
    assert.deepEqual(execution.EndTimestamp, StopTimestamp);
    await assert.rejects(stop(), { name: 'InvalidParameterValueException' });
  });

  it('want a version or alias, and any will do', async () => {
    const message = 'You cannot invoke a durable function using an unqualified ARN.';
    await assert.rejects(send({ FunctionName: 'orders' }), { message });
    await assert.rejects(workspace.sdk.invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' }), {
      message,
    });
    assert.match(
      (await send({ Qualifier: '3', FunctionName: 'orders' })).DurableExecutionArn ?? '',
      /:3\//,
    );
    assert.match(
      (await send({ FunctionName: 'orders:live' })).DurableExecutionArn ?? '',
      /:\$LATEST\//,
    );
  });

  it('refuse a name that AWS would', async () => {
    await assert.rejects(send({ DurableExecutionName: 'a b' }), { name: 'ValidationException' });
    await assert.rejects(send({ DurableExecutionName: 'a'.repeat(65) }), {
      name: 'ValidationException',
    });
    await assert.rejects(send({ FunctionName: 'plain', DurableExecutionName: 'a' }), {
      name: 'InvalidParameterValueException',
    });
  });

  it('say that they are durable, and that there is no such execution', async () => {
    const { DurableConfig } = await workspace.sdk.getFunctionConfiguration({
      FunctionName: 'orders',
    });
    assert.ok(DurableConfig);
    await assert.rejects(
      get('arn:aws:lambda:us-east-1:123456789012:function:f:1/durable-execution/a/b'),
      {
        name: 'ResourceNotFoundException',
      },
    );
  });

  it('end an execution whose event never runs', async () => {
    const { DurableExecutionArn: arn, $metadata } = await send({
      FunctionName: 'neverDurable:$LATEST',
    });
    await workspace.log.until(/^Dead letter: the event never ran/, $metadata.requestId);
    assert.equal((await get(arn)).Status, 'FAILED');
  });
});

describe('tenants of Local Lambda', () => {
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace(shop);
  });
  after(() => workspace.stop());

  const ask = async (TenantId: string | undefined, FunctionName = 'tenants') => {
    const { Payload } = await workspace.sdk.invoke({ FunctionName, TenantId, Payload: '{}' });
    return JSON.parse(Buffer.from(Payload ?? []).toString());
  };

  it('reach the handler’s context, each in processes of its own', async () => {
    for (const tenant of ['blue', 'green', 'blue', 'a b/c@d']) {
      assert.deepEqual(await ask(tenant), [tenant, tenant]);
    }
  });

  it('are wanted, valid, and refused by functions without them', async () => {
    const name = 'InvalidParameterValueException';
    await assert.rejects(ask(undefined), {
      name,
      message: /^The invoked function is enabled with/,
    });
    await assert.rejects(ask('blue', 'plain'), { name, message: /is not enabled with tenancy/ });
    await assert.rejects(ask('blau!'), { name: 'ValidationException' });
    const configuration = await workspace.sdk.getFunctionConfiguration({ FunctionName: 'tenants' });
    assert.equal(configuration.TenancyConfig?.TenantIsolationMode, 'PER_TENANT');
  });
});

describe('the limits of a function of Local Lambda', () => {
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace(shop);
  });
  after(() => workspace.stop());

  const send = async (FunctionName: string) => {
    const { $metadata } = await workspace.sdk.invoke({ FunctionName, InvocationType: 'Event' });
    return $metadata.requestId ?? '';
  };

  it('keep a function with a reserved concurrency of 0 from running', async () => {
    const id = await send('never');
    await workspace.log.until(/^Dead letter: the event never ran\. ReservedConcurrencyZero/, id);
    await assert.rejects(workspace.sdk.invoke({ FunctionName: 'never' }), {
      name: 'TooManyRequestsException',
    });
  });

  it('give up an event that is retried for longer than its maximum age', async () => {
    const old = await startLocalWorkspace({ ...shop, retryDelaysMs: [1100, 0] });
    try {
      const { $metadata } = await old.sdk.invoke({ FunctionName: 'old', InvocationType: 'Event' });
      const { text } = await old.log.until(/^Dead letter/, $metadata.requestId);
      assert.match(text, /^Dead letter: attempt 1 was the last one\. EventAgeExceeded: /);
    } finally {
      await old.stop();
    }
  });

  it('are told by the configuration calls', async () => {
    const [concurrency, handling, shared] = await Promise.all([
      workspace.sdk.getFunctionConcurrency({ FunctionName: 'one' }),
      workspace.sdk.getFunctionEventInvokeConfig({ FunctionName: 'one' }),
      workspace.sdk.getFunctionConcurrency({ FunctionName: 'plain' }),
    ]);
    assert.equal(concurrency.ReservedConcurrentExecutions, 1);
    assert.deepEqual([handling.MaximumEventAgeInSeconds, handling.MaximumRetryAttempts], [60, 2]);
    assert.equal(shared.ReservedConcurrentExecutions, 4);
    await assert.rejects(workspace.sdk.getFunctionEventInvokeConfig({ FunctionName: 'plain' }), {
      name: 'ResourceNotFoundException',
    });
  });
});
