import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { checkHandler, type HandlerCase, titleOf } from '../../support/handlerCases';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';

/** In a handler: writes a message as its process does. */
const writeFrame = `
  const writeFrame = (header) => {
    const head = Buffer.from(JSON.stringify(header));
    const lengths = Buffer.alloc(8);
    lengths.writeUInt32BE(head.length);
    require('node:fs').writeSync(3, Buffer.concat([lengths, head]));
  };`;

/** Each handler runs once with the event `{"n":1}`. */
const handlers: readonly (HandlerCase & {
  readonly file?: string;
  readonly source: string;
})[] = [
  {
    what: 'a function that returns',
    source: 'exports.handler = (event) => event.n;',
    result: 1,
  },
  {
    what: 'an async function',
    source: 'exports.handler = async (event) => event.n;',
    result: 1,
  },
  {
    what: 'a function that calls back',
    source: 'exports.handler = (event, _, callback) => setImmediate(callback, null, event.n);',
    result: 1,
  },
  {
    what: 'a function with three parameters that returns a promise',
    source: 'exports.handler = async (event, context, callback) => event.n;',
    result: 1,
  },
  { what: 'no result', source: 'exports.handler = () => {};', result: null },
  {
    what: 'an ES module',
    file: 'one.mjs',
    source: 'await null; export const handler = (event) => event.n;',
    result: 1,
  },
  { what: 'a .cjs file', file: 'one.cjs', source: 'exports.handler = ({ n }) => n;', result: 1 },
  {
    what: 'an export inside an export, in a folder',
    file: 'shop/one.js',
    handler: 'shop/one.orders.place',
    source: 'module.exports = { orders: { place: ({ n }) => n } };',
    result: 1,
  },
  {
    what: 'exports that are computed',
    source: 'module.exports = Object.fromEntries([["handler", ({ n }) => n]]);',
    result: 1,
  },
  {
    what: 'an error that is called back',
    source: 'exports.handler = (e, c, callback) => callback(new TypeError("wrong"));',
    error: { type: 'TypeError', message: /^wrong$/ },
  },
  {
    what: 'a string that is thrown',
    source: 'exports.handler = () => { throw "wrong"; };',
    error: { type: 'string', message: /^wrong$/ },
  },
  {
    what: 'a result that is no JSON',
    source: 'exports.handler = () => 1n;',
    error: {
      type: 'Runtime.MarshalError',
      message: /^Unable to stringify response body: .*BigInt/,
    },
  },
  {
    what: 'a result over 6 MB',
    source: 'exports.handler = () => "x".repeat(6291556);',
    error: { type: 'Function.ResponseSizeTooLarge', message: /\(6291558 bytes\).*6291556 bytes/ },
  },
  {
    what: 'a file that is missing',
    handler: 'two.handler',
    source: '',
    error: { type: 'Runtime.ImportModuleError', message: /Cannot find module '.*two' \(\.js/ },
  },
  {
    what: 'a module that the handler needs and does not get',
    source: 'require("./missing");',
    error: { type: 'Runtime.ImportModuleError', message: /Cannot find module '\.\/missing'/ },
  },
  {
    what: 'a syntax error',
    source: 'exports.handler = (',
    error: { type: 'Runtime.UserCodeSyntaxError', message: /^SyntaxError: / },
  },
  {
    what: 'an error while it loads',
    source: 'throw new RangeError("no table");',
    error: { type: 'RangeError', message: /^no table$/ },
  },
  {
    what: 'an export that is missing',
    source: 'exports.handle = () => {};',
    error: { type: 'Runtime.HandlerNotFound', message: /handler is undefined or not exported$/ },
  },
  {
    what: 'an export that is no function',
    source: 'exports.handler = 1;',
    error: { type: 'Runtime.HandlerNotFound', message: /handler is not a function$/ },
  },
  {
    what: 'the end of its process',
    source: 'exports.handler = () => process.exit(7);',
    error: { type: 'Runtime.ExitError', message: /Runtime exited with error: exit status 7$/ },
  },
  {
    what: 'the end of its process, but not of one that it has started',
    source: `exports.handler = () => {
      require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      process.exit(7);
    };`,
    error: { type: 'Runtime.ExitError', message: /exit status 7$/ },
  },
  {
    what: 'messages that look like those of its process',
    source: `${writeFrame}
      exports.handler = () => {
        for (const kind of ['ready', 'received', 'line', 'output', 'succeeded', 'failed', 'other']) {
          writeFrame({ kind });
          writeFrame({ kind, requestId: 'another', initMs: 1, memoryMb: 1, errorType: 'E', trace: [] });
        }
        return 1;
      };`,
    result: 1,
  },
  {
    what: 'bytes that are no message in the pipe of its process',
    source:
      'exports.handler = () => { require("node:fs").writeSync(3, "x".repeat(100)); for (;;); };',
    error: { type: 'Runtime.ExitError', message: /its messages cannot be read$/ },
  },
  {
    what: 'the beginning of an endless message in the pipe of its process',
    source: `exports.handler = () => {
      require('node:fs').writeSync(3, Buffer.from([0, 0, 0, 2, 255, 255, 255, 255]));
      for (;;);
    };`,
    error: { type: 'Runtime.ExitError', message: /its messages cannot be read$/ },
  },
  {
    what: 'an error that throws when it is read',
    source: `exports.handler = () => {
      throw Object.defineProperty(new Error(), 'message', { get() { throw new Error('again'); } });
    };`,
    error: { type: 'object', message: /cannot be shown as text/ },
  },
  {
    what: 'an error that cannot be text',
    source: 'exports.handler = () => Promise.reject(Object.create(null));',
    error: { type: 'object', message: /cannot be shown as text/ },
  },
  {
    what: 'a promise that nobody waits for',
    source: 'exports.handler = () => new Promise(() => { void Promise.reject("lost"); });',
    error: { type: 'Runtime.UnhandledPromiseRejection', message: /^lost$/ },
  },
  {
    what: 'an exception outside of its call',
    source: `exports.handler = () =>
      new Promise(() => setImmediate(() => { throw new RangeError("late"); }));`,
    error: { type: 'RangeError', message: /^late$/ },
  },
  {
    what: 'an endless loop',
    source: 'exports.handler = () => { for (;;); };',
    error: { type: 'Sandbox.Timedout', message: /Error: Task timed out after 1\.00 seconds$/ },
  },
  {
    what: 'a promise that never ends',
    source: 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000));',
    error: { type: 'Sandbox.Timedout', message: /Task timed out/ },
  },
];

