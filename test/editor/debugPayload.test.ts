import assert from 'node:assert/strict';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  commands,
  debug,
  type DebugSession,
  type Disposable,
  Location,
  Position,
  SourceBreakpoint,
  workspace,
} from 'vscode';
import { repository } from '../support/repository';
import { invoke, workspaceFile } from './commands';

/** Where a session of the debugger stops, as its adapter tells the editor. */
interface Stop {
  readonly reason: string;
  readonly source: string | undefined;
  readonly line: number | undefined;
}

interface AdapterMessage {
  readonly event?: string;
  readonly body?: { readonly reason: string; readonly threadId: number };
}

interface StackTrace {
  readonly stackFrames: readonly {
    readonly line: number;
    readonly source?: { readonly path?: string };
  }[];
}

const typed =
  'interface Order {\n  readonly n: number;\n}\n\nexport const handler = async (order: Order) => {\n  const total: number = order.n * 2;\n  return { total };\n};\n';

describe('Debug with This Payload', () => {
  const modules = workspaceFile('debugged/compiled/node_modules');
  let own: Disposable[];
  before(async () => {
    const functions = {
      plain: { handler: 'debugged/plain.handler', timeout: 1 },
      typed: { handler: 'debugged/typed.handler', timeout: 1 },
      compiled: { handler: 'debugged/compiled/typed.handler', timeout: 1 },
    };
    const write = async (path: string, text: string) =>
      workspace.fs.writeFile(workspaceFile(path), Buffer.from(text));
    await write('.lambda/local.json', JSON.stringify({ functions }));
    await write(
      'debugged/plain.js',
      'exports.handler = async (event) => {\n  const total = event.n * 2;\n  return { total };\n};\n',
    );
    await write('debugged/typed.ts', typed);
    await write('debugged/compiled/typed.ts', typed);
    // What compiles the one below this folder.
    await mkdir(modules.fsPath);
    await symlink(join(repository, 'node_modules/esbuild'), join(modules.fsPath, 'esbuild'));
  });
  beforeEach(() => {
    own = [];
  });
  afterEach(() => {
    for (const one of own) one.dispose();
    debug.removeBreakpoints(debug.breakpoints);
  });
  after(async () => {
    await commands.executeCommand('invokeAsync.stopLocal');
    await rm(modules.fsPath, { recursive: true });
  });

  /** Where the debugger stops first, and goes on from. */
  async function firstStop(): Promise<Stop> {
    return new Promise<Stop>((resolve, reject) => {
      const look = async (session: DebugSession, { event, body }: AdapterMessage) => {
        if (event !== 'stopped' || !body) return;
        const { reason, threadId } = body;
        const trace: StackTrace = await session.customRequest('stackTrace', { threadId });
        const [top] = trace.stackFrames;
        resolve({ reason, source: top?.source?.path, line: top?.line });
        await session.customRequest('continue', { threadId });
      };
      const factory = {
        createDebugAdapterTracker: (session: DebugSession) => ({
          onDidSendMessage: (message: AdapterMessage) => void look(session, message).catch(reject),
        }),
      };
      own.push(debug.registerDebugAdapterTrackerFactory('*', factory));
    });
  }

  for (const { functionName, file, line } of [
    { functionName: 'plain', file: 'plain.js', line: 2 },
    { functionName: 'typed', file: 'typed.ts', line: 6 },
    { functionName: 'compiled', file: 'compiled/typed.ts', line: 6 },
  ]) {
    it(`hits a breakpoint in ${file}, and shows the result once it goes on`, async () => {
      const place = new Position(line - 1, 0);
      const location = new Location(workspaceFile(`debugged/${file}`), place);
      debug.addBreakpoints([new SourceBreakpoint(location)]);
      const stopped = firstStop();
      const { response } = await invoke(
        { functionName, payload: { n: 21 } },
        'invokeAsync.debugPayload',
      );
      assert.equal(response?.payload, '{"total":42}');
      const stop = await stopped;
      assert.deepEqual({ reason: stop.reason, line: stop.line }, { reason: 'breakpoint', line });
      assert.ok(stop.source?.endsWith(`/debugged/${file}`), stop.source);
    });
  }
});
