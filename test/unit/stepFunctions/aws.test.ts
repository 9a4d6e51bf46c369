import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConnection } from '../../../src/aws/connection';
import {
  abortUpload,
  findStack,
  readExecution,
  readFunctionKind,
  setConcurrency,
  startExecution,
  StepFunctionsConnection,
  StepFunctionsError,
  stopExecution,
  uploadInParts,
} from '../../../src/aws/stepFunctions/main';
import { EventFile } from '../../../src/files/eventLines';
import { checkMapItems, itemParts } from '../../../src/files/mapItems';
import {
  type Fault,
  functionArn,
  mapRunOf,
  type Operation,
  stateMachineArn,
  StepFunctionsServer,
} from '../../support/stepFunctionsServer';

const megabyte = 1024 * 1024;
const denied: Fault = { status: 403, code: 'AccessDeniedException', message: 'no' };

describe('Step Functions and S3, over HTTP', () => {
  let server: StepFunctionsServer;
  let aws: StepFunctionsConnection;
  let folder: string;

  beforeEach(async () => {
    server = new StepFunctionsServer();
    const endpoint = await server.start();
    const connection = await resolveConnection({
      endpoint,
      region: 'eu-west-1',
      timeoutMs: 20_000,
      environment: { HOME: '/nowhere' },
    });
    aws = new StepFunctionsConnection(connection);
    folder = await mkdtemp(join(tmpdir(), 'steps-'));
  });
  afterEach(async () => {
    aws.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const write = async (text: string | Buffer) => {
    const path = join(folder, 'orders.jsonl');
    await writeFile(path, text);
    const file = await EventFile.open(path);
    assert.ok(file instanceof EventFile);
    return { path, file };
  };

  /** Lines of 20 MB together: three parts. */
  const large = () => {
    const text = 'x'.repeat(100_000);
    return Array.from({ length: 200 }, (_, n) => `{"n":${n},"text":"${text}"}\n`).join('');
  };

  const upload = async (
    content: string,
    more: Partial<Parameters<typeof uploadInParts>[1]> = {},
  ) => {
    const { file } = await write(content);
    const { itemBytes } = await checkMapItems(file);
    const progress: number[] = [];
    const ids: string[] = [];
    try {
      await uploadInParts(aws, {
        bucket: 'events',
        key: 'in/events/a/orders.jsonl',
        size: itemBytes,
        parts: (size) => itemParts(file, size),
        onBegin: (id) => void ids.push(id),
        onProgress: (bytes) => progress.push(bytes),
        ...more,
      });
    } finally {
      await file.close();
    }
    return { itemBytes, progress, ids };
  };
  const object = () => server.objects.get('events/in/events/a/orders.jsonl')?.toString();

  describe('the lines of an event file', () => {
    it('are those that are JSON and no larger than an item', async () => {
      const limit = `"${'x'.repeat(262_142)}"`;
      const { file } = await write(
        ['{"a":1}', '', limit, `${limit} `, '{"a":', '7', 'x'.repeat(2 * megabyte), '{}'].join(
          '\r\n',
        ),
      );
      const check = await checkMapItems(file);
      assert.deepEqual(
        { lines: check.lines, items: check.items, bytes: check.itemBytes },
        { lines: 7, items: 4, bytes: 8 + 262_145 + 2 + 3 },
      );
      assert.deepEqual(
        check.tooLarge.problems.map(({ line }) => line),
        [4],
      );
      assert.match(check.tooLarge.problems[0]?.message ?? '', /262,145 bytes.*262,144/);
      assert.deepEqual(
        check.invalid.problems.map(({ line }) => line),
        [5, 7],
      );
      let text = '';
      for await (const { bytes } of itemParts(file, megabyte))
        text += Buffer.from(bytes).toString();
      assert.equal(text, `{"a":1}\n${limit}\n7\n{}\n`);
      await file.close();
    });

    it('come in parts of one size, the same each time', async () => {
      const { file } = await write(large());
      const sizes = async () => {
        const all: number[] = [];
        for await (const { bytes } of itemParts(file, 6 * megabyte)) all.push(bytes.length);
        return all;
      };
      const first = await sizes();
      assert.deepEqual(
        first.slice(0, -1),
        first.slice(0, -1).map(() => 6 * megabyte),
      );
      assert.deepEqual(await sizes(), first);
      await file.close();
    });
  });

  describe('an upload', () => {
    it('sends each part with its checksum, and tells how far it is', async () => {
      const { itemBytes, progress } = await upload(large());
      assert.equal(object(), large());
      assert.equal(progress.at(-1), itemBytes);
      assert.equal(server.count('UploadPart'), 3);
      for (const { operation, headers } of server.requests)
        if (operation === 'UploadPart') assert.ok(headers['x-amz-checksum-sha256']);
    });

    it('is resumed with the parts that S3 does not have', async () => {
      server.fault = (operation, count) =>
        operation === 'UploadPart' && count >= 1
          ? { status: 403, code: 'AccessDenied' }
          : undefined;
      let id = '';
      await assert.rejects(
        upload(large(), {
          onBegin: (begun) => {
            id = begun;
          },
        }),
        /lacks the permission s3:PutObject/,
      );
      server.fault = () => undefined;
      const before = server.count('UploadPart');
      const { ids } = await upload(large(), { uploadId: id });
      assert.equal(object(), large());
      assert.equal(server.count('UploadPart') - before, 2);
      assert.deepEqual(ids, [], 'no other upload was begun');
    });

    it('does not keep a part of a file that has changed', async () => {
      server.fault = (operation) =>
        operation === 'CompleteMultipartUpload' ? { status: 403, code: 'AccessDenied' } : undefined;
      let id = '';
      const onBegin = (begun: string) => {
        id = begun;
      };
      await assert.rejects(upload(large(), { onBegin }));
      server.fault = () => undefined;
      const changed = large().replace('{"n":0', '{"n":9');
      await upload(changed, { uploadId: id });
      assert.equal(object(), changed);
      assert.equal(server.count('UploadPart'), 4);
    });

    it('sends again what S3 has lost', async () => {
      server.lostParts.add(2);
      await upload(large());
      assert.equal(object(), large());
      assert.equal(server.count('UploadPart'), 4);
    });

    it('begins anew when it has expired', async () => {
      const { ids } = await upload('{"a":1}\n', { uploadId: 'long-gone' });
      assert.equal(object(), '{"a":1}\n');
      assert.deepEqual(ids, ['upload-1']);
    });

    it('takes the object for complete when only the answer to that was lost', async () => {
      server.fault = (operation, count) =>
        operation === 'CompleteMultipartUpload' && count === 0
          ? { status: 500, code: 'InternalError', isLate: true }
          : undefined;
      await upload('{"a":1}\n');
      assert.equal(object(), '{"a":1}\n');
      assert.equal(server.count('CreateMultipartUpload'), 1);
    });

    it('survives connections that break', async () => {
      server.fault = (operation, count) =>
        operation === 'UploadPart' && count === 0 ? 'hangUp' : undefined;
      await upload('{"a":1}\n');
      assert.equal(object(), '{"a":1}\n');
    });

    it('ends when it is cancelled, keeps its parts, and can be deleted', async () => {
      const cancel = new AbortController();
      let id = '';
      const cancelled = upload(large(), {
        signal: cancel.signal,
        onBegin: (begun) => {
          id = begun;
        },
        onProgress: () => cancel.abort(new Error('cancelled by the user')),
      });
      await assert.rejects(cancelled, /cancelled by the user/);
      assert.ok((server.uploads.get(id)?.size ?? 0) > 0);
      assert.equal(object(), undefined);
      await abortUpload(aws, { bucket: 'events', key: 'in/events/a/orders.jsonl', uploadId: id });
      assert.equal(server.uploads.size, 0);
      // Once more does no harm.
      await abortUpload(aws, { bucket: 'events', key: 'in/events/a/orders.jsonl', uploadId: id });
    });

    for (const operation of [
      'CreateMultipartUpload',
      'UploadPart',
      'CompleteMultipartUpload',
    ] as const) {
      it(`says which permission is missing for ${operation}`, async () => {
        server.fault = (asked) =>
          asked === operation
            ? { status: 403, code: 'AccessDenied', message: 'Access Denied' }
            : undefined;
        await assert.rejects(upload('{}\n'), /lacks the permission s3:PutObject/);
        assert.equal(object(), undefined);
      });
    }

    it('says which permission is missing to resume or delete it, which changes nothing', async () => {
      server.fault = (asked) =>
        asked === 'CreateMultipartUpload' || asked === 'UploadPart'
          ? undefined
          : { status: 403, code: 'AccessDenied' };
      const { uploads } = server;
      await assert.rejects(upload('{}\n'));
      const [[uploadId, parts] = assert.fail('no upload')] = uploads;
      await assert.rejects(
        upload('{}\n', { uploadId }),
        /lacks the permission s3:ListMultipartUploadParts/,
      );
      const place = { bucket: 'events', key: 'in/events/a/orders.jsonl', uploadId };
      await assert.rejects(abortUpload(aws, place), /lacks the permission s3:AbortMultipartUpload/);
      assert.deepEqual([...uploads.keys()], [uploadId]);
      assert.equal(parts.size, 1);
      assert.equal(object(), undefined);
    });

    it('is made once more when it is gone and nobody may look whether it is complete', async () => {
      server.fault = (operation, count) => {
        if (operation === 'HeadObject') return { status: 403, code: 'AccessDenied' };
        const isLost = operation === 'CompleteMultipartUpload' && count === 0;
        return isLost ? { status: 500, code: 'InternalError', isLate: true } : undefined;
      };
      await upload('{"a":1}\n');
      assert.equal(server.count('HeadObject'), 1);
      assert.equal(server.count('CreateMultipartUpload'), 2);
      assert.equal(object(), '{"a":1}\n');
    });

    it('says that the bucket is not there, or elsewhere', async () => {
      const answers = { NoSuchBucket: /does not exist/, PermanentRedirect: /another region/ };
      for (const [code, words] of Object.entries(answers)) {
        server.fault = () => ({ status: code === 'NoSuchBucket' ? 404 : 301, code });
        await assert.rejects(upload('{}\n'), words);
      }
    });
  });

  describe('an execution', () => {
    const input = { bucket: 'events', key: 'a', prefix: 'b' };
    const start = (name = 'one') => startExecution(aws, { stateMachineArn, name, input });

    it('is started once, however often it is asked for', async () => {
      server.fault = (_operation, count) =>
        count === 0 ? { status: 500, code: 'InternalFailure', isLate: true } : undefined;
      const first = await start();
      assert.equal(first.kind, 'started');
      assert.deepEqual(await start(), first);
      assert.equal(server.executions.size, 1);
      assert.equal([...server.executions.values()][0]?.input, JSON.stringify(input));
    });

    it('is told apart from one of its name that has ended', async () => {
      const { executionArn } = await start();
      const execution = server.executions.get(executionArn);
      assert.ok(execution);
      execution.status = 'SUCCEEDED';
      assert.deepEqual(await start(), { kind: 'exists', executionArn });
    });

    it('tells how far it is, from before its map run to its end', async () => {
      const { executionArn } = await start();
      assert.equal((await readExecution(aws, executionArn)).mapRunArn, undefined);
      server.mapRun = {
        itemCounts: { pending: 1, running: 2, succeeded: 3, failed: 4, total: 10 },
        maxConcurrency: 100,
        status: 'RUNNING',
      };
      const status = await readExecution(aws, executionArn);
      assert.deepEqual(status, {
        state: 'running',
        error: undefined,
        cause: undefined,
        mapRunArn: mapRunOf(executionArn),
        concurrency: 100,
        counts: { pending: 1, running: 2, succeeded: 3, failed: 4, timedOut: 0, aborted: 0 },
      });
      const { mapRunArn } = status;
      assert.ok(mapRunArn);
      await setConcurrency(aws, mapRunArn, 5);
      assert.equal((await readExecution(aws, executionArn, mapRunArn)).concurrency, 5);
      assert.equal(server.count('ListMapRuns'), 2);
      await stopExecution(aws, executionArn);
      assert.equal((await readExecution(aws, executionArn, mapRunArn)).state, 'aborted');
    });

    it('says why it failed', async () => {
      const { executionArn } = await start();
      const execution = server.executions.get(executionArn);
      assert.ok(execution);
      execution.status = 'FAILED';
      const { state, error } = await readExecution(aws, executionArn);
      assert.deepEqual([state, error], ['failed', 'States.ExceedToleratedFailureThreshold']);
    });

    const steps: readonly (readonly [Operation, string, () => Promise<unknown>])[] = [
      ['StartExecution', 'states:StartExecution', () => start()],
      ['DescribeExecution', 'states:DescribeExecution', () => readExecution(aws, 'arn')],
      ['UpdateMapRun', 'states:UpdateMapRun', () => setConcurrency(aws, 'arn', 1)],
      ['StopExecution', 'states:StopExecution', () => stopExecution(aws, 'arn')],
      ['DescribeStacks', 'cloudformation:DescribeStacks', () => findStack(aws, 'stack')],
      [
        'GetFunctionConfiguration',
        'lambda:GetFunctionConfiguration',
        () => readFunctionKind(aws, 'orders', undefined),
      ],
    ];
    for (const [operation, action, ask] of steps) {
      it(`says which permission is missing for ${operation}`, async () => {
        server.fault = (asked) => (asked === operation ? denied : undefined);
        await assert.rejects(ask(), new RegExp(`lacks the permission ${action}`));
      });
    }

    for (const [operation, action] of [
      ['ListMapRuns', 'states:ListMapRuns'],
      ['DescribeMapRun', 'states:DescribeMapRun'],
    ] as const) {
      it(`says which permission is missing for ${operation}`, async () => {
        const { executionArn } = await start();
        server.mapRun = { itemCounts: {}, maxConcurrency: 1, status: 'RUNNING' };
        server.fault = (asked) => (asked === operation ? denied : undefined);
        await assert.rejects(
          readExecution(aws, executionArn),
          new RegExp(`lacks the permission ${action}`),
        );
      });
    }

    it('is refused for certain only by the answer to the only request', async () => {
      const isRefusal = async (fault: Fault) => {
        server.fault = () => fault;
        const error = await start().catch((reason: unknown) => reason);
        assert.ok(error instanceof StepFunctionsError);
        return error.isRefusal;
      };
      assert.equal(await isRefusal(denied), true);
      assert.equal(await isRefusal({ status: 400, code: 'ThrottlingException' }), false);
      assert.equal(await isRefusal({ status: 500, code: 'InternalFailure', isLate: true }), false);
      assert.equal(server.executions.size, 1);
    });

    it('needs its state machine', async () => {
      const other = { stateMachineArn: `${stateMachineArn}-2`, name: 'one', input };
      await assert.rejects(startExecution(aws, other), /state machine does not exist/);
    });
  });

  describe('a stack', () => {
    it('is there, is not, is on its way, or is broken', async () => {
      assert.deepEqual(await findStack(aws, 's'), {
        kind: 'ready',
        stateMachineArn,
        bucket: 'events',
        prefix: 'in/',
      });
      const outputs = server.stack?.outputs ?? {};
      const kinds = {
        UPDATE_ROLLBACK_COMPLETE: 'ready',
        CREATE_IN_PROGRESS: 'busy',
        REVIEW_IN_PROGRESS: 'none',
        ROLLBACK_COMPLETE: 'unusable',
        UPDATE_ROLLBACK_FAILED: 'unusable',
      };
      for (const [status, kind] of Object.entries(kinds)) {
        server.stack = { status, outputs, reason: 'a reason' };
        assert.equal((await findStack(aws, 's')).kind, kind, status);
      }
      server.stack = { status: 'CREATE_COMPLETE', outputs: {} };
      assert.equal((await findStack(aws, 's')).kind, 'unusable', 'a stack of somebody else');
      server.stack = undefined;
      assert.deepEqual(await findStack(aws, 's'), { kind: 'none' });
    });
  });

  describe('a function', () => {
    it('is named with the alias that is invoked, and says whether it is durable', async () => {
      server.functionConfiguration = { FunctionArn: `${functionArn}:3`, DurableConfig: {} };
      const live = { arn: `${functionArn}:live`, isDurable: true, needsTenant: false };
      assert.deepEqual(await readFunctionKind(aws, 'orders:live', undefined), live);
      assert.deepEqual(await readFunctionKind(aws, 'orders', 'live'), live);
      server.functionConfiguration = {
        FunctionArn: functionArn,
        TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
      };
      assert.deepEqual(await readFunctionKind(aws, 'orders', undefined), {
        arn: functionArn,
        isDurable: false,
        needsTenant: true,
      });
    });
  });
});
