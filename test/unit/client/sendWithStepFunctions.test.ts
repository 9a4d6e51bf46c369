import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Uri } from 'vscode';
import type { CommandId } from '../../../src/client/contributions';
import { ExecutionFollower } from '../../../src/client/stepFunctions/executionFollower';
import { executionItem } from '../../../src/client/stepFunctions/executionRow';
import { Executions, type ShownExecution } from '../../../src/client/stepFunctions/executions';
import { saveExecution, savedExecutions } from '../../../src/client/stepFunctions/savedExecutions';
import { withKeysAlone } from '../../support/awsKeys';
import {
  type Fault,
  functionArn,
  type Operation,
  stateMachineArn,
  StepFunctionsServer,
} from '../../support/stepFunctionsServer';
import { type Client, startClient } from './client';

/** The way of an event file through Step Functions, over HTTP and with nobody at the window. */
describe('an event file that goes through Step Functions', () => {
  let client: Client;
  let server: StepFunctionsServer;
  let endpoint: string;
  withKeysAlone();
  beforeEach(async () => {
    client = await startClient();
    server = new StepFunctionsServer();
    endpoint = await server.start();
    server.startedStatus = 'SUCCEEDED';
    server.mapRun = { itemCounts: { succeeded: 3 }, maxConcurrency: 100, status: 'SUCCEEDED' };
  });
  afterEach(async () => {
    await server.stop();
    await client.dispose();
  });

  const run = async (id: CommandId, argument?: unknown) => client.commands[id](argument);
  const send = async (uri: Uri, more: object = {}) =>
    run('invokeAsync.sendDistributed', {
      uri,
      functionName: 'orders',
      region: 'eu-west-1',
      endpoint,
      ...more,
    });
  const deny =
    (...denied: readonly Operation[]) =>
    (operation: Operation): Fault | undefined =>
      denied.includes(operation) ? { status: 403, code: 'AccessDeniedException' } : undefined;
  const events = () => client.write('orders.jsonl', '{"n":1}\n\n{"n":2}\n{"n":3}\n');
  const templatePath = () =>
    join(client.folder.uri.fsPath, '.lambda/step-functions/orders/template.yaml');
  const only = async (): Promise<ShownExecution> =>
    (await client.executions.all())[0] ?? assert.fail('no execution');

  /** Writes the template, as the first run of the command does. */
  const written = async () => {
    client.user.answer('Write the Template for orders');
    const uri = events();
    await send(uri);
    return uri;
  };

  describe('first gets a template', () => {
    it('that is written once, opened for review, and deployed by a visible command', async () => {
      await written();
      assert.match(readFileSync(templatePath(), 'utf8'), /"FunctionName": "arn:aws:lambda:eu-west/);
      assert.match(
        readFileSync(join(templatePath(), '../README.md'), 'utf8'),
        /^# Events for orders/,
      );
      assert.match(client.user.shown.at(-1) ?? '', /template\.yaml is written\. Review it/);
      assert.equal(server.count('DescribeStacks'), 0);
      await client.user.press('Deploy');
      const [command] = client.user.ran.find(({ id }) => id === 'terminal')?.given ?? [];
      assert.match(
        String(command),
        /^aws cloudformation deploy --stack-name lambda-events-orders --template-file \S+template\.yaml --capabilities CAPABILITY_IAM --region eu-west-1$/,
      );
      await client.user.press('Continue');
      assert.equal(client.user.ran.at(-1)?.id, 'invokeAsync.sendDistributed');
    });

    it('with the bucket, prefix, concurrency and tolerance that the user chose', async () => {
      client.user.answer('Bucket: created by the template', 'my-bucket');
      client.user.answer('Prefix: none', '/in//');
      client.user.answer('Concurrency: 100', '500', 'Tolerated failures: 100 %', '5');
      client.user.answer('Write the Template for orders');
      await send(events());
      const template = readFileSync(templatePath(), 'utf8');
      assert.match(template, /"MaxConcurrency": 500,\n\s+"ToleratedFailurePercentage": 5,/);
      assert.match(template, /s3:::my-bucket\/in\/events\/\*/);
    });

    it('that is never written over', async () => {
      await written();
      writeFileSync(templatePath(), `${readFileSync(templatePath(), 'utf8')}# ours\n`);
      client.user.answer('Open the Template');
      await send(events());
      assert.match(readFileSync(templatePath(), 'utf8'), /# ours\n$/);
      assert.equal(client.user.ran.at(-1)?.id, 'show');
    });

    it('of its own when another account has a function of that name', async () => {
      await written();
      server.functionConfiguration = { FunctionArn: functionArn.replace('123', '999') };
      client.user.answer('Write the Template for orders');
      await send(events());
      const folders = readdirSync(join(templatePath(), '../..'));
      assert.equal(folders.length, 2);
      assert.match(folders.find((name) => name !== 'orders') ?? '', /^orders-[0-9a-f]{8}$/);
    });

    it('and none where nothing could be sent', async () => {
      const nothing = async (words: RegExp, more: object = {}, text = '{}\n') => {
        await send(client.write('some.jsonl', text), more);
        assert.match(client.user.shown.at(-1) ?? '', words);
      };
      await nothing(/no Distributed Map in us-iso-east-1/, { region: 'us-iso-east-1' });
      await nothing(/contains no events/, {}, '\n\n');
      await nothing(/no valid events\. Line 1:/, {}, '{\n');
      server.functionConfiguration = {
        FunctionArn: functionArn,
        TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
      };
      await nothing(/isolates tenants/);
      server.fault = () => ({ status: 403, code: 'AccessDeniedException' });
      await nothing(/lacks the permission lambda:GetFunctionConfiguration/);
      client.user.trusts = false;
      assert.equal(await send(events()), undefined);
      assert.ok(!existsSync(join(client.folder.uri.fsPath, '.lambda')));
    });

    it('and tells how the stack is', async () => {
      const uri = await written();
      const rows = async (answer?: string) => {
        client.user.answer(answer);
        await send(uri);
        return client.user.rows.map(({ label }) => label);
      };
      server.stack = undefined;
      assert.deepEqual(await rows(), ['Deploy the Template', 'Open the Template']);
      server.stack = { status: 'ROLLBACK_COMPLETE', outputs: {}, reason: 'no rights' };
      assert.deepEqual(await rows(), ['Deploy the Template Again', 'Open the Template']);
      assert.equal(client.user.rows[0]?.detail, 'ROLLBACK_COMPLETE: no rights');
      server.stack = { status: 'CREATE_IN_PROGRESS', outputs: {} };
      client.user.answer('Check Again');
      assert.deepEqual(await rows(), ['Check Again', 'Open the Template']);
    });
  });

  describe('is uploaded and started', () => {
    it('once, shown with what it costs, followed to its end', async () => {
      const uri = await written();
      client.user.answer('Send 3 events to orders');
      const arn = await send(uri);
      assert.match(String(arn), /:execution:lambda-events-orders:events-[0-9a-f]{40}$/);
      assert.match(client.user.rows[0]?.detail ?? '', /at least 7 state transitions/);
      const [[key, bytes] = []] = server.objects;
      assert.match(key ?? '', /^events\/in\/events\/events-[0-9a-f]{40}\/orders\.jsonl$/);
      assert.equal(bytes?.toString(), '{"n":1}\n{"n":2}\n{"n":3}\n');
      await client.user.offered(/through Step Functions: Finished, 3 of 3\./);
      assert.equal((await only()).state, 'succeeded');
    });

    it('once more only when the user wants it', async () => {
      const uri = await written();
      client.user.answer('Send 3 events to orders');
      const first = await send(uri);
      await client.user.offered(/Finished/);
      client.user.answer('Send 3 events to orders', undefined);
      assert.equal(await send(uri), first);
      assert.match(client.user.shown.at(-1) ?? '', /^orders\.jsonl was already sent to arn/);
      client.user.answer('Send 3 events to orders', 'Send Again');
      assert.match(String(await send(uri)), /-2$/);
      assert.equal(server.executions.size, 2);
    });

    it('not once more when another computer has done so, unless the user wants it', async () => {
      const uri = await written();
      client.user.answer('Send 3 events to orders');
      const first = await send(uri);
      await client.user.offered(/Finished/);
      await client.dispose();
      client = await startClient();
      await written();
      client.user.answer('Send 3 events to orders', undefined);
      assert.equal(await send(events()), first);
      assert.match(client.user.shown.at(-1) ?? '', /was already sent[^]*Finished: 3 of 3/);
      assert.equal((await only()).state, 'succeeded');
      assert.equal(server.executions.size, 1);
    });

    it('after production was confirmed', async () => {
      server.functionConfiguration = { FunctionArn: `${functionArn}-prod` };
      client.user.answer('Write the Template for orders-prod');
      const uri = events();
      await send(uri, { functionName: 'orders-prod' });
      client.user.answer('Send 3 events to orders-prod', undefined);
      assert.equal(await send(uri, { functionName: 'orders-prod' }), undefined);
      assert.equal(server.count('CreateMultipartUpload'), 0);
    });

    it('to the function of the environment that the user selected, which is asked about', async () => {
      const uri = client.write('events/many.jsonl', '{"n":1}\n{"n":2}\n');
      const environments = { prod: { region: 'eu-west-1' } };
      const targets = [{ payloads: 'events/*.jsonl', function: 'orders-${env}' }];
      client.write('.lambda/targets.json', JSON.stringify({ environments, targets }));
      const sendIt = async () =>
        run('invokeAsync.sendDistributed', { uri, region: 'eu-west-1', endpoint });
      client.user.answer(undefined);
      assert.equal(await sendIt(), undefined);
      client.user.answer('prod', 'Write the Template for orders');
      await sendIt();
      client.user.answer('Send 2 events to orders', undefined);
      assert.equal(await sendIt(), undefined);
      assert.match(client.user.shown.at(-1) ?? '', /\nEnvironment: prod\n/);
      assert.equal(server.count('CreateMultipartUpload'), 0);
    });

    const left = {
      CreateMultipartUpload: /s3:PutObject.*Nothing was uploaded or sent\.$/,
      UploadPart: /s3:PutObject.*Nothing was sent\. The uploaded parts stay in the bucket events/,
      CompleteMultipartUpload: /s3:PutObject.*The uploaded parts stay in the bucket events/,
      StartExecution:
        /states:StartExecution.*Nothing was sent\. The file is in the bucket events; /,
    };
    for (const operation of Object.keys(left) as (keyof typeof left)[]) {
      it(`says what is left when ${operation} is denied, and goes on from there`, async () => {
        const uri = await written();
        server.fault = deny(operation);
        client.user.answer('Send 3 events to orders');
        assert.equal(await send(uri), undefined);
        assert.match(client.user.shown.at(-1) ?? '', left[operation]);
        const execution = await only();
        assert.equal(execution.state, 'interrupted');
        assert.match(String(executionItem(execution).contextValue), /isInterrupted/);
        server.fault = () => undefined;
        const uploads = server.count('CreateMultipartUpload');
        const isThere = operation !== 'CreateMultipartUpload';
        const titles = client.user.choices.map(({ title }) => title);
        assert.equal(titles.includes('Resume'), isThere);
        client.user.answer('Send 3 events to orders');
        await run('invokeAsync.resumeUpload', { run: { folder: execution.folder } });
        assert.equal((await only()).executionArn === undefined, false);
        assert.equal(server.count('CreateMultipartUpload') - uploads, isThere ? 0 : 1);
        await client.user.offered(/Finished/);
      });
    }

    it('and what is left when nobody may see which parts are there, or delete them', async () => {
      const uri = await written();
      server.fault = deny('UploadPart');
      client.user.answer('Send 3 events to orders');
      await send(uri);
      const { folder, uploadId = '' } = await only();
      const about = { run: { folder } };
      server.fault = deny('ListParts', 'AbortMultipartUpload');
      client.user.answer('Send 3 events to orders');
      await run('invokeAsync.resumeUpload', about);
      assert.match(
        client.user.shown.at(-1) ?? '',
        /s3:ListMultipartUploadParts.*The uploaded parts stay in the bucket events/,
      );
      await run('invokeAsync.deleteExecution', about);
      assert.match(
        client.user.shown.at(-1) ?? '',
        /s3:AbortMultipartUpload.*The parts of upload upload-1 stay in the bucket events, and are/,
      );
      assert.equal((await only()).uploadId, uploadId);
      await client.user.press('Remove Execution All the Same');
      assert.deepEqual(await client.executions.all(), []);
      assert.ok(server.uploads.has(uploadId));
    });

    it('and when nobody can tell whether it was started, it is started once all the same', async () => {
      const uri = await written();
      server.startedStatus = 'RUNNING';
      server.fault = (operation) =>
        operation === 'StartExecution'
          ? { status: 500, code: 'InternalFailure', isLate: true }
          : undefined;
      client.user.answer('Send 3 events to orders');
      assert.equal(await send(uri), undefined);
      assert.match(
        client.user.shown.at(-1) ?? '',
        /Whether the execution was started is unknown\. Resume finds out/,
      );
      server.fault = () => undefined;
      const { folder } = await only();
      client.user.answer('Send 3 events to orders');
      assert.match(
        String(await run('invokeAsync.resumeUpload', { run: { folder } })),
        /:execution:/,
      );
      assert.equal(server.executions.size, 1);
    });

    it('and one that was started elsewhere is not said to be unsent when it cannot be read', async () => {
      const uri = await written();
      client.user.answer('Send 3 events to orders');
      await send(uri);
      await client.user.offered(/Finished/);
      await client.dispose();
      client = await startClient();
      await written();
      server.fault = deny('DescribeExecution');
      client.user.answer('Send 3 events to orders');
      assert.equal(await send(events()), undefined);
      assert.match(
        client.user.shown.at(-1) ?? '',
        /states:DescribeExecution.*The file was sent before, by another window or computer/,
      );
      assert.equal((await only()).state, 'running');
      assert.equal(server.executions.size, 1);
    });

    it('after the stack was found, or it says why nothing is uploaded', async () => {
      const uri = await written();
      server.fault = deny('DescribeStacks');
      assert.equal(await send(uri), undefined);
      assert.match(client.user.shown.at(-1) ?? '', /cloudformation:DescribeStacks/);
      assert.equal(server.count('CreateMultipartUpload'), 0);
      assert.deepEqual(await client.executions.all(), []);
    });

    it('and its file stays in the bucket when it is removed before its start, which is said', async () => {
      const uri = await written();
      server.fault = deny('StartExecution');
      client.user.answer('Send 3 events to orders');
      await send(uri);
      await run('invokeAsync.deleteExecution', { run: { folder: (await only()).folder } });
      assert.match(
        client.user.shown.at(-1) ?? '',
        /The uploaded file stays in the bucket events as in\/events\/.*\/orders\.jsonl\./,
      );
    });

    it('without lines that are too large, which go from here', async () => {
      await written();
      const large = `{"text":"${'x'.repeat(300_000)}"}`;
      const uri = client.write('mixed.jsonl', `{"n":1}\n${large}\n{"n":\n`);
      client.user.answer('Send These from Here…');
      await send(uri);
      assert.deepEqual(
        client.user.rows.map(({ label }) => label),
        [
          'Send 1 event to orders',
          'Open the Template',
          '1 line is too large for Step Functions',
          'Send These from Here…',
          '1 invalid line will be skipped',
        ],
      );
      const { id, given } = client.user.ran.at(-1) ?? assert.fail();
      assert.equal(id, 'invokeAsync.sendFile');
      const { uri: copy, api } = given[0] as { readonly uri: Uri; readonly api: string };
      assert.equal(api, 'Invoke');
      assert.equal(readFileSync(copy.fsPath, 'utf8'), `${large}\n`);
    });
  });

  describe('is controlled from its row', () => {
    const started = async (state = 'RUNNING') => {
      server.startedStatus = state;
      const uri = await written();
      client.user.answer('Send 3 events to orders');
      const arn = String(await send(uri));
      return { arn, about: { run: await only() } };
    };

    const mapRun = async ({ folder }: ShownExecution) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (client.executions.get(folder)?.status?.mapRunArn !== undefined) resolve();
        };
        client.executions.onDidChange(look);
        look();
      });

    it('which says what a denied step has left', async () => {
      const { about } = await started();
      await mapRun(about.run);
      const steps = [
        ['UpdateMapRun', 'changeExecutionConcurrency', '5', /UpdateMapRun.*concurrency was not/],
        ['DescribeMapRun', 'changeExecutionConcurrency', '5', /MapRun.*The concurrency is 5 now/],
        ['StopExecution', 'stopExecution', 'Stop', /StopExecution.*The execution goes on/],
        ['DescribeExecution', 'stopExecution', 'Stop', /Execution.*The execution is stopped\./],
      ] as const;
      for (const [operation, command, answer, words] of steps) {
        server.fault = deny(operation);
        client.user.answer(answer);
        await run(`invokeAsync.${command}`, about);
        const shown = client.user.shown.at(-1) ?? '';
        assert.match(
          shown,
          new RegExp(`^orders\\.jsonl: .*lacks the permission states:${operation}`),
        );
        assert.match(shown, words);
      }
    });

    it('by its concurrency, by Stop, and in the console', async () => {
      const { arn, about } = await started();
      const status = async () => (await only()).status;
      await mapRun(about.run);
      client.user.answer('5');
      await run('invokeAsync.changeExecutionConcurrency', about);
      assert.equal(server.mapRun?.maxConcurrency, 5);
      assert.equal((await status())?.concurrency, 5);
      await run('invokeAsync.openExecutionInConsole', about);
      assert.deepEqual(client.user.ran.at(-1), {
        id: 'vscode.open',
        given: [
          `https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/${arn}`,
        ],
      });
      client.user.answer(undefined);
      await run('invokeAsync.stopExecution', about);
      assert.equal(server.count('StopExecution'), 0);
      client.user.answer('Stop');
      await run('invokeAsync.stopExecution', about);
      assert.equal((await only()).state, 'aborted');
    });

    const putResults = async (results: Readonly<Record<string, readonly string[]>>) =>
      server.putResults((await only()).name, results);
    const ended = async (itemCounts: Record<string, number>) => {
      server.mapRun = { itemCounts, maxConcurrency: 1, status: 'SUCCEEDED' };
      return started('SUCCEEDED');
    };

    it('and its results are collected, and sent again by either way', async () => {
      const { about } = await ended({ succeeded: 2, failed: 1 });
      await client.user.offered(/1 failed/);
      await putResults({ FAILED: ['{"n":2}'] });
      const collected = await run('invokeAsync.collectResults', about);
      const { rejectedLines = '', ...counts } = collected as { readonly rejectedLines?: string };
      assert.deepEqual(counts, { rejected: 1, missing: 0, isExact: true });
      assert.match(rejectedLines, /orders\.rejected\.jsonl$/);
      assert.equal(readFileSync(rejectedLines, 'utf8'), '{"n":2}\n');
      assert.match(client.user.shown.at(-1) ?? '', /1 line was not sent\.$/);
      for (const [title, id] of [
        ['Send These from Here', 'invokeAsync.sendFile'],
        ['Send These with Step Functions', 'invokeAsync.sendDistributed'],
      ] as const) {
        await client.user.press(title);
        assert.equal(client.user.ran.at(-1)?.id, id);
      }
      await run('invokeAsync.deleteExecution', about);
      assert.deepEqual(await client.executions.all(), []);
      assert.ok(!existsSync(rejectedLines));
    });

    it('and says that nothing was collected when a step of that is denied', async () => {
      const { about } = await ended({ succeeded: 2, failed: 1 });
      await client.user.offered(/1 failed/);
      await putResults({ FAILED: ['{"n":2}'] });
      for (const operation of ['GetObject', 'DescribeExecution'] as const) {
        server.fault = deny(operation);
        assert.equal(await run('invokeAsync.collectResults', about), undefined);
        assert.match(
          client.user.shown.at(-1) ?? '',
          new RegExp(`:${operation}.*No results were collected; they stay in the bucket events`),
        );
        assert.equal((await only()).collected, undefined);
      }
    });

    it('and lines that no result tells of are named, and opened', async () => {
      const { about } = await ended({ succeeded: 1 });
      await client.user.offered(/Finished, 1 of 3/);
      await putResults({ SUCCEEDED: ['{"n":2}'] });
      await run('invokeAsync.collectResults', about);
      assert.match(
        client.user.shown.at(-1) ?? '',
        /No result tells of 2 lines: whether they were sent is unknown\. Lines: 1, 4\.$/,
      );
      assert.match(JSON.stringify(executionItem(await only()).tooltip), /Lines: 1, 4\./);
      assert.deepEqual(
        client.user.choices.map(({ title }) => title),
        ['Open Missing Lines'],
      );
      await client.user.press('Open Missing Lines');
      const [uri] = client.user.ran.at(-1)?.given ?? [];
      const { fsPath } = uri as Uri;
      assert.match(fsPath, /orders\.missing\.jsonl$/);
      assert.equal(readFileSync(fsPath, 'utf8'), '{"n":1}\n{"n":3}\n');
      await putResults({ SUCCEEDED: ['{"n":2}', '{"n":3}'] });
      await run('invokeAsync.collectResults', about);
      assert.match(client.user.shown.at(-1) ?? '', /No result tells of line 1: whether it was/);
    });
  });

  describe('survives a reload', () => {
    const other = () =>
      new Executions(client.executions.root, { set: () => undefined }, async () => undefined);
    const saved = async (change: Partial<ShownExecution>) => {
      const uri = await written();
      client.user.answer('Send 3 events to orders');
      await send(uri);
      await client.user.offered(/Finished/);
      await saveExecution(client.executions, { ...(await only()), ...change });
    };

    it('and is followed to its end', async () => {
      await saved({ state: 'running', status: undefined });
      const executions = other();
      const [execution] = await savedExecutions(executions.root);
      assert.ok(execution);
      executions.put(execution);
      const ended = new Promise((resolve) => {
        executions.onDidChange((one) => one?.state === 'succeeded' && resolve(undefined));
      });
      new ExecutionFollower(executions, client.user.ui, 1).follow(execution);
      await ended;
      assert.equal(executions.get(execution.folder)?.status?.counts?.succeeded, 3);
    });

    it('and says when Step Functions cannot be asked, without asking for ever', async () => {
      await saved({ state: 'running' });
      server.fault = () => ({ status: 403, code: 'AccessDeniedException' });
      const executions = other();
      const [execution] = await savedExecutions(executions.root);
      assert.ok(execution);
      executions.put(execution);
      const given = new Promise((resolve) => {
        executions.onDidChange((one) => one?.isFollowed === false && resolve(undefined));
      });
      new ExecutionFollower(executions, client.user.ui, 1).follow(execution);
      await given;
      const shown = executions.get(execution.folder) ?? assert.fail();
      assert.match(shown.followFault ?? '', /states:DescribeExecution/);
      assert.match(String(executionItem(shown).contextValue), /isUnderWay isNotFollowed/);
      assert.match(JSON.stringify(executionItem(shown).tooltip), /Not followed: /);
    });

    it('asks again after an error that passes', async () => {
      await saved({ state: 'running' });
      server.fault = (operation, count) =>
        operation === 'DescribeExecution' && count < 6
          ? { status: 400, code: 'SomethingPasses' }
          : undefined;
      const executions = other();
      const [execution] = await savedExecutions(executions.root);
      assert.ok(execution);
      executions.put(execution);
      const ended = new Promise((resolve) => {
        executions.onDidChange((one) => one?.state === 'succeeded' && resolve(undefined));
      });
      new ExecutionFollower(executions, client.user.ui, 1).follow(execution);
      await ended;
      assert.equal(executions.get(execution.folder)?.followFault, undefined);
    });

    it('and an upload of a window that is gone is interrupted', async () => {
      await saved({ state: 'uploading' });
      const [execution] = await savedExecutions(client.executions.root);
      assert.equal(execution?.state, 'interrupted');
    });
  });

  it('has a row that says how far it is', () => {
    const row = (change: Partial<ShownExecution>) =>
      executionItem({
        name: 'one',
        folder: '/x/one',
        file: { path: '/a/orders.jsonl', size: 1, sha256: '', lines: 12_480 },
        items: 12_480,
        totalBytes: 200,
        functionArn: `${functionArn}:live`,
        place: { region: 'eu-west-1' },
        stateMachineArn,
        bucket: 'b',
        key: 'k',
        resultsPrefix: 'r',
        startedAt: '2026-01-01T00:00:00Z',
        state: 'running',
        ...change,
      });
    assert.equal(row({}).label, 'orders:live');
    assert.equal(
      row({ state: 'uploading', uploadedBytes: 50 }).description,
      'Uploading, 25 % · orders.jsonl',
    );
    const counts = { pending: 1, running: 2, succeeded: 4312, failed: 3, timedOut: 0, aborted: 0 };
    assert.equal(
      row({ status: { state: 'running', counts } }).description,
      '4,315 of 12,480 · 3 failed · orders.jsonl',
    );
    const ended = row({ state: 'succeeded', status: { state: 'succeeded', counts } });
    assert.equal(ended.description, '4,315 of 12,480 · 3 failed · Finished · orders.jsonl');
    assert.match(String(ended.contextValue), /\bhasResults\b/);
  });
});