describe('a handler with', () => {
  for (const one of handlers) {
    const { file = 'one.js', source } = one;
    it(titleOf(one), async () => checkHandler(one, { [file]: source }));
  }
});

const version = (text: string): string => `exports.handler = () => ${JSON.stringify(text)};`;

describe('the process of a handler', () => {
  const pid = 'exports.handler = () => process.pid;';
  let workspace: LocalWorkspace;
  const result = async (name: string, event: object = {}): Promise<unknown> => {
    const Payload = JSON.stringify(event);
    const answer = await workspace.sdk.invoke({ FunctionName: name, Payload });
    return JSON.parse(answer.Payload?.transformToString() ?? '');
  };

  before(async () => {
    workspace = await startLocalWorkspace({
      functions: {
        pid: { handler: 'pid.handler' },
        changing: { handler: 'changing.handler' },
        crashing: { handler: 'crashing.handler' },
        context: { handler: 'context.handler', timeout: 9, logGroup: '/shop/context' },
        environment: { handler: 'environment.handler', environment: { TABLE: 'orders' } },
        together: { handler: 'together.handler' },
        printing: { handler: 'printing.handler' },
        twice: { handler: 'twice.handler' },
      },
      files: {
        'pid.js': pid,
        'changing.js': version('first'),
        'crashing.js': `exports.handler = ({ crash }) =>
          crash ? process.kill(process.pid, 'SIGKILL') : process.pid;`,
        'context.js': `exports.handler = (_, { getRemainingTimeInMillis, ...context }) =>
          ({ ...context, remaining: getRemainingTimeInMillis() });`,
        'environment.js': 'exports.handler = () => ({ env: process.env, cwd: process.cwd() });',
        'together.js': `
          const { existsSync, writeFileSync } = require('node:fs');
          exports.handler = async ({ mine, other }) => {
            writeFileSync(mine, '');
            while (!existsSync(other)) await new Promise(setImmediate);
            return process.pid;
          };`,
        'twice.js': `${writeFrame}
          let first;
          exports.handler = ({ n }, { awsRequestId }) => {
            first ??= awsRequestId;
            if (n === 2) writeFrame({ kind: 'succeeded', requestId: first, memoryMb: 1 });
            return n;
          };`,
        'printing.js': `
          const { writeSync } = require('node:fs');
          exports.handler = () => {
            console.log('order %d', 7, { a: 1 });
            console.error('two\\nlines');
            process.stdout.write('straight to ');
            process.stdout.write(Buffer.from('the stream\\nin two lines\\n'));
            process.stdout.write('without an end');
            writeSync(1, 'past the stream\\n');
          };`,
      },
    });
  });
  after(() => workspace.stop());

  it('stays warm from one event to the next', async () => {
    assert.equal(await result('pid'), await result('pid'));
  });

  it('is another one once the file has changed', async () => {
    assert.equal(await result('changing'), 'first');
    await workspace.write('changing.js', version('second'));
    assert.equal(await result('changing'), 'second');
  });

  it('is another one after a crash', async () => {
    const first = await result('crashing');
    assert.match(JSON.stringify(await result('crashing', { crash: true })), /signal: SIGKILL/);
    const second = await result('crashing');
    assert.equal(typeof second, 'number');
    assert.notEqual(second, first);
  });

  it('runs one event at a time: two at once run in two', async () => {
    const pids = await Promise.all([
      result('together', { mine: 'a', other: 'b' }),
      result('together', { mine: 'b', other: 'a' }),
    ]);
    assert.equal(new Set(pids).size, 2);
  });

  it('answers for the event that it runs alone', async () => {
    assert.equal(await result('twice', { n: 1 }), 1);
    assert.equal(await result('twice', { n: 2 }), 2);
  });

  it('gives the handler its context', async () => {
    const answer = await workspace.sdk.invoke({ FunctionName: 'context', Qualifier: 'live' });
    const { remaining, ...context } = JSON.parse(answer.Payload?.transformToString() ?? '');
    assert.ok(remaining > 0 && remaining <= 9000);
    assert.match(context.logStreamName, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][\da-f]{32}$/);
    assert.deepEqual(context, {
      awsRequestId: answer.$metadata.requestId,
      functionName: 'context',
      functionVersion: 'live',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:context:live',
      memoryLimitInMB: '128',
      logGroupName: '/shop/context',
      logStreamName: context.logStreamName,
      callbackWaitsForEmptyEventLoop: true,
    });
  });

  it('knows nothing of the developer but PATH and HOME', async () => {
    const secrets = { AWS_SECRET_ACCESS_KEY: 'mine', AWS_PROFILE: 'prod', NPM_TOKEN: 'mine' };
    Object.assign(process.env, secrets);
    try {
      const body = await result('environment');
      assert.ok(typeof body === 'object' && body && 'env' in body && 'cwd' in body);
      const env = new Map(Object.entries(Object(body.env)));
      assert.equal(env.get('TABLE'), 'orders');
      assert.equal(env.get('PATH'), process.env.PATH);
      assert.equal(env.get('AWS_SECRET_ACCESS_KEY'), 'local');
      assert.equal(env.get('AWS_ENDPOINT_URL_LAMBDA'), workspace.local.endpoint);
      assert.equal(env.get('AWS_LAMBDA_FUNCTION_NAME'), 'environment');
      assert.deepEqual([env.has('AWS_PROFILE'), env.has('NPM_TOKEN')], [false, false]);
      assert.equal(body.cwd, env.get('LAMBDA_TASK_ROOT'));
    } finally {
      for (const name of Object.keys(secrets)) delete process.env[name];
    }
  });

  it('ends with all that the handler has started', async () => {
    const other = await startLocalWorkspace({
      functions: { one: { handler: 'one.handler' } },
      files: {
        'one.js': `exports.handler = ({ port }) => {
          const program = "require('node:net').connect(" + port + ", '127.0.0.1')";
          require('node:child_process').spawn(process.execPath, ['-e', program], { stdio: 'inherit' });
        };`,
      },
    });
    const server = createServer();
    try {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      const connected = once(server, 'connection');
      await other.sdk.invoke({ FunctionName: 'one', Payload: JSON.stringify({ port }) });
      const [socket] = (await connected) as [Socket];
      const ended = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => {}).resume();
      await other.stop();
      await ended;
    } finally {
      server.close();
    }
  });

  it('passes on what the handler prints, each call as one line', async () => {
    await result('printing');
    await workspace.log.until(/^past the stream$/);
    const printed = workspace.log.lines
      .filter((line) => line.functionName === 'printing' && line.stream !== 'platform')
      .map(({ stream, text }) => `${stream}: ${text}`);
    assert.deepEqual(printed.toSorted(), [
      'stderr: two\nlines',
      'stdout: in two lines',
      'stdout: order 7 { a: 1 }',
      'stdout: past the stream',
      'stdout: straight to the stream',
      'stdout: without an end',
    ]);
  });
});
