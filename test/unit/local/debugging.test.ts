import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, symlink } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { DebugTarget } from '../../../src/local/main';
import { InspectorClient } from '../../support/inspectorClient';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';
import { hasPython, needsPython } from '../../support/python';
import { repository } from '../../support/repository';

interface Script {
  readonly scriptId: string;
  readonly url: string;
  readonly sourceMapURL: string;
}

function sourceMapOf({ sourceMapURL }: Script): SourceMap {
  const [, base64 = ''] = sourceMapURL.split(',');
  return new SourceMap(JSON.parse(Buffer.from(base64, 'base64').toString()) as SourceMapPayload);
}

/** The line of the source, from 0, that a compiled line comes from; -1 for one that comes from none. */
function sourceLine(map: SourceMap | undefined, compiledLine: number): number {
  const entry = map?.findEntry(compiledLine, 2);
  const isOfLine = entry && 'originalLine' in entry && entry.generatedLine === compiledLine;
  return isOfLine ? entry.originalLine : -1;
}

interface Paused {
  readonly callFrames: readonly {
    readonly callFrameId: string;
    readonly location: { readonly scriptId: string; readonly lineNumber: number };
  }[];
}

const plain = `const places = [];
exports.handler = async (event, context) => {
  const total = event.n * 2;
  return { total, places };
};
exports.never = () => new Promise(() => setInterval(() => {}, 1000));
exports.inspector = () => ({ url: require('node:inspector').url() ?? null, flags: process.execArgv });
`;

const typed = `interface Order {
  readonly n: number;
}

export const handler = async (order: Order): Promise<number> => {
  const total: number = order.n * 2;
  return total;
};
`;

