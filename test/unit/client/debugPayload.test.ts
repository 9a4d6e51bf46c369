import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DebugConfiguration } from 'vscode';
import { debugConfiguration } from '../../../src/client/localLambda/debugConfiguration';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { InspectorClient } from '../../support/inspectorClient';
import { buildHandlerProcess } from '../../support/localLambda';
import { hasPython, needsPython } from '../../support/python';
import { Uri } from '../../support/vscode';
import { type Client, startClient } from './client';

describe('Lambda: Debug with This Payload', () => {
  let client: Client;
  beforeEach(async () => {
    client = await startClient({ handlerProcess: await buildHandlerProcess() });
    const functions = {
      double: { handler: 'double.handler' },
      snake: { handler: 'snake.handler' },
    };
    client.write('.lambda/local.json', JSON.stringify({ functions }));
    client.write('double.js', 'exports.handler = async ({ n }) => n * 2;');
    client.write('snake.py', 'def handler(event, context):\n    return event["n"] * 2\n');
    client.write(
      'extension/bundled/libs/debugpy/__init__.py',
      'import socket\nserver = socket.create_server(("127.0.0.1", 0))\ndef listen(address):\n    return server.getsockname()\ndef wait_for_client():\n    server.accept()\n',
    );
  });
  afterEach(() => client.dispose());

  const debug = async (functionName: string) =>
    (await client.commands['invokeAsync.debugPayload']({
      functionName,
      payload: { n: 21 },
    })) as Outcome | undefined;

  it('starts the editor’s debugger on the process that waits, and shows the result', async () => {
    const started: DebugConfiguration[] = [];
    client.user.startsDebugger = async (configuration) => {
      started.push(configuration);
      const inspector = await InspectorClient.connect(String(configuration['websocketAddress']));
      await inspector.send('Runtime.runIfWaitingForDebugger');
      return true;
    };
    const outcome = await debug('double');
    assert.equal(outcome?.response?.payload, '42');
    const [{ port, websocketAddress, skipFiles, ...configuration } = assert.fail()] = started;
    assert.equal(new URL(websocketAddress).port, String(port));
    assert.match(skipFiles.join(' '), /^<node_internals>\/\*\* .*handlerProcess\.js$/);
    const folder = client.folder.uri.fsPath;
    assert.deepEqual(configuration, {
      type: 'node',
      request: 'attach',
      name: 'Lambda: double',
      cwd: folder,
      address: '127.0.0.1',
      continueOnAttach: true,
      autoAttachChildProcesses: false,
      pauseForSourceMap: true,
      runtimeSourcemapPausePatterns: ['ts', 'mts', 'cts'].map((one) => `${folder}/**/*.${one}`),
      resolveSourceMapLocations: [`${folder}/**`, '!**/node_modules/**'],
    });
    assert.equal(client.user.ran.filter(({ id }) => id === 'showBeside').length, 1);
    const [entry] = await client.history.entries();
    assert.equal(entry?.functionName, 'double');
  });

  it('says why the debugger did not start, and runs nothing', async () => {
    client.write('double.js', "require('node:fs').writeFileSync('ran', ''); exports.handler = 1;");
    client.user.startsDebugger = async () => false;
    const outcome = await debug('double');
    assert.match(outcome?.response?.payload ?? '', /The debugger did not start\./);
    client.user.startsDebugger = async () => Promise.reject(new Error('No such type.'));
    assert.match((await debug('double'))?.response?.payload ?? '', /No such type\./);
    assert.ok(!existsSync(join(client.folder.uri.fsPath, 'ran')));
  });

  it('is answered as any event where there is no such function', async () => {
    const outcome = await debug('missing');
    assert.equal(outcome?.error?.name, 'ResourceNotFoundException');
  });

  it('sends nothing before the workspace is trusted', async () => {
    client.user.trusts = false;
    assert.equal(await debug('double'), undefined);
    assert.equal(client.known.localLambda.running, undefined);
  });

  it('offers the extension that a Python handler needs, and does not run it', async () => {
    assert.equal(await debug('snake'), undefined);
    assert.match(client.user.shown.at(-1) ?? '', /install the extension Python Debugger/);
    await client.user.press('Show Extension');
    assert.deepEqual(client.user.ran.at(-1), {
      id: 'workbench.extensions.search',
      given: ['@id:ms-python.debugpy'],
    });
  });

  (hasPython ? it : it.skip)(`has that extension attach to debugpy${needsPython}`, async () => {
    const extension = Uri.file(join(client.folder.uri.fsPath, 'extension'));
    client.user.extensions.set('ms-python.debugpy', extension);
    const started: DebugConfiguration[] = [];
    client.user.startsDebugger = async (configuration) => {
      started.push(configuration);
      const { port } = configuration['connect'] as { readonly port: number };
      await once(connect(port, '127.0.0.1'), 'connect');
      return true;
    };
    assert.equal((await debug('snake'))?.response?.payload, '42');
    const [{ connect: _, ...configuration } = assert.fail()] = started;
    assert.deepEqual(configuration, {
      type: 'debugpy',
      request: 'attach',
      name: 'Lambda: snake',
      cwd: client.folder.uri.fsPath,
      justMyCode: false,
      subProcess: false,
    });
  });

  it('attaches without an address where there is none', () => {
    const target = { runtime: 'node', port: 9229, functionName: 'f', folder: '/a' } as const;
    assert.ok(!('websocketAddress' in debugConfiguration(target, '/b')));
  });
});
