import assert from 'node:assert/strict';
import type { Connection } from '../../../src/core/invocation/connection';
import { LogTails } from '../../../src/client/invocations/logTails';
import { offerTails, OpenTails } from '../../../src/client/invocations/openTails';
import { resolveConnection } from '../../../src/aws/main';
import { withKeysAlone } from '../../support/awsKeys';
import { errorAnswer, startFaultServer } from '../../support/faultServer';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';
import { FakeUi, memory } from './fakeUi';

/** Lambda: Tail Logs, with the real SDK over HTTP, on the log of Local Lambda. */
describe('Tail Logs', () => {
  let local: LocalWorkspace;
  let user: FakeUi;
  let open: OpenTails;
  withKeysAlone();
  before(async () => {
    local = await startLocalWorkspace({
      files: {
        'orders.js': `
          exports.text = async (event) => { console.warn('low on ' + event); };
          exports.json = async (order) => {
            const record = { level: 'INFO', message: 'sold', timestamp: 't', order };
            process.stdout.write(JSON.stringify(record) + '\\n');
          };
          exports.fail = async () => { throw new TypeError('no such order'); };`,
      },
      functions: {
        text: { handler: 'orders.text' },
        other: { handler: 'orders.text' },
        json: { handler: 'orders.json' },
        fail: { handler: 'orders.fail', logFormat: 'JSON' },
      },
    });
  });
  after(() => local.stop());
  beforeEach(() => {
    user = new FakeUi();
    open = new OpenTails(memory());
  });

  const connect = (endpoint: string): Promise<Connection> =>
    resolveConnection({ endpoint, timeoutMs: 5000, environment: { HOME: '/nowhere' } });
  /** Of functions that are named, as a row or a pick names one. */
  const tails = (endpoint = local.local.endpoint, isLocal = true) =>
    new LogTails(
      {
        choose: async (argument) => {
          const { functionName } = argument as { readonly functionName: string };
          const connection = await connect(endpoint);
          return { functionName, connection, isLocal, folder: undefined };
        },
      },
      user.ui,
      open,
      20,
    );
  const run = async (FunctionName: string, event: string) => {
    await local.sdk.invoke({ FunctionName, Payload: JSON.stringify(event) });
  };
  const stop = (name: string) => {
    user.progress.get(`Showing the log of ${name} in the output`)?.cancel();
  };

  it('shows what a function writes, whoever invokes it, until it is stopped', async () => {
    await run('text', 'tea');
    const tailing = tails().tail({ functionName: 'text', filter: '' });
    await user.wrote(/low on tea/);
    await run('text', 'salt');
    const line = await user.wrote(/low on salt/);
    assert.match(line, /^\[text \d\d:\d\d:\d\d\.\d{3}\] \S+\t\S+\tWARN\tlow on salt$/);
    stop('text');
    await tailing;
    assert.equal(user.lines[0], '[text] Log group /aws/lambda/text');
    assert.equal(user.lines.at(-1), '[text] The log is no longer shown.');
    const told = user.lines.filter((one) => /low on|START/.test(one));
    assert.equal(told.length, 4, 'each event once');
  });

  it('is offered again by the next window when it was open until the end of this one', async () => {
    const { endpoint } = local.local;
    const stopped = tails(endpoint, false).tail({ functionName: 'text', filter: '' });
    await run('text', 'tea');
    await user.wrote(/low on tea/);
    stop('text');
    await stopped;
    assert.deepEqual(await open.take(), []);

    const left = tails(endpoint, false).tail({ functionName: 'other', filter: 'WARN' });
    await user.wrote(/\/aws\/lambda\/other/);
    const taken = await open.take();
    const again: unknown[] = [];
    offerTails(taken, user.ui, (tail) => again.push(tail));
    assert.match(user.shown.at(-1) ?? '', /^The log of other is no longer shown: its window/);
    assert.deepEqual(again, [], 'nothing is read before the user wants it');
    user.choices.find(({ title }) => title === 'Tail Again')?.run();
    assert.deepEqual(again, [
      { functionName: 'other', filter: 'WARN', profile: '', region: 'us-east-1', endpoint },
    ]);
    stop('other');
    await left;
  });

  it('is not offered again for Local Lambda, which ends with the window', async () => {
    const tailing = tails().tail({ functionName: 'text', filter: '' });
    await user.wrote(/\/aws\/lambda\/text/);
    assert.deepEqual(await open.take(), []);
    stop('text');
    await tailing;
  });

  it('lays out records of JSON, and stacks on lines, at their level', async () => {
    const levels: string[] = [];
    const { print } = user.output;
    user.output.print = (level, mark, text) => {
      levels.push(level);
      print(level, mark, text);
    };
    const sold = tails().tail({ functionName: 'json', filter: 'sold' });
    await run('json', 'tea');
    const line = await user.wrote(/sold/);
    assert.match(line, /\] sold \{"order":"tea"\}$/);
    stop('json');
    await sold;
    const failed = tails().tail({ functionName: 'fail', filter: '' });
    await run('fail', 'tea');
    const error = await user.wrote(/no such order/);
    assert.match(error, /\] TypeError: no such order\n {4}at .*orders\.js:7:/);
    stop('fail');
    await failed;
    assert.ok(levels.includes('info') && levels.includes('error'), levels.join());
  });

  it('asks for a filter, and shows the lines that match it', async () => {
    user.answer('salt');
    const tailing = tails().tail({ functionName: 'other' });
    await user.wrote(/Log group/);
    await run('other', 'tea');
    await run('other', 'salt');
    await user.wrote(/low on salt/);
    stop('other');
    await tailing;
    assert.doesNotMatch(user.lines.join('\n'), /tea|START/);
    assert.match(user.shown.join('\n'), /^Lambda: Tail Logs of other$/m);
  });

  it('waits for the first line of a function that has written none', async () => {
    const tailing = tails().tail({ functionName: 'nobody', filter: '' });
    await user.wrote(/Log group \/aws\/lambda\/nobody/);
    stop('nobody');
    await tailing;
    assert.deepEqual(user.shown, ['Showing the log of nobody in the output']);
  });

  it('says why a log cannot be read', async () => {
    const server = await startFaultServer({
      answers: [[errorAnswer(400, 'AccessDeniedException', 'not you')]],
    });
    await tails(server.url).tail({ functionName: 'orders', filter: '' });
    assert.match(user.shown.at(-1) ?? '', /^The log cannot be read: .*logs:FilterLogEvents/);
    await server.stop();
  });

  it('reads nothing without trust, and nothing when the user cancels', async () => {
    user.trusts = false;
    await tails().tail({ functionName: 'text', filter: '' });
    assert.match(user.shown[0] ?? '', /trust this workspace first/);
    user = new FakeUi(undefined);
    await tails().tail({ functionName: 'text' });
    assert.deepEqual(user.lines, []);
  });
});
