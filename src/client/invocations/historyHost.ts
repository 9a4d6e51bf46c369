import { Disposable, type Memento, RelativePattern, type Uri, workspace } from 'vscode';
import { ContextKey } from '../ui/contextKey';
import { settings } from '../settings';
import type { Output } from '../ui/output';
import type { HistoryHost } from './history';
import { isQueued } from './historyEntry';
import { idOf } from './historyFiles';

/**
 * What a history needs of its window.
 * @param folder of the history's files
 * @param memory knows at the start of the editor what there is, before a file is read
 */
export function historyHost(folder: Uri, memory: Memento, output: Output): HistoryHost {
  const hasInvocations = new ContextKey('invokeAsync.hasInvocations', memory);
  const hasQueued = new ContextKey('invokeAsync.hasQueued', memory);
  const hasDurable = new ContextKey('invokeAsync.hasDurable', memory);
  return {
    limit: () => settings().historyLimit,
    processId: process.pid,
    isRunning,
    warn: (message) => output.warn(message),
    watch(onWritten, onDeleted) {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '*.json'));
      return Disposable.from(
        watcher,
        watcher.onDidCreate((uri) => onWritten(idIn(uri))),
        watcher.onDidChange((uri) => onWritten(idIn(uri))),
        watcher.onDidDelete((uri) => onDeleted(idIn(uri))),
      );
    },
    // Commands about invocations are offered where there are some.
    show(entries) {
      hasInvocations.set(entries.length > 0);
      hasQueued.set(entries.some(isQueued));
      hasDurable.set(entries.some(({ durableName }) => durableName !== undefined));
    },
  };
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // It is there, and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function idIn(uri: Uri): string {
  return idOf(uri.path.slice(uri.path.lastIndexOf('/') + 1));
}