describe('an event under a debugger', function () {
  this.timeout(60_000);
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace({
      functions: {
        plain: { handler: 'plain.handler', timeout: 1 },
        never: { handler: 'plain.never', timeout: 1 },
        inspector: { handler: 'plain.inspector' },
        typed: { handler: 'src/typed.handler' },
        snake: { handler: 'snake.handler' },
      },
      files: {
        'plain.js': plain,
        'src/typed.ts': typed,
        'snake.py': 'def handler(event, context):\n    return event["n"] * 2\n',
        // What ours uses of debugpy: who connects is a client.
        'libs/debugpy/__init__.py':
          'import socket\nserver = socket.create_server(("127.0.0.1", 0))\ndef listen(address):\n    assert address == ("127.0.0.1", 0)\n    return server.getsockname()\ndef wait_for_client():\n    server.accept()\n',
      },
    });
    await mkdir(join(workspace.folder, 'node_modules'));
    await symlink(
      join(repository, 'node_modules/esbuild'),
      join(workspace.folder, 'node_modules/esbuild'),
    );
  });
  after(() => workspace.stop());

  /** Asks for one event under a debugger; the signal ends it. */
  function debug(
    functionName: string,
    attach: (target: DebugTarget) => Promise<void>,
    payload = '{"n":21}',
  ): AbortController {
    const ending = new AbortController();
    const { signal } = ending;
    const debugpy = join(workspace.folder, 'libs');
    workspace.local.debug({ functionName, payload, attach, signal, debugpy });
    return ending;
  }

  async function invoke(FunctionName: string, Payload = '{"n":21}') {
    const { Payload: body, FunctionError } = await workspace.sdk.invoke({ FunctionName, Payload });
    const value: unknown = JSON.parse(body?.transformToString() ?? '');
    return { value, FunctionError };
  }

  it('pauses at a breakpoint for as long as it takes, and goes on to its result', async () => {
    let client: InspectorClient | undefined;
    let port = 0;
    const paused = new Promise<Paused>((resolve, reject) => {
      debug('plain', async (target) => {
        assert.equal(target.runtime, 'node');
        assert.match(target.url ?? '', /^ws:\/\/127\.0\.0\.1:\d+\/[\w-]{36}$/);
        ({ port } = target);
        client = await InspectorClient.connect(target.url ?? '');
        client.on('Debugger.paused', (at) => resolve(at as Paused));
        await client.send('Debugger.enable');
        const breakpoint = { urlRegex: String.raw`.*/plain\.js$`, lineNumber: 3 };
        await client.send('Debugger.setBreakpointByUrl', breakpoint);
        await client.send('Runtime.runIfWaitingForDebugger');
      });
      setTimeout(() => reject(new Error('The breakpoint was not hit.')), 30_000).unref();
    });
    const result = invoke('plain');
    const [frame] = (await paused).callFrames;
    assert.ok(client && frame);
    assert.equal(frame.location.lineNumber, 3);
    const evaluate = async (expression: string) => {
      const { callFrameId } = frame;
      const parameters = { callFrameId, expression, returnByValue: true };
      const { result: evaluated } =
        (await client?.send('Debugger.evaluateOnCallFrame', parameters)) ?? {};
      return (evaluated as { readonly value: unknown }).value;
    };
    assert.equal(await evaluate('total'), 42);
    assert.ok(Number(await evaluate('context.getRemainingTimeInMillis()')) > 3_600_000);
    // The same limit has passed for another event meanwhile.
    const late = await invoke('never');
    assert.match(JSON.stringify(late.value), /Task timed out after 1\.00 seconds/);
    await client.send('Debugger.resume');
    assert.deepEqual(await result, { value: { total: 42, places: [] }, FunctionError: undefined });
    client.close();
    const [error] = (await once(connect(port, '127.0.0.1'), 'error')) as [Error];
    assert.match(error.message, /ECONNREFUSED/, 'nothing listens once the event has run');
    const said = workspace.log.lines.map(({ text }) => text).join('\n');
    assert.doesNotMatch(said, /Debugger|inspector/, 'the address is told nobody else');
  });

  it('pauses at a line of TypeScript, by the source map', async () => {
    const line = 5;
    assert.match(typed.split('\n')[line] ?? '', /order\.n \* 2/);
    const stops: number[] = [];
    debug('typed', async ({ url = '' }) => {
      const client = await InspectorClient.connect(url);
      let [map, scriptId]: [SourceMap | undefined, string] = [undefined, ''];
      client.on('Debugger.scriptParsed', (parsed) => {
        const script = parsed as Script;
        if (!script.url.endsWith('/src/typed.ts')) return;
        ({ scriptId } = script);
        map = sourceMapOf(script);
      });
      client.on('Debugger.paused', (at) => {
        const [frame] = (at as Paused).callFrames;
        stops.push(sourceLine(map, frame?.location.lineNumber ?? 0));
        if (stops.length === 1) {
          // At its first line: only now is it known where the other one is.
          const compiled = Array.from({ length: 100 }, (_, index) => index);
          const lineNumber = compiled.find((one) => sourceLine(map, one) === line);
          void client.send('Debugger.setBreakpoint', { location: { scriptId, lineNumber } });
        }
        void client.send('Debugger.resume');
      });
      await client.send('Debugger.enable');
      const entry = { urlRegex: String.raw`.*/typed\.ts$`, lineNumber: 0, columnNumber: 0 };
      await client.send('Debugger.setBreakpointByUrl', entry);
      await client.send('Runtime.runIfWaitingForDebugger');
    });
    assert.equal((await invoke('typed')).value, 42);
    assert.deepEqual(stops.slice(1), [line]);
  });

  it('is that one alone: no other process listens, whatever runs meanwhile', async () => {
    const ending = debug('inspector', async () => assert.fail('this is another event'));
    const other = await invoke('inspector', '{"n":1}');
    assert.deepEqual(other.value, { url: null, flags: [] });
    ending.abort();
    const same = await invoke('inspector');
    assert.deepEqual(same.value, { url: null, flags: [] }, 'nobody waits for it any more');
  });

  it('is told by its port alone to whoever knows its secret', async () => {
    const asked = new Promise<number>((resolve, reject) => {
      debug('inspector', async ({ port }) => {
        const response = await fetch(`http://127.0.0.1:${port}/json/list`);
        resolve(response.status);
        throw new Error('It was only a question.');
      });
      setTimeout(() => reject(new Error('Nobody attached.')), 30_000).unref();
    });
    const result = invoke('inspector');
    assert.equal(await asked, 404);
    const { FunctionError, value } = await result;
    assert.equal(FunctionError, 'Unhandled');
    assert.match(JSON.stringify(value), /It was only a question\./);
  });

  it('ends with whoever debugs it, before a debugger has come', async () => {
    const waiting = new Promise<void>((resolve) => {
      const ending = debug('plain', async () => {
        resolve();
        ending.abort();
        await new Promise(() => {});
      });
    });
    const result = invoke('plain');
    await waiting;
    assert.match(JSON.stringify((await result).value), /Runtime exited with error/);
  });

  (hasPython ? it : it.skip)(`waits for debugpy in Python${needsPython}`, async () => {
    const attached = new Promise<DebugTarget>((resolve, reject) => {
      debug('snake', async (target) => {
        await once(connect(target.port, '127.0.0.1'), 'connect');
        resolve(target);
      });
      setTimeout(() => reject(new Error('Nobody attached.')), 30_000).unref();
    });
    const result = invoke('snake');
    const { runtime, url, functionName, folder } = await attached;
    assert.deepEqual(
      { runtime, url, functionName, folder },
      {
        runtime: 'python',
        url: undefined,
        functionName: 'snake',
        folder: workspace.folder,
      },
    );
    assert.deepEqual(await result, { value: 42, FunctionError: undefined });
  });
});
