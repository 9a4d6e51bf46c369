import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkHandler, type HandlerCase, titleOf } from '../../support/handlerCases';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';
import { hasPython, needsPython } from '../../support/python';

/** Writes a message as the process of a handler does. */
const writeFrame = `
import json, os, struct
def write_frame(header):
    head = json.dumps(header).encode()
    os.write(3, struct.pack(">II", len(head), 0) + head)
`;

/** Each handler runs once with the event `{"n":1}`. */
const handlers: readonly (HandlerCase & {
  readonly file?: string;
  readonly source: string;
  readonly others?: Readonly<Record<string, string>>;
})[] = [
  { what: 'a function', source: 'def handler(event, context): return event["n"]', result: 1 },
  { what: 'no result', source: 'def handler(event, context): pass', result: null },
  {
    what: 'a file in a folder, by a path with slashes',
    file: 'shop/one.py',
    handler: 'shop/one.handler',
    source: 'def handler(event, context): return __name__',
    result: 'shop.one',
  },
  {
    what: 'a file in a folder, by a name with dots',
    file: 'shop/one.py',
    handler: 'shop.one.handler',
    source: 'def handler(event, context): return __name__',
    result: 'shop.one',
  },
  {
    what: 'modules beside it, in its package, and in the workspace folder',
    file: 'shop/one.py',
    handler: 'shop/one.handler',
    others: { 'shop/near.py': 'n = 1', 'shop/inside.py': 'n = 2', 'lib/far.py': 'n = 3' },
    source: `import near
from . import inside
from lib.far import n
def handler(event, context): return [near.n, inside.n, n]`,
    result: [1, 2, 3],
  },
  {
    what: 'a folder whose name is no package',
    file: 'v1.2/one.py',
    handler: 'v1.2/one.handler',
    source: 'def handler(event, context): return 1',
    result: 1,
  },
  {
    what: 'the name of a module of Python',
    file: 'queue.py',
    handler: 'queue.handler',
    source: 'def handler(event, context): return "mine"',
    result: 'mine',
  },
  {
    what: 'decimals, half of a pair of surrogates, and no ASCII',
    source: `from decimal import Decimal
def handler(event, context): return [Decimal("1.10"), Decimal(7), "\\ud800", "ä"]`,
    result: [1.1, 7, '\ud800', 'ä'],
  },
  {
    what: 'an error that is raised',
    source: 'def handler(event, context): return event["m"]',
    error: { type: 'KeyError', message: /^'m'$/ },
  },
  {
    what: 'a result that is no JSON',
    source: 'def handler(event, context): return object()',
    error: {
      type: 'Runtime.MarshalError',
      message: /^Unable to marshal response: Object of type object is not JSON serializable$/,
    },
  },
  {
    what: 'a coroutine, which Lambda does not wait for',
    source: 'async def handler(event, context): return 1',
    error: { type: 'Runtime.MarshalError', message: /Object of type coroutine is not JSON/ },
  },
  {
    what: 'a result over 6 MB',
    source: 'def handler(event, context): return "x" * 6291556',
    error: { type: 'Function.ResponseSizeTooLarge', message: /\(6291558 bytes\).*6291556 bytes/ },
  },
  {
    what: 'an error over 6 MB',
    source: 'def handler(event, context): raise ValueError("\\n" * 7000000)',
    error: { type: 'ValueError', message: / … \(\d+ more bytes\)$/ },
  },
  {
    what: 'a module that it needs and does not get',
    source: 'import missing',
    error: {
      type: 'Runtime.ImportModuleError',
      message: /^Unable to import module 'one': No module named 'missing'$/,
    },
  },
  {
    what: 'a syntax error',
    source: 'def handler(',
    error: { type: 'Runtime.UserCodeSyntaxError', message: /^Syntax error in module 'one': / },
  },
  {
    what: 'an error while it loads',
    source: 'raise LookupError("no table")',
    error: { type: 'LookupError', message: /^no table$/ },
  },
  {
    what: 'a name that is missing',
    source: 'def handle(event, context): pass',
    error: {
      type: 'Runtime.HandlerNotFound',
      message: /^Handler 'handler' missing on module 'one'$/,
    },
  },
  {
    what: 'the end of its process',
    source: 'import sys\ndef handler(event, context): sys.exit(7)',
    error: { type: 'Runtime.ExitError', message: /Runtime exited with error: exit status 7$/ },
  },
  {
    what: 'the end of its process while it loads',
    source: 'import os\nos._exit(8)',
    error: { type: 'Runtime.ExitError', message: /exit status 8$/ },
  },
  {
    what: 'messages that look like those of its process',
    source: `${writeFrame}
def handler(event, context):
    for kind in ["ready", "received", "line", "output", "succeeded", "failed", "other"]:
        write_frame({"kind": kind})
        write_frame({"kind": kind, "requestId": "another", "initMs": 1, "memoryMb": 1, "errorType": "E", "trace": []})
    return 1`,
    result: 1,
  },
  {
    what: 'bytes that are no message in the pipe of its process',
    source:
      'import os\ndef handler(event, context):\n  os.write(3, b"x" * 100)\n  while True: pass',
    error: { type: 'Runtime.ExitError', message: /its messages cannot be read$/ },
  },
  {
    what: 'an error that cannot be text',
    source: `class Broken(Exception):
  def __str__(self): raise ValueError("again")
def handler(event, context): raise Broken()`,
    error: { type: 'Broken', message: /cannot be shown as text/ },
  },
  {
    what: 'a fork that prints and returns',
    source: `import os
def handler(event, context):
    child = os.fork()
    if child == 0:
        print("fork")
        return 2
    os.waitpid(child, os.WNOHANG)
    return 1`,
    result: 1,
  },
  {
    what: 'an endless loop',
    source: 'def handler(event, context):\n  while True: pass',
    error: { type: 'Sandbox.Timedout', message: /Error: Task timed out after 1\.00 seconds$/ },
  },
];

