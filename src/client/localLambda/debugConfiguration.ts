import type { DebugConfiguration } from 'vscode';
import type { DebugTarget } from '../../local/main';

/** The extension that debugs Python. */
export const pythonDebugger = 'ms-python.debugpy';

/**
 * How the editor's debugger attaches to a handler's process, which waits until it has set its breakpoints.
 * @param ownProgram path of the program that calls the handler: no step leads into it
 */
export function debugConfiguration(target: DebugTarget, ownProgram: string): DebugConfiguration {
  const { runtime, port, url, functionName, folder } = target;
  const shared = { name: `Lambda: ${functionName}`, request: 'attach', cwd: folder } as const;
  if (runtime === 'python') {
    const connect = { host: '127.0.0.1', port };
    return { ...shared, type: 'debugpy', connect, justMyCode: false, subProcess: false };
  }
  return {
    ...shared,
    type: 'node',
    address: '127.0.0.1',
    port,
    // Its secret part is not told to whoever asks at the port.
    ...(url !== undefined && { websocketAddress: url }),
    continueOnAttach: true,
    autoAttachChildProcesses: false,
    // A handler in TypeScript is compiled in memory: its source map is there when it is loaded, and no sooner.
    pauseForSourceMap: true,
    runtimeSourcemapPausePatterns: ['ts', 'mts', 'cts'].map((ending) => `${folder}/**/*.${ending}`),
    resolveSourceMapLocations: [`${folder}/**`, '!**/node_modules/**'],
    skipFiles: ['<node_internals>/**', ownProgram],
  };
}
