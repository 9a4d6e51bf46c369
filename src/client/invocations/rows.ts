import type { Run } from '../runs/runs';
import type { ShownExecution } from '../stepFunctions/executions';
import type { HistoryEntry } from './historyEntry';

// What the Invocations view lists, and its menus pass to commands. How they look is a chunk of its own.

export class InvocationRow {
  constructor(public entry: HistoryEntry) {}
}

export class RunRow {
  /** Here, or through Step Functions. */
  constructor(public run: Run | ShownExecution) {}
}