describe(`a Python handler with${needsPython}`, () => {
  before(function () {
    if (!hasPython) this.skip();
  });

  for (const one of handlers) {
    const { file = 'one.py', source, others } = one;
    it(titleOf(one), async () => checkHandler(one, { [file]: source, ...others }));
  }
});

describe(`the process of a Python handler${needsPython}`, () => {
  let workspace: LocalWorkspace;
  const invoke = (name: string, event: object = {}) =>
    workspace.sdk.invoke({ FunctionName: name, Payload: JSON.stringify(event) });
  const result = async (name: string, event: object = {}) => {
    const { Payload } = await invoke(name, event);
    return JSON.parse(Payload?.transformToString() ?? '');
  };
  /** What was printed in a run, and what was put into the log group. */
  const said = async (name: string) => {
    const { $metadata } = await invoke(name);
    await workspace.log.until(/^REPORT/, $metadata.requestId);
    const logged = await logGroup(workspace, name);
    return { requestId: $metadata.requestId ?? '', logged };
  };

  before(async function () {
    if (!hasPython) this.skip();
    const printing = `
import logging, os, sys
def handler(event, context):
    print("order", 7)
    print("two\\nlines", file=sys.stderr)
    sys.stdout.buffer.write(b"bytes\\n")
    logging.info("not shown at this level")
    logging.warning("stock %d", 3)
    context.log("by the context")
    try:
        raise ValueError("low")
    except ValueError:
        logging.exception("failed", extra={"order": 7})
    sys.stdout.write("without an end")`;
    workspace = await startLocalWorkspace({
      functions: {
        pid: { handler: 'pid.handler', timeout: 60 },
        changing: { handler: 'changing.handler', timeout: 60 },
        context: { handler: 'context.handler', timeout: 60, logGroup: '/shop/context' },
        environment: { handler: 'environment.handler', environment: { TABLE: 'orders' } },
        printing: { handler: 'printing.handler', timeout: 60 },
        json: { handler: 'printing.handler', timeout: 60, logFormat: 'JSON' },
        failing: { handler: 'shop/failing.handler', timeout: 60 },
        failingJson: { handler: 'shop/failing.handler', timeout: 60, logFormat: 'JSON' },
      },
      files: {
        'pid.py': 'import os\ndef handler(event, context): return os.getpid()',
        'changing.py': 'def handler(event, context): return "first"',
        'context.py': `
def handler(event, context):
    facts = {k: v for k, v in vars(context).items() if not k.startswith("_") and k != "identity"}
    identity = context.identity.cognito_identity_id
    return {**facts, "cognito": identity, "remaining": context.get_remaining_time_in_millis()}`,
        'environment.py': `
import os, sys
def handler(event, context): return {"env": dict(os.environ), "cwd": os.getcwd(), "path": sys.path[0]}`,
        'printing.py': printing,
        'shop/failing.py': `
def handler(event, context):
    return place(event)

def place(order):
    raise RuntimeError("no stock")`,
      },
    });
  });
  after(() => workspace?.stop());

  it('stays warm from one event to the next', async () => {
    assert.equal(await result('pid'), await result('pid'));
  });

  it('is another one once the file has changed', async () => {
    assert.equal(await result('changing'), 'first');
    await workspace.write('changing.py', 'def handler(event, context): return "after"');
    assert.equal(await result('changing'), 'after');
  });

  it('gives the handler its context', async () => {
    const answer = await workspace.sdk.invoke({ FunctionName: 'context', Qualifier: 'live' });
    const { remaining, ...context } = JSON.parse(answer.Payload?.transformToString() ?? '');
    assert.ok(remaining > 0 && remaining <= 60_000);
    assert.match(context.log_stream_name, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][\da-f]{32}$/);
    assert.deepEqual(context, {
      aws_request_id: answer.$metadata.requestId,
      function_name: 'context',
      function_version: 'live',
      invoked_function_arn: 'arn:aws:lambda:us-east-1:123456789012:function:context:live',
      memory_limit_in_mb: '128',
      log_group_name: '/shop/context',
      log_stream_name: context.log_stream_name,
      client_context: null,
      tenant_id: null,
      cognito: null,
    });
  });

  it('knows nothing of the developer but PATH and HOME', async () => {
    const secrets = { AWS_SECRET_ACCESS_KEY: 'mine', AWS_PROFILE: 'prod', NPM_TOKEN: 'mine' };
    Object.assign(process.env, secrets);
    try {
      const { env, cwd, path } = await result('environment');
      assert.equal(env.TABLE, 'orders');
      assert.equal(env.AWS_SECRET_ACCESS_KEY, 'local');
      assert.equal(env.AWS_ENDPOINT_URL_LAMBDA, workspace.local.endpoint);
      assert.deepEqual([env.AWS_PROFILE, env.NPM_TOKEN], [undefined, undefined]);
      assert.equal(cwd, env.LAMBDA_TASK_ROOT);
      assert.equal(path, cwd);
    } finally {
      for (const name of Object.keys(secrets)) delete process.env[name];
    }
  });

  it('logs what it prints as it is, and records as Lambda does', async () => {
    const { requestId, logged } = await said('printing');
    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
    const expected = [
      /^order 7\n$/,
      /^two\n$/,
      /^lines\n$/,
      /^bytes\n$/,
      new RegExp(`^\\[WARNING\\]\\t${time}\\t${requestId}\\tstock 3\\n$`),
      /^by the context\n$/,
      new RegExp(
        `^\\[ERROR\\]\\t${time}\\t${requestId}\\tfailed\\nTraceback .*:\\n  File ".*printing\\.py", line \\d+, in handler\\n[^]*ValueError: low\\n$`,
      ),
      /^without an end\n$/,
    ];
    const lines = logged.filter((message) => !/^(START|END|REPORT) RequestId/.test(message));
    assert.equal(lines.length, expected.length, lines.join('---'));
    for (const [index, pattern] of expected.entries()) assert.match(lines[index] ?? '', pattern);
  });

  it('logs records in JSON, where the function has it so', async () => {
    const { requestId, logged } = await said('json');
    const records = logged
      .filter((message) => message.startsWith('{') && message.includes('"level"'))
      .map((message) => JSON.parse(message));
    assert.deepEqual(
      records.map(({ level, message, logger }) => [level, message, logger]),
      [
        ['INFO', 'not shown at this level', 'root'],
        ['WARNING', 'stock 3', 'root'],
        ['ERROR', 'failed', 'root'],
      ],
    );
    const { timestamp, stackTrace, location, ...failed } = records[2];
    assert.deepEqual(failed, {
      level: 'ERROR',
      message: 'failed',
      logger: 'root',
      errorType: 'ValueError',
      errorMessage: 'low',
      requestId,
      order: 7,
    });
    assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.match(stackTrace[0], /printing\.py", line \d+, in handler\n/);
    assert.match(location, /printing\.py:handler:\d+$/);
  });

  it('reports an error as Lambda shapes it', async () => {
    const answer = await invoke('failing');
    const file = join(await realFolder(workspace), 'shop/failing.py');
    const stackTrace = [
      `  File "${file}", line 3, in handler\n    return place(event)\n`,
      `  File "${file}", line 6, in place\n    raise RuntimeError("no stock")\n`,
    ];
    const { requestId = '' } = answer.$metadata;
    const body = answer.Payload?.transformToString() ?? '';
    const [first = '', second = ''] = JSON.parse(body).stackTrace;
    // Newer versions of Python underline a part of the line.
    const withoutMarks = (frame: string): string => frame.replace(/ +[~^]+\n$/, '');
    assert.equal(
      JSON.stringify({ ...JSON.parse(body), stackTrace: [first, second].map(withoutMarks) }),
      JSON.stringify({
        errorMessage: 'no stock',
        errorType: 'RuntimeError',
        requestId,
        stackTrace,
      }),
    );
  });

  it('logs an error as Lambda writes it', async () => {
    const { logged } = await said('failing');
    const fault = logged.find((message) => message.startsWith('[ERROR]')) ?? '';
    assert.match(
      fault,
      /^\[ERROR\] RuntimeError: no stock\nTraceback \(most recent call last\):\n\u00a0\u00a0File ".*failing\.py", line 3, in handler\n\u00a0{4}return place\(event\)\n/,
    );
    const { requestId, logged: inJson } = await said('failingJson');
    const record = JSON.parse(inJson.find((message) => message.includes('log_level')) ?? '{}');
    assert.equal(record.log_level, 'ERROR');
    assert.equal(record.errorType, 'RuntimeError');
    assert.equal(record.requestId, requestId);
    assert.equal(record.stackTrace.length, 2);
  });

  it('says the error to people without the marks of the log', async () => {
    const { requestId } = await said('failing');
    const texts = workspace.log.textsOf(requestId);
    const fault = texts.find((text) => text.startsWith('[ERROR]')) ?? '';
    assert.match(fault, /^\[ERROR\] RuntimeError: no stock\nTraceback.*\n {2}File "/);
  });
});

describe('the Python of a handler', () => {
  const source = 'import sys\ndef handler(event, context): return sys.prefix';
  let workspace: LocalWorkspace;
  const path = process.env.PATH;
  const result = async () => {
    const { Payload } = await workspace.sdk.invoke({ FunctionName: 'one' });
    return JSON.parse(Payload?.transformToString() ?? '');
  };

  beforeEach(async () => {
    workspace = await startLocalWorkspace({
      functions: { one: { handler: 'shop/one.handler', timeout: 60 } },
      files: { 'shop/one.py': source },
    });
  });
  afterEach(async () => {
    process.env.PATH = path;
    await workspace.stop();
  });

  it('is missing: the answer says what to do', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'no-python-'));
    process.env.PATH = empty;
    try {
      const { errorType, errorMessage } = await result();
      assert.equal(errorType, 'Runtime.InvalidEntrypoint');
      assert.match(errorMessage, /^Python is not installed: shop.one\.py needs a virtual env/);
    } finally {
      await rm(empty, { recursive: true });
    }
  });

  it('of a virtual environment is gone: the answer says what to do', async () => {
    await workspace.write('.venv/pyvenv.cfg', '');
    await mkdir(join(workspace.folder, '.venv/bin'));
    await symlink('/nowhere/python', join(workspace.folder, '.venv/bin/python'));
    assert.match((await result()).errorMessage, /\.venv has no Python any more\. Create it again/);
  });

  for (const place of ['.venv', 'venv', 'shop/.venv']) {
    it(`is that of ${place}${needsPython}`, async function () {
      if (!hasPython || process.platform === 'win32') this.skip();
      const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)']);
      await workspace.write(`${place}/pyvenv.cfg`, 'home = /nowhere\n');
      const program = join(workspace.folder, place, 'bin/python');
      await mkdir(join(program, '..'), { recursive: true });
      // As `python3 -m venv` has it, whose module some systems lack.
      await writeFile(program, `#!/bin/sh\nFOUND=${place} exec ${String(stdout).trim()} "$@"\n`);
      await chmod(program, 0o755);
      await workspace.write(
        'shop/one.py',
        'import os\ndef handler(event, context): return os.environ["FOUND"]',
      );
      assert.equal(await result(), place);
    });
  }
});

async function realFolder({ folder }: LocalWorkspace): Promise<string> {
  const { realpath } = await import('node:fs/promises');
  return realpath(folder);
}

/** The messages of a function's log group, oldest first. */
async function logGroup(workspace: LocalWorkspace, name: string): Promise<string[]> {
  const { CloudWatchLogs } = await import('@aws-sdk/client-cloudwatch-logs');
  const logs = new CloudWatchLogs(workspace.connection);
  try {
    const { events = [] } = await logs.filterLogEvents({ logGroupName: `/aws/lambda/${name}` });
    return events.map(({ message = '' }) => message);
  } finally {
    logs.destroy();
  }
}
