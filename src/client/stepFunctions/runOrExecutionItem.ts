import type { TreeItem } from 'vscode';
import { runItem } from '../runs/runRow';
import type { Run } from '../runs/runs';
import { executionItem } from './executionRow';
import type { ShownExecution } from './executions';

/** The row of a run of an event file, here or through Step Functions. */
export function runOrExecutionItem(run: Run | ShownExecution): TreeItem {
  return 'stateMachineArn' in run ? executionItem(run) : runItem(run);
}
