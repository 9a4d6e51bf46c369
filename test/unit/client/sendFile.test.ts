import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Range } from 'vscode';
import { canResume } from '../../../src/client/runs/runRow';
import type { Run } from '../../../src/client/runs/runs';
import { SendFileProcess } from '../../../src/client/runs/sendFileProcess';
import type { RunSummary } from '../../../src/core/fileRun/run';
import { withKeysAlone } from '../../support/awsKeys';
import { type Answer, type EventServer, startEventServer } from '../../support/eventServer';
import { repository } from '../../support/repository';
import { standIn } from '../../support/vscode';
import { type Client, startClient } from './client';

/** The way of an event file, with the real process over HTTP and nobody at the window. */
describe('an event file', () => {
  let client: Client;
  let server: EventServer;
  let answer: (body: string, index: number) => Answer | undefined;
  withKeysAlone();
  beforeEach(async () => {
    client = await startClient();
    answer = () => undefined;
    server = await startEventServer((body, index) => answer(body, index));
    standIn.set('sendFile.rate', 10_000);
  });
  afterEach(async () => {
    await server.stop();
    await client.dispose();
  });

  const events = (count: number) =>
    Array.from({ length: count }, (_, index) => `{"n":${index}}\n`).join('');
  const argumentOf = (uri: unknown, more: object) => ({
    uri,
    functionName: 'orders',
    region: 'eu-west-1',
    endpoint: server.url,
    ...more,
  });
  const send = async (uri: unknown, more: object = {}) =>
    (await client.commands['invokeAsync.sendFile'](argumentOf(uri, more))) as
      | RunSummary
      | undefined;
  const sendElements = async (uri: unknown, more: object = {}) =>
    (await client.commands['invokeAsync.sendElements'](argumentOf(uri, more))) as
      | RunSummary
      | undefined;
  const run = async (): Promise<Run> => (await client.runs.all())[0] ?? assert.fail('no run');
  const bodies = () => [...server.bodies.keys()];

  it('is shown with what will happen, sent line by line, and told of', async () => {
    client.user.answer('Send 3 events to orders');
    const summary = await send(client.write('orders.jsonl', events(3)));
    assert.deepEqual(bodies().toSorted(), ['{"n":0}', '{"n":1}', '{"n":2}']);
    assert.equal(summary?.progress.state, 'finished');
    assert.equal(summary?.progress.counts.accepted, 3);
    // How far it is, when it takes long enough.
    const shown = client.user.shown.filter((one) => !one.startsWith('Sending '));
    assert.deepEqual(shown, [
      'Validating orders.jsonl',
      'Lambda: Send orders.jsonl',
      'orders.jsonl → orders: 3 accepted.',
    ]);
    assert.match(
      client.user.lines[0] ?? '',
      /^InvokeAsync → orders · orders\.jsonl · 3 events · 10,000\/s · eu-west-1 · http/,
    );
    assert.equal((await run()).control, undefined);
  });

  it('is not sent from a workspace that is not trusted, nor when the user cancels', async () => {
    const uri = client.write('orders.jsonl', events(3));
    client.user.trusts = false;
    assert.equal(await send(uri), undefined);
    client.user.trusts = true;
    client.user.answer(undefined);
    assert.equal(await send(uri), undefined);
    assert.equal(server.received, 0);
  });

  it('goes to its target, or to the function that the user picks', async () => {
    client.write('.lambda/targets.json', '{"targets":[{"payloads":"a.jsonl","function":"named"}]}');
    client.user.answer('Send 1 event to named', 'Send 1 event to picked');
    const place = { functionName: undefined };
    assert.equal(
      (await send(client.write('a.jsonl', events(1)), place))?.target.functionName,
      'named',
    );
    client.picks.functionName = 'picked';
    const summary = await send(client.write('b.jsonl', events(1)), place);
    assert.equal(summary?.target.functionName, 'picked');
    assert.deepEqual(client.picks.titles, ['Select a function to send b.jsonl to']);
  });

  it('is asked about before production, with the number of its events', async () => {
    client.user.answer('Send 2 events to orders-prod', undefined);
    const uri = client.write('orders.jsonl', events(2));
    assert.equal(await send(uri, { functionName: 'orders-prod' }), undefined);
    assert.equal(server.received, 0);
    assert.match(
      client.user.shown.at(-1) ?? '',
      /^Send 2 events to orders-prod\?\norders\.jsonl, with InvokeAsync\n/,
    );
  });

  it('goes at the pace that was chosen, which the function keeps', async () => {
    const uri = client.write('orders.jsonl', events(1));
    client.user.answer('Rate: 10,000/s', '50', 'Concurrency: 16', '2', 'API: InvokeAsync');
    client.user.answer('Invoke (Event)', 'Send 1 event to orders');
    const summary = await send(uri);
    assert.equal(summary?.progress.rate, 50);
    assert.equal(summary?.target.api, 'Invoke');
    client.user.answer('Rate: 50/s', undefined, 'Concurrency: 2', undefined, undefined);
    assert.equal(await send(uri), undefined);
    assert.ok(client.user.isDone);
  });

  it('is warned of when the function will lose events, and goes at the rate at which it loses none', async () => {
    await server.stop();
    server = await startEventServer(undefined, 0, {
      '/configuration': { State: 'Active', Timeout: 30 },
      '/event-invoke-config': { MaximumEventAgeInSeconds: 60 },
      '/concurrency': { ReservedConcurrentExecutions: 1 },
      // CloudWatch.
      '/': { MetricDataResults: [{ Id: 'average', Values: [10] }] },
    });
    const uri = client.write('orders.jsonl', events(10_000));
    client.user.answer(undefined);
    await send(uri);
    assert.deepEqual(client.user.rows[0], {
      icon: 'warning',
      label: 'Use 190/s Instead',
      description: 'about 3,900 would be lost',
      detail:
        'The function needs 100 seconds for 10,000 events, but Lambda discards an event after 60 seconds',
      choice: 'useSafeRate',
      rate: 190,
    });
    client.user.answer('Use 190/s Instead', 'Send 10,000 events to orders');
    const sent = send(uri);
    await server.until(5);
    assert.match(client.user.rows[0]?.detail ?? '', / · processed in about 2 min$/);
    await client.commands['invokeAsync.stopRun']();
    assert.equal((await sent)?.progress.rate, 190);
    assert.ok(client.user.shown.includes('Checking whether orders keeps up'));
  });

  it('is warned of when the function never runs, and sent all the same', async () => {
    await server.stop();
    server = await startEventServer(undefined, 0, {
      '/concurrency': { ReservedConcurrentExecutions: 0 },
    });
    client.user.answer('The function never runs', 'Send 100 events to orders');
    const summary = await send(client.write('orders.jsonl', events(100)));
    assert.equal(
      client.user.rows[0]?.detail,
      'The function’s reserved concurrency is 0, so it never runs',
    );
    assert.equal(summary?.progress.counts.accepted, 100);
  });

  it('of a few events is sent without asking how the function does', async () => {
    client.user.answer('Send 99 events to orders');
    await send(client.write('orders.jsonl', events(99)));
    assert.ok(!client.user.shown.includes('Checking whether orders keeps up'));
  });

  it('is tried with its first line alone, as a single event', async () => {
    client.user.answer('Send the First Line Only');
    assert.equal(await send(client.write('orders.jsonl', `oops\n${events(2)}`)), undefined);
    assert.deepEqual(bodies(), ['{"n":0}']);
    assert.equal((await client.history.entries())[0]?.functionName, 'orders');
  });

  it('leaves out invalid lines, and shows the first of them', async () => {
    const uri = client.write('orders.jsonl', `{"n":0}\n{"n":\n\n{"n":2}\n`);
    client.user.answer('1 invalid line will be skipped', 'Send 2 events to orders');
    assert.equal(await send(uri), undefined);
    const opened = client.user.ran.find(({ id }) => id === 'vscode.open');
    const where = opened?.given[1] as { selection: Range } | undefined;
    assert.equal(where?.selection.start.line, 1);
    const summary = await send(uri);
    assert.match(client.user.lines[0] ?? '', / · orders\.jsonl · 2 events · /);
    assert.deepEqual(summary?.progress.counts, {
      accepted: 2,
      rejected: 0,
      unknown: 0,
      invalid: 1,
    });
    assert.equal(readFileSync(summary?.rejectedLines ?? '', 'utf8'), '{"n":\n');
    // To send them again is not offered: they are as invalid as before.
    const titles = client.user.choices.map(({ title }) => title);
    assert.deepEqual(titles, ['Open Rejected Lines', 'Copy Report']);
    await client.commands['invokeAsync.sendRejectedLines']({ run: await run() });
    assert.equal(client.user.shown.at(-1), 'No run has rejected lines that can be sent again.');
  });

  it('is made of the elements of a JSON array, with the target of that file', async () => {
    client.write('.lambda/targets.json', '{"targets":[{"payloads":"*.json","function":"named"}]}');
    const uri = client.write(
      'orders.json',
      '\uFEFF[{"id": 12345678901234567890},\r\n {\n"n":1.0}]',
    );
    client.user.answer('Send 2 events to named');
    const summary = await sendElements(uri, { functionName: undefined });
    assert.deepEqual(bodies().toSorted(), ['{"id": 12345678901234567890}', '{"n":1.0}']);
    assert.equal(summary?.progress.counts.accepted, 2);
    assert.ok(client.user.shown.includes('Lambda: Send orders.json'));
    assert.equal(basename((await run()).file.path), 'orders.jsonl');
    // Every line is done: nobody needs the file any more.
    assert.throws(() => readFileSync(summary?.file.path ?? ''), /ENOENT/);
  });

  it('that was made of an array is there until its run is finished or deleted', async () => {
    standIn.set('sendFile.rate', 20);
    const uri = client.write(
      'orders.json',
      JSON.stringify(Array.from({ length: 30 }, (_, n) => n)),
    );
    client.user.answer('Send 30 events to orders');
    const sent = sendElements(uri);
    await server.until(3);
    await client.commands['invokeAsync.stopRun']();
    const path = (await sent)?.file.path ?? '';
    standIn.set('sendFile.rate', 10_000);
    client.user.answer('Send 30 events to orders', undefined, 'Send 30 events to orders', 'Resume');
    await sendElements(uri);
    assert.equal(readFileSync(path, 'utf8').split('\n').length, 31);
    assert.equal((await sendElements(uri))?.progress.counts.accepted, 30);
    assert.equal(server.received, 30);
    assert.throws(() => readFileSync(path), /ENOENT/);
  });

  it('is not made of what is no array, or has no elements', async () => {
    await sendElements(client.write('object.json', '{}'));
    await sendElements(client.write('empty.json', '[]'));
    await sendElements(client.write('latin1.json', Buffer.from('["\xe4"]', 'latin1')));
    await client.commands['invokeAsync.sendElements']();
    assert.deepEqual(client.user.shown, [
      'object.json: It is not a JSON array. Choose a JSON array: each element is an event.',
      'empty.json: The array is empty. Choose a JSON array: each element is an event.',
      'latin1.json: It is not UTF-8 text. Choose a JSON file.',
      'Open a JSON file that contains an array first.',
    ]);
    assert.equal(server.received, 0);
  });

  it('without an event, or without a file, is told', async () => {
    await send(client.write('empty.jsonl', '\n'));
    await send(client.write('broken.jsonl', 'oops\n'));
    await send(client.folder.uri.with({ path: join(client.folder.uri.path, 'none.jsonl') }));
    const told = client.user.shown.filter((one) => !one.startsWith('Validating'));
    assert.match(told[0] ?? '', /^empty\.jsonl contains no events/);
    assert.match(told[1] ?? '', /^broken\.jsonl has no valid events. Line 1: /);
    assert.match(told[2] ?? '', /^none\.jsonl: /);
    assert.equal(told.length, 3);
  });

  it('is paused, sent faster, resumed and stopped by command', async () => {
    standIn.set('sendFile.rate', 100);
    client.user.answer('Send 5,000 events to orders');
    const sent = send(client.write('orders.jsonl', events(5000)));
    await server.until(5);
    const about = { run: await run() };
    await client.commands['invokeAsync.pauseRun'](about);
    await state('paused');
    client.user.answer('max');
    await client.commands['invokeAsync.changeRunRate']();
    assert.ok(server.received < 1000);
    await client.commands['invokeAsync.resumeRun']();
    await server.until(2000);
    await client.commands['invokeAsync.stopRun']();
    const summary = await sent;
    assert.equal(summary?.progress.state, 'stopped');
    assert.equal(canResume(await run()), true);
    assert.match(
      client.user.shown.at(-1) ?? '',
      /^orders\.jsonl → orders: stopped after [\d,]+ of 5,000 lines: [\d,]+ accepted\.$/,
    );
    assert.ok([...server.bodies.values()].every((count) => count === 1));
    assert.match(client.user.lines.join('\n'), /\[orders\.jsonl\] Paused · \d+ of 5,000/);

    await client.user.press('Resume');
    const pressed = client.user.ran.find(({ id }) => id === 'invokeAsync.resumeRun');
    const rest = (await client.commands['invokeAsync.resumeRun'](pressed?.given[0])) as RunSummary;
    assert.equal(rest.progress.counts.accepted, 5000);
    assert.equal(server.received, 5000);
    assert.equal(server.bodies.size, 5000);
  });

  it('shows how far it is, and is paused by its notification', async () => {
    standIn.set('sendFile.rate', 40);
    client.user.answer('Send 400 events to orders');
    const sent = send(client.write('orders.jsonl', events(400)));
    await client.user.until(() => (shownProgress()?.steps.length ?? 0) > 1);
    assert.match(shownProgress()?.steps[0]?.message ?? '', /^\d+ of 400 · /);
    shownProgress()?.cancel();
    await client.user.offered(/^\[orders\.jsonl\] Paused · \d+ of 400/);
    assert.deepEqual(
      client.user.choices.map(({ title }) => title),
      ['Resume', 'Stop'],
    );
    assert.equal((await run()).progress?.state, 'paused');
    const paused = shownProgress();
    await client.commands['invokeAsync.resumeRun']({ run: await run() });
    await client.user.until(() => shownProgress() !== paused);
    await client.commands['invokeAsync.stopRun']();
    assert.equal((await sent)?.progress.state, 'stopped');
  });

  it('that was sent in part is resumed or started over, as the user says', async () => {
    standIn.set('sendFile.rate', 20);
    const uri = client.write('orders.jsonl', events(30));
    client.user.answer('Send 30 events to orders');
    const sent = send(uri);
    await server.until(3);
    await client.commands['invokeAsync.stopRun']();
    await sent;
    const before = server.received;
    assert.ok(before < 30);
    client.user.answer('Send 30 events to orders', undefined);
    assert.equal(await send(uri), undefined);
    assert.equal(server.received, before);
    standIn.set('sendFile.rate', 10_000);
    client.user.answer('Send 30 events to orders', 'Resume');
    assert.equal((await send(uri))?.progress.counts.accepted, 30);
    assert.equal(server.received, 30);
    assert.match(
      client.user.shown.find((one) => one.startsWith('An earlier run')) ?? '',
      /^An earlier run of orders\.jsonl to orders is not finished\./,
    );
  });

  it('says why it stopped by itself, with what helps', async () => {
    answer = () => ({ status: 403, code: 'AccessDeniedException' });
    client.user.answer('Send 3 events to orders');
    const summary = await send(client.write('orders.jsonl', events(3)));
    assert.equal(summary?.progress.reason, 'denied');
    await client.user.offered(/Stopped: access is denied/);
    assert.ok(client.user.choices.some(({ title }) => title === 'Resume'));
    assert.match(client.user.lines.join('\n'), /lambda:InvokeFunction/);
  });

  it('asks for credentials when they have expired, and goes on', async () => {
    let isExpired = true;
    answer = () => (isExpired ? { status: 403, code: 'ExpiredTokenException' } : undefined);
    client.user.answer('Send 3 events to orders');
    const sent = send(client.write('orders.jsonl', events(3)));
    await client.user.offered(/Paused: the credentials are missing or have expired/);
    isExpired = false;
    await client.commands['invokeAsync.resumeRun']();
    assert.equal((await sent)?.progress.counts.accepted, 3);
  });

  it('has its rejected lines opened, sent again and reported', async () => {
    answer = (body) =>
      body.includes('1') ? { status: 400, code: 'InvalidRequestContentException' } : undefined;
    client.user.answer('Send 3 events to orders');
    await send(client.write('orders.jsonl', events(3)));
    assert.deepEqual(
      client.user.choices.map(({ title }) => title),
      ['Open Rejected Lines', 'Send These', 'Copy Report'],
    );
    assert.match(client.user.lines.join('\n'), /1 rejected: InvalidRequestContentException/);
    await client.commands['invokeAsync.copyRunReport']();
    assert.match(client.user.copied[0] ?? '', /^# orders\\\.jsonl.*2 accepted\\, 1 rejected/);
    answer = () => undefined;
    client.user.answer('Send 1 event to orders');
    const again = (await client.commands['invokeAsync.sendRejectedLines']({
      run: await run(),
    })) as RunSummary;
    assert.equal(again.progress.counts.accepted, 1);
    assert.equal(server.bodies.get('{"n":1}'), 2);
    const { rejectedLines = '' } = (await client.runs.all()).find((one) => one.rejectedLines) ?? {};
    assert.equal(readFileSync(rejectedLines, 'utf8'), '{"n":1}\n');
  });

  it('is carried on by another window when the first has gone, and by nobody before', async () => {
    const uri = client.write('orders.jsonl', events(300));
    const sender = new SendFileProcess(join(repository, 'dist/sendFile.js'), {
      onProgress: () => undefined,
      mfaCode: async () => undefined,
      onOutput: (text) => assert.fail(text),
    });
    await sender.check(uri.fsPath, 'InvokeAsync');
    const connection = {
      region: 'eu-west-1',
      regionSource: 'setting' as const,
      endpoint: server.url,
      timeoutMs: 10_000,
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      environment: process.env,
    };
    const { root } = client.runs;
    const request = { functionName: 'orders', api: 'InvokeAsync' as const, connection, root };
    await sender.begin({ ...request, rate: 100, concurrency: 4 });
    await server.until(5);
    const { listRuns } = await import('../../../src/sendFile/runList');
    assert.deepEqual(await listRuns(root), { runs: [], areAll: false });
    // As when its window goes.
    const left = sender.summary;
    sender.leave();
    await assert.rejects(left, /has ended/);
    assert.equal((await run()).progress?.state, 'stopped');
    const summary = (await client.commands['invokeAsync.resumeRun']()) as RunSummary;
    assert.equal(summary.progress.counts.accepted, 300);
    assert.equal(server.received, 300);
  });

  it('is deleted with its journal, unless the user keeps it', async () => {
    client.user.answer('Send 1 event to orders', undefined, 'Delete');
    await send(client.write('orders.jsonl', events(1)));
    await client.commands['invokeAsync.deleteRun']();
    const { folder } = await run();
    await client.commands['invokeAsync.deleteRun']({ run: { folder } });
    assert.deepEqual(await client.runs.all(), []);
    assert.throws(() => readFileSync(join(folder, 'journal')), /ENOENT/);
  });

  function shownProgress() {
    return client.user.progress.get('Sending orders.jsonl to orders (Cancel pauses the run)');
  }

  async function state(wanted: string): Promise<void> {
    if ((await run()).progress?.state === wanted) return;
    await new Promise<void>((resolve) => {
      const listening = client.runs.onDidChange((one) => {
        if (one?.progress?.state !== wanted) return;
        listening.dispose();
        resolve();
      });
    });
  }
});
